//! How much of the trail of access strangers can fill.

use super::limiter::{BucketKey, Full, Limit, Limiter};
use crate::environment::Environment;
use domain::Timestamp;
use std::{
    collections::{HashMap, hash_map::Entry},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Entries that strangers can cause, of each kind.
const BY_STRANGERS: Limit = Limit { failures: 500, window_s: 900 };
/// From so many lock-outs on, those that ended are forgotten.
const REMEMBERED: usize = 1024;

/// What strangers cause an entry about. Each has a room of its own, so that wrong attempts leave room for the lock-outs that
/// follow from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ByStrangers {
    /// A wrong attempt.
    Attempt,
    /// A lock-out.
    LockOut,
}

/// A lock-out, and how often it refused someone.
struct Counting {
    /// Its entry; `None` until it is stored, and when there was no room for it.
    seq: Option<i64>,
    times: u64,
    until: Timestamp,
}

/// What is remembered of the trail, so that strangers do not fill it.
pub(crate) struct Trail {
    limit: Limiter,
    /// By the full bucket.
    counting: Mutex<HashMap<BucketKey, Counting>>,
}

impl Trail {
    pub(crate) fn new() -> Self {
        Self { limit: Limiter::new(), counting: Mutex::new(HashMap::new()) }
    }

    /// Whether another entry of strangers may be written.
    pub(crate) async fn has_room(&self, kind: ByStrangers, environment: &Environment) -> bool {
        let place = self.limit.reserve(vec![(BucketKey([kind as u8; 16]), BY_STRANGERS)], environment).await;
        place.map(|place| drop(place.was_wrong())).is_ok()
    }

    fn counting(&self) -> MutexGuard<'_, HashMap<BucketKey, Counting>> {
        self.counting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins to count what full buckets refuse. Returns those that are not counted yet: they need an entry.
    pub(crate) fn begin(&self, full: &[Full], now: Timestamp) -> Vec<Full> {
        let mut counting = self.counting();
        if counting.len() >= REMEMBERED {
            counting.retain(|_, lock_out| lock_out.until > now);
        }
        let begun = full.iter().filter(|bucket| {
            let fresh = Counting { seq: None, times: 1, until: bucket.until() };
            match counting.entry(bucket.key) {
                Entry::Occupied(known) if known.get().until > now => return false,
                Entry::Occupied(mut ended) => drop(ended.insert(fresh)),
                Entry::Vacant(place) => drop(place.insert(fresh)),
            }
            true
        });
        begun.copied().collect()
    }

    /// Names the entry that counts what full buckets refuse.
    pub(crate) fn stored(&self, full: &[Full], seq: i64) {
        let mut counting = self.counting();
        for bucket in full {
            if let Some(lock_out) = counting.get_mut(&bucket.key) {
                lock_out.seq = Some(seq);
            }
        }
    }

    /// Counts an attempt that a full bucket refused. Returns the entry and its count when it is time to write it down: at 2,
    /// 4, 8 and so on, so that a flood causes few writes.
    pub(crate) fn count(&self, key: BucketKey) -> Option<(i64, u64)> {
        let mut counting = self.counting();
        let lock_out = counting.get_mut(&key)?;
        lock_out.times += 1;
        let seq = lock_out.seq.filter(|_| lock_out.times.is_power_of_two())?;
        Some((seq, lock_out.times))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::environment::ManualClock;

    #[tokio::test]
    async fn wrong_attempts_leave_room_for_the_lock_outs_that_follow() {
        let environment = Environment::with_clock(ManualClock::new(Timestamp::from_millis(1_000_000)));
        let trail = Trail::new();
        for _ in 0..BY_STRANGERS.failures {
            assert!(trail.has_room(ByStrangers::Attempt, &environment).await);
        }
        assert!(!trail.has_room(ByStrangers::Attempt, &environment).await);
        assert!(trail.has_room(ByStrangers::LockOut, &environment).await);
    }

    fn full(n: u8, since: Timestamp) -> Full {
        Full { key: BucketKey([n; 16]), limit: Limit { failures: 3, window_s: 60 }, since }
    }

    #[test]
    fn a_lock_out_begins_once_until_it_has_ended() {
        let (trail, now) = (Trail::new(), Timestamp::from_millis(1_000_000));
        let lock_out = full(1, now);
        assert_eq!(trail.begin(&[lock_out], now), [lock_out]);
        assert_eq!(trail.begin(&[lock_out, full(2, now)], now.plus_seconds(59)), [full(2, now)]);
        assert_eq!(trail.begin(&[lock_out], now.plus_seconds(60)), [lock_out]);
    }

    #[test]
    fn lock_outs_that_ended_are_forgotten_when_there_are_many() {
        let (trail, now) = (Trail::new(), Timestamp::from_millis(1_000_000));
        let key = |n: usize| {
            let mut key = [0; 16];
            key[..8].copy_from_slice(&n.to_le_bytes());
            BucketKey(key)
        };
        let many = |since| (0..REMEMBERED).map(|n| Full { key: key(n), ..full(0, since) }).collect::<Vec<_>>();
        assert_eq!(trail.begin(&many(now), now).len(), REMEMBERED);
        let later = now.plus_seconds(60);
        trail.begin(&[full(255, later)], later);
        assert_eq!(trail.counting().len(), 1);
        trail.begin(&many(later), later);
        trail.begin(&[full(254, later)], later.plus_seconds(59));
        assert_eq!(trail.counting().len(), REMEMBERED + 2, "those that still count stay");
    }
}
