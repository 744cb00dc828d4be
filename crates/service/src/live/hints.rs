//! Hints that lists may have changed. Most changes are about rows that a console does not show, and may all the same change
//! its counts, its order, or which rows it has. Such changes are not told one by one: a stream is told once for all that came
//! meanwhile, and the more streams there are, the less often each of them.

use std::time::Duration;
use tokio::{
    sync::watch,
    time::{Instant, sleep_until},
};

/// All streams together are told this often: each hint makes a browser fetch a page of a list.
const EACH: Duration = Duration::from_millis(10);
/// One stream is told at most this often.
const PAUSE: Duration = Duration::from_secs(1);

/// Changes that show in lists.
#[derive(Clone, Copy, Debug, Default)]
struct Changed {
    /// How many there were.
    count: u64,
    /// Sequence number of the latest journal entry, also of one that shows in no list.
    seq: Option<i64>,
}

/// Counts changes that show in lists.
#[derive(Debug, Default)]
pub(super) struct ListChanges(watch::Sender<Changed>);

impl ListChanges {
    /// Notes a change. Who waits for hints is woken only if it shows in lists.
    pub(super) fn note(&self, seq: Option<i64>, is_in_lists: bool) {
        self.0.send_if_modified(|changed| {
            changed.seq = changed.seq.max(seq);
            changed.count += u64::from(is_in_lists);
            is_in_lists
        });
    }

    /// Hints about changes from now on.
    pub(super) fn hints(&self) -> Hints {
        let changes = self.0.subscribe();
        let seen = changes.borrow().count;
        Hints { changes, seen, due: None, rested_at: Instant::now() }
    }
}

/// The hints for one stream.
#[derive(Debug)]
pub(super) struct Hints {
    changes: watch::Receiver<Changed>,
    /// Changes that are covered by the latest hint, less those that the stream was told itself.
    seen: u64,
    due: Option<Instant>,
    /// When the next hint may come at the earliest.
    rested_at: Instant,
}

/// How often hints come while there are changes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    /// How many streams there are.
    pub(super) streams: usize,
    /// The place of this one among them. Consecutive numbers are spread evenly over the time.
    pub(super) number: u64,
}

impl Pace {
    /// The time in which each stream is told once.
    fn round(self) -> Duration {
        EACH * u32::try_from(self.streams).unwrap_or(u32::MAX)
    }

    /// The moment within a round at which this stream is told.
    fn delay(self) -> Duration {
        // The golden ratio: multiples of it lie far from each other.
        let place = self.number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        self.round().mul_f64(f64::from(u32::try_from(place).unwrap_or(u32::MAX)) / f64::from(u32::MAX))
    }
}

impl Hints {
    /// Whether there are changes that neither a hint nor the stream has told. `told` is how many it has told in all.
    pub(super) fn is_due(&self, told: u64) -> bool {
        // One that is told before it is counted makes this negative for a moment.
        self.unseen(told) > 0
    }

    fn unseen(&self, told: u64) -> i64 {
        let count = self.changes.borrow().count;
        count.wrapping_sub(told).wrapping_sub(self.seen).cast_signed()
    }

    /// Everything until now is known.
    pub(super) fn forget(&mut self, told: u64) -> Option<i64> {
        let changed = *self.changes.borrow_and_update();
        self.seen = changed.count.wrapping_sub(told);
        self.due = None;
        changed.seq
    }

    /// Waits until lists may have changed and it is time to say so. Returns the place in the journal that is reached by it.
    /// Nothing is lost if this is dropped.
    pub(super) async fn next(&mut self, told: impl Fn() -> u64, pace: impl Fn() -> Pace) -> Option<i64> {
        loop {
            if let Some(due) = self.due {
                // Changes that come meanwhile are covered as well, and wake nobody.
                sleep_until(due).await;
                if self.is_due(told()) {
                    self.rested_at = Instant::now() + PAUSE.max(pace().round());
                    return self.forget(told());
                }
                self.due = None;
            }
            if self.is_due(told()) {
                self.due = Some(self.rested_at.max(Instant::now() + pace().delay()));
            } else if self.changes.changed().await.is_err() {
                // Nothing changes any more.
                std::future::pending::<()>().await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn next(hints: &mut Hints, streams: usize) -> (Option<i64>, Duration) {
        let began = Instant::now();
        let seq = hints.next(|| 0, || Pace { streams, number: 1 }).await;
        (seq, began.elapsed())
    }

    #[tokio::test(start_paused = true)]
    async fn changes_that_come_together_are_one_hint_with_the_latest_place() {
        let changes = ListChanges::default();
        let mut hints = changes.hints();
        for seq in 1..=500 {
            changes.note(Some(seq), true);
        }
        changes.note(None, true);
        let (seq, waited) = next(&mut hints, 3).await;
        assert_eq!(seq, Some(500));
        assert!(waited <= 3 * EACH, "a few streams are told at once: {waited:?}");
        assert!(!hints.is_due(0));
        changes.note(Some(501), true);
        let (seq, waited) = next(&mut hints, 3).await;
        assert_eq!(seq, Some(501));
        assert!(waited > PAUSE / 2 && waited <= PAUSE, "{waited:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn many_streams_are_told_one_after_the_other() {
        let changes = ListChanges::default();
        let mut streams: Vec<Hints> = (0..1000).map(|_| changes.hints()).collect();
        changes.note(Some(1), true);
        let began = Instant::now();
        let told = streams.iter_mut().zip(1..).map(|(hints, number)| async move {
            hints.next(|| 0, || Pace { streams: 1000, number }).await;
            (Instant::now() - began).as_secs()
        });
        let told = futures::future::join_all(told).await;
        for second in 0..10 {
            let count = told.iter().filter(|at| **at == second).count();
            assert!((50..=150).contains(&count), "{count} in second {second}");
        }
        // And each again only after a whole round.
        let mut one = changes.hints();
        changes.note(Some(2), true);
        next(&mut one, 1000).await;
        changes.note(Some(3), true);
        assert!(next(&mut one, 1000).await.1 >= Duration::from_secs(10));
    }

    #[tokio::test(start_paused = true)]
    async fn what_shows_in_no_list_and_what_the_stream_was_told_are_no_reason_for_a_hint() {
        let changes = ListChanges::default();
        let hints = changes.hints();
        changes.note(Some(1), false);
        assert!(!hints.is_due(0));
        // Told first, counted after.
        assert!(!hints.is_due(1));
        changes.note(Some(2), true);
        assert!(!hints.is_due(1));
        changes.note(Some(3), true);
        assert!(hints.is_due(1));
    }
}
