//! The order of the refreshes of a live query, and the pauses between them.

/// Which refreshes have begun and which have been applied.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    started: u32,
    applied: u32,
    resting: bool,
    again: bool,
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

    /// Begins a pause. False when there is one already; it is then followed by another refresh.
    pub fn rest(&mut self) -> bool {
        self.again = self.resting;
        !std::mem::replace(&mut self.resting, true)
    }

    /// Ends a pause; true when a change was reported meanwhile.
    pub fn wake(&mut self) -> bool {
        self.resting = false;
        std::mem::take(&mut self.again)
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
    fn changes_during_a_pause_are_followed_by_one_refresh() {
        let mut progress = Progress::default();
        assert!(progress.rest());
        assert!(!progress.rest());
        assert!(!progress.rest());
        assert!(progress.wake());
        assert!(progress.rest());
        assert!(!progress.wake());
    }
}
