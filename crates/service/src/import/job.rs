//! A running or finished import: its progress and its result.

use crate::ServiceError;
use domain::Timestamp;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Failures that are listed; more are only counted.
pub(crate) const FAILURES_LISTED: usize = 500;

/// How to import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// Correct names and languages of people who already exist.
    pub correct: bool,
    /// Invite by mail everyone who has no active invitation.
    pub invite: bool,
}

/// The results of the lines processed so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// People who were added.
    pub added: usize,
    /// People whose name or language was corrected.
    pub corrected: usize,
    /// People who already exist with the same name and language.
    pub unchanged: usize,
    /// People with a different name or language who were left unchanged, because corrections were not requested.
    pub differing: usize,
    /// People who were invited.
    pub invited: usize,
    /// People who were not invited because they have an active invitation.
    pub already_invited: usize,
    /// Lines that could not be imported.
    pub failed: usize,
}

impl Counts {
    /// Lines processed so far.
    pub const fn done(&self) -> usize {
        self.added + self.corrected + self.unchanged + self.differing + self.failed
    }
}

/// A line that could not be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Line number in the file, from 1.
    pub line: usize,
    /// The email in it.
    pub email: String,
    /// Why.
    pub reason: ServiceError,
}

/// How an import ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportEnd {
    /// Every line was processed.
    Complete,
    /// An admin cancelled it.
    Cancelled,
    /// It stopped because of an internal error.
    Failed(ServiceError),
}

#[derive(Default)]
struct State {
    counts: Counts,
    failures: Vec<Failure>,
    is_cancelled: bool,
    end: Option<(ImportEnd, Timestamp)>,
}

/// An import that was confirmed.
pub struct Job {
    /// Number of good lines in the file.
    pub total: usize,
    /// How to import them.
    pub options: ImportOptions,
    state: Mutex<State>,
}

impl Job {
    pub(crate) fn new(total: usize, options: ImportOptions) -> Self {
        Self { total, options, state: Mutex::default() }
    }

    /// The results so far.
    pub fn counts(&self) -> Counts {
        self.state().counts
    }

    /// The first lines that could not be imported.
    pub fn failures(&self) -> Vec<Failure> {
        self.state().failures.clone()
    }

    /// How it ended; `None` while it is running.
    pub fn end(&self) -> Option<ImportEnd> {
        self.state().end.as_ref().map(|(end, _)| end.clone())
    }

    /// Whether it was cancelled. It stops after the lines that are being processed.
    pub fn is_cancelled(&self) -> bool {
        self.state().is_cancelled
    }

    pub(crate) fn ended_at(&self) -> Option<Timestamp> {
        self.state().end.as_ref().map(|(_, at)| *at)
    }

    pub(crate) fn cancel(&self) {
        self.state().is_cancelled = true;
    }

    pub(crate) fn finish(&self, end: ImportEnd, now: Timestamp) {
        self.state().end = Some((end, now));
    }

    /// How a run over all lines ended.
    pub(crate) fn end_of(&self, run: Result<(), ServiceError>) -> ImportEnd {
        match run {
            Ok(()) if self.is_cancelled() && self.counts().done() < self.total => ImportEnd::Cancelled,
            Ok(()) => ImportEnd::Complete,
            Err(error) => ImportEnd::Failed(error),
        }
    }

    /// Counts a line, and returns how many were processed.
    pub(crate) fn count(&self, count: impl FnOnce(&mut Counts)) -> usize {
        let mut state = self.state();
        count(&mut state.counts);
        state.counts.done()
    }

    /// Counts a line that could not be imported, and returns how many were processed.
    pub(crate) fn fail(&self, failure: Failure) -> usize {
        let mut state = self.state();
        state.counts.failed += 1;
        if state.failures.len() < FAILURES_LISTED {
            state.failures.push(failure);
        }
        state.counts.done()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(line: usize) -> Failure {
        Failure { line, email: format!("p{line}@example.com"), reason: ServiceError::Damaged }
    }

    #[test]
    fn lines_that_fail_are_all_counted_and_the_first_ones_listed() {
        let job = Job::new(FAILURES_LISTED + 2, ImportOptions::default());
        assert_eq!(job.count(|counts| counts.added += 1), 1);
        for line in 1..=FAILURES_LISTED + 1 {
            assert_eq!(job.fail(failure(line)), line + 1);
        }
        assert_eq!(job.counts().failed, FAILURES_LISTED + 1);
        assert_eq!(job.failures(), (1..=FAILURES_LISTED).map(failure).collect::<Vec<_>>());
    }

    #[test]
    fn it_has_an_end_and_a_time_once_it_is_finished() {
        let (job, now) = (Job::new(1, ImportOptions::default()), Timestamp::from_millis(5000));
        assert_eq!((job.end(), job.ended_at()), (None, None));
        job.finish(ImportEnd::Complete, now);
        assert_eq!((job.end(), job.ended_at()), (Some(ImportEnd::Complete), Some(now)));
    }

    #[test]
    fn it_is_cancelled_only_if_lines_are_left() {
        let job = Job::new(2, ImportOptions::default());
        job.count(|counts| counts.added += 1);
        assert_eq!(job.end_of(Ok(())), ImportEnd::Complete);
        job.cancel();
        assert_eq!(job.end_of(Ok(())), ImportEnd::Cancelled);
        assert_eq!(job.end_of(Err(ServiceError::Unavailable)), ImportEnd::Failed(ServiceError::Unavailable));
        job.count(|counts| counts.added += 1);
        assert_eq!(job.end_of(Ok(())), ImportEnd::Complete, "the last line was faster");
    }
}
