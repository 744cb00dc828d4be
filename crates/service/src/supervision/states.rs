//! Which workers fail.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// Pause after the first failure; it doubles with each one up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// Longest pause before a worker is started again.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// A worker that fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailingWorker {
    /// Its name.
    pub name: &'static str,
    /// How many times in a row it failed.
    pub times: u32,
}

/// How many times in a row each worker failed.
#[derive(Default)]
pub(crate) struct WorkerStates(Mutex<BTreeMap<&'static str, u32>>);

impl WorkerStates {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<&'static str, u32>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A worker has done something it is there for.
    pub(crate) fn works(&self, worker: &'static str) {
        self.lock().insert(worker, 0);
    }

    /// A worker failed; returns how long to wait before it tries again.
    pub(crate) fn failed(&self, worker: &'static str) -> Duration {
        let mut states = self.lock();
        let times = states.entry(worker).or_default();
        *times = times.saturating_add(1);
        let doubled = FIRST_PAUSE.saturating_mul(1 << (*times - 1).min(6));
        doubled.min(LONGEST_PAUSE)
    }

    /// The workers that fail.
    pub(crate) fn failing(&self) -> Vec<FailingWorker> {
        let states = self.lock();
        states
            .iter()
            .filter(|(_, times)| **times > 0)
            .map(|(name, times)| FailingWorker { name, times: *times })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_doubles_up_to_a_minute_and_begins_anew_after_success() {
        let states = WorkerStates::default();
        let pauses: Vec<u64> = (0..9).map(|_| states.failed("mail").as_secs()).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(states.failing(), [FailingWorker { name: "mail", times: 9 }]);
        states.works("mail");
        assert!(states.failing().is_empty());
        assert_eq!(states.failed("mail").as_secs(), 1);
    }
}
