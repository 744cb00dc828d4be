//! The order of refreshes, and the pauses between them.

/// What a refresh knows about the ones before it.
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

    /// True when neither a later answer was applied before, nor this one is unwanted.
    pub fn finish(&mut self, number: u32) -> bool {
        let newest = number > self.applied;
        self.applied = self.applied.max(number);
        newest
    }

    /// No answer to a refresh that began before is wanted.
    pub fn forget(&mut self) {
        self.applied = self.started;
    }

    /// Begins a pause; false when one is going on, which is then followed by another refresh.
    pub fn rest(&mut self) -> bool {
        self.again = self.resting;
        !std::mem::replace(&mut self.resting, true)
    }

    /// Ends a pause; true when something was told meanwhile.
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
