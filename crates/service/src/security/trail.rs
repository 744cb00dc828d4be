//! How much of the trail of access strangers can fill.

use super::limiter::{BucketKey, Limit, Limiter, Want};
use crate::environment::Environment;
use domain::Timestamp;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Entries that strangers can cause.
const BY_STRANGERS: Limit = Limit { failures: 500, window_s: 900 };
/// The bucket of them.
const STRANGERS: BucketKey = BucketKey([0; 16]);

/// An entry that counts what happened again.
struct Counting {
    seq: i64,
    times: u64,
    until: Timestamp,
}

/// What is remembered of the trail, so that strangers do not fill it.
pub(crate) struct Trail {
    limit: Limiter,
    /// By the bucket that refuses further attempts.
    counting: Mutex<HashMap<BucketKey, Counting>>,
}

impl Trail {
    pub(crate) fn new() -> Self {
        Self { limit: Limiter::new(), counting: Mutex::new(HashMap::new()) }
    }

    /// Whether another entry of strangers may be written.
    pub(crate) async fn has_room(&self, environment: &Environment) -> bool {
        let place = self.limit.reserve(vec![(STRANGERS, BY_STRANGERS)], environment).await;
        place.map(|place| drop(place.was_wrong())).is_ok()
    }

    fn counting(&self) -> MutexGuard<'_, HashMap<BucketKey, Counting>> {
        self.counting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets an entry count what its buckets refuse from now on.
    pub(crate) fn count_on(&self, full: &[Want], seq: i64, now: Timestamp) {
        let mut counting = self.counting();
        counting.retain(|_, entry| entry.until > now);
        for (key, limit) in full {
            let until = now.plus_seconds(limit.window_s);
            counting.insert(*key, Counting { seq, times: 1, until });
        }
    }

    /// Counts an attempt that a full bucket refused. Returns the entry and its count when it is time to write it down: at 2,
    /// 4, 8 and so on, so that a flood causes few writes.
    pub(crate) fn count(&self, key: BucketKey, now: Timestamp) -> Option<(i64, u64)> {
        let mut counting = self.counting();
        let entry = counting.get_mut(&key).filter(|entry| entry.until > now)?;
        entry.times += 1;
        entry.times.is_power_of_two().then_some((entry.seq, entry.times))
    }
}
