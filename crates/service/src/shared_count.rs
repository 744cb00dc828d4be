//! A count that many ask for at once, and again after every change: all of an open console's pages do. One is counted at a
//! time; whoever asks meanwhile shares the one that begins next. So a busy server counts all the time at most, however many
//! pages are open, and nobody is told of less than they asked after.

use crate::ServiceResult;
use domain::Timestamp;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::Mutex;

/// How long a count holds that nothing has changed, in seconds: some of what is counted changes with the time alone.
const HOLDS_S: i64 = 2;

/// A count, and how many changes there were when it was begun.
pub(crate) struct SharedCount<T> {
    latest: Mutex<Option<Counted<T>>>,
    changes: AtomicU64,
}

struct Counted<T> {
    at: Timestamp,
    changes: u64,
    value: T,
}

impl<T: Clone> SharedCount<T> {
    pub(crate) fn new() -> Self {
        Self { latest: Mutex::const_new(None), changes: AtomicU64::new(0) }
    }

    /// What is counted may have changed.
    pub(crate) fn changed(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
    }

    /// A count that was begun after all changes up to this call.
    ///
    /// # Errors
    /// It cannot be counted.
    pub(crate) async fn get(
        &self,
        now: impl Fn() -> Timestamp + Send,
        count: impl AsyncFnOnce(Timestamp) -> ServiceResult<T>,
    ) -> ServiceResult<T> {
        let asked = self.changes.load(Ordering::SeqCst);
        let mut latest = self.latest.lock().await;
        let now = now();
        let holds = |counted: &&Counted<T>| {
            counted.changes >= asked && now >= counted.at && now.seconds_since(counted.at) < HOLDS_S
        };
        if let Some(counted) = latest.as_ref().filter(holds) {
            return Ok(counted.value.clone());
        }
        let changes = self.changes.load(Ordering::SeqCst);
        let value = count(now).await?;
        *latest = Some(Counted { at: now, changes, value: value.clone() });
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::{FutureExt as _, future::join_all};
    use std::cell::Cell;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(1_700_000_000_000).plus_seconds(seconds)
    }

    #[test]
    fn a_count_holds_until_a_change_or_for_a_moment() {
        let (count, counted) = (SharedCount::new(), Cell::new(0));
        let get = |second| {
            let next = async |_| {
                counted.set(counted.get() + 1);
                Ok(counted.get())
            };
            count.get(move || at(second), next).now_or_never().unwrap().unwrap()
        };
        assert_eq!([get(0), get(1)], [1, 1]);
        count.changed();
        assert_eq!([get(1), get(2)], [2, 2]);
        assert_eq!(get(3), 3, "the time alone changes counts");
        assert_eq!(get(2), 4, "the clock was set back");
    }

    #[tokio::test]
    async fn whoever_asks_during_a_count_shares_the_next_one() {
        let (count, begun) = (SharedCount::new(), AtomicU64::new(0));
        let ask = || {
            count.get(
                || at(0),
                async |_| {
                    let number = begun.fetch_add(1, Ordering::SeqCst) + 1;
                    // Something changes while it is counted: this count may have missed it.
                    count.changed();
                    tokio::task::yield_now().await;
                    Ok(number)
                },
            )
        };
        let first = ask();
        let later = async {
            tokio::task::yield_now().await;
            join_all((0..50).map(|_| ask())).await
        };
        let (first, later) = tokio::join!(first, later);
        assert_eq!(first, Ok(1));
        assert!(later.iter().all(|answer| matches!(answer, Ok(2..=3))), "{later:?}");
        assert!(begun.load(Ordering::SeqCst) <= 3, "not one for each");
    }
}
