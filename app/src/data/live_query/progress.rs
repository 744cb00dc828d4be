//! The order of the refreshes of a live query.

/// Pauses before a refresh without an answer is tried again, in seconds.
const RETRY_S: [u64; 3] = [1, 3, 9];

/// Which refreshes have begun and which have been applied.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    started: u32,
    applied: u32,
    failed: u32,
}

impl Progress {
    /// Counts a refresh that begins.
    pub fn start(&mut self) -> u32 {
        self.started += 1;
        self.started
    }

    /// True when this answer is to be applied: no later one was applied before, and it is still wanted.
    pub fn finish(&mut self, number: u32) -> bool {
        let newest = number > self.applied;
        self.applied = self.applied.max(number);
        newest
    }

    /// Answers to refreshes that have begun are no longer wanted.
    pub fn forget(&mut self) {
        self.applied = self.started;
    }

    /// Counts a refresh that got no answer. Returns the pause before the next try, in seconds; `None` after the last.
    pub fn fail(&mut self) -> Option<u64> {
        self.failed += 1;
        RETRY_S.get(self.failed as usize - 1).copied()
    }

    /// A refresh was answered.
    pub fn succeed(&mut self) {
        self.failed = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_was_overtaken_is_dropped() {
        let mut progress = Progress::default();
        let (first, second) = (progress.start(), progress.start());
        assert!(progress.finish(second));
        assert!(!progress.finish(first));
    }

    #[test]
    fn an_answer_to_an_earlier_query_is_dropped() {
        let mut progress = Progress::default();
        let first = progress.start();
        progress.forget();
        let second = progress.start();
        assert!(!progress.finish(first));
        assert!(progress.finish(second));
    }

    #[test]
    fn a_refresh_without_an_answer_is_tried_three_times() {
        let mut progress = Progress::default();
        assert_eq!([1, 2, 3, 4].map(|_| progress.fail()), [Some(1), Some(3), Some(9), None]);
        progress.succeed();
        assert_eq!(progress.fail(), Some(1));
    }
}
