//! Limits wrong attempts. A general rate limiter counts every attempt, and right ones must not count here: an admin who
//! enrolls thirty tablets by PIN makes no mistake thirty times.

use domain::Timestamp;
use std::{collections::HashMap, hash::Hash, sync::Mutex};

/// Keys that are remembered at most; beyond that the oldest windows are forgotten first.
const MAX_KEYS: usize = 100_000;

/// How many wrong attempts are allowed in which time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    /// Wrong attempts that are allowed.
    pub(crate) failures: u32,
    /// Seconds after the first of them when the count starts again.
    pub(crate) window_s: i64,
}

#[derive(Clone, Copy)]
struct Window {
    since: Timestamp,
    failures: u32,
}

/// Counts wrong attempts by key.
pub(crate) struct Limiter<K> {
    windows: Mutex<HashMap<K, Window>>,
}

impl<K: Eq + Hash + Clone> Limiter<K> {
    pub(crate) fn new() -> Self {
        Self { windows: Mutex::new(HashMap::new()) }
    }

    /// Seconds until `key` may try again; `None` when it may now.
    pub(crate) fn blocked_for(&self, key: &K, limit: Limit, now: Timestamp) -> Option<u64> {
        let windows = self.windows.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let window = windows.get(key).filter(|w| w.failures >= limit.failures)?;
        let left = limit.window_s - now.seconds_since(window.since);
        u64::try_from(left).ok().filter(|left| *left > 0)
    }

    /// Counts a wrong attempt.
    pub(crate) fn fail(&self, key: K, limit: Limit, now: Timestamp) {
        let mut windows = self.windows.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if windows.len() >= MAX_KEYS && !windows.contains_key(&key) {
            windows.retain(|_, w| now.seconds_since(w.since) < limit.window_s);
            if windows.len() >= MAX_KEYS {
                windows.clear();
            }
        }
        let window = windows.entry(key).or_insert(Window { since: now, failures: 0 });
        if now.seconds_since(window.since) >= limit.window_s {
            *window = Window { since: now, failures: 0 };
        }
        window.failures += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_blocked_after_its_failures_and_free_after_the_window() {
        let limiter = Limiter::new();
        let limit = Limit { failures: 2, window_s: 60 };
        let start = Timestamp::from_millis(1_000);
        assert_eq!(limiter.blocked_for(&"a", limit, start), None);
        limiter.fail("a", limit, start);
        assert_eq!(limiter.blocked_for(&"a", limit, start), None);
        limiter.fail("a", limit, start.plus_seconds(10));
        assert_eq!(limiter.blocked_for(&"a", limit, start.plus_seconds(10)), Some(50));
        assert_eq!(limiter.blocked_for(&"b", limit, start), None);
        assert_eq!(limiter.blocked_for(&"a", limit, start.plus_seconds(60)), None);
        limiter.fail("a", limit, start.plus_seconds(61));
        assert_eq!(limiter.blocked_for(&"a", limit, start.plus_seconds(61)), None);
    }
}
