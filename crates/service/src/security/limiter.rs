//! Rate limits on wrong attempts. An ordinary rate limiter counts every attempt. Here, correct ones must not count: an
//! admin may enroll thirty tablets by PIN in a row.

use domain::Timestamp;
use std::{collections::HashMap, hash::Hash, sync::Mutex};

/// Most keys that are remembered. Beyond that, ended windows are dropped, or all windows if none has ended.
const MAX_KEYS: usize = 100_000;

/// How many wrong attempts are allowed within a window of time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    /// Wrong attempts until the key is blocked.
    pub(crate) failures: u32,
    /// Length of the window in seconds, from the first wrong attempt.
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

    /// Seconds until `key` may try again; `None` when it is not blocked.
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
    fn a_key_is_blocked_after_too_many_failures_until_the_window_ends() {
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
