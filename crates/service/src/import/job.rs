//! A running or finished import: its progress and its result.

use super::stored::Progress;
use crate::ServiceError;
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Failures that are listed; more are only counted.
pub(crate) const FAILURES_LISTED: usize = 500;

/// How to import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportOptions {
    /// Correct names and languages of people who already exist.
    pub correct: bool,
    /// Invite by mail everyone who has no active invitation.
    pub invite: bool,
}

/// The results of the lines processed so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Line number in the file, from 1.
    pub line: usize,
    /// The email in it.
    pub email: String,
    /// Why.
    pub reason: ServiceError,
}

/// How an import ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportEnd {
    /// Every line was processed.
    Complete,
    /// An admin cancelled it.
    Cancelled,
    /// It stopped because of an internal error.
    Failed(ServiceError),
}

/// What came of the lines so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Results {
    /// How many lines had which result.
    counts: Counts,
    /// The first lines that could not be imported.
    failures: Vec<Failure>,
}

#[derive(Default)]
struct State {
    results: Results,
    is_cancelled: bool,
}

/// An import that was confirmed.
pub struct Job {
    /// Number of good lines in the file.
    pub total: usize,
    /// How to import them.
    pub options: ImportOptions,
    /// How it ended; `None` while it is running.
    pub end: Option<ImportEnd>,
    state: Mutex<State>,
}

impl Job {
    /// A job that has come so far.
    pub(crate) fn of(progress: Progress, is_cancelled: bool) -> Self {
        let Progress { total, options, results, end, .. } = progress;
        Self { total, options, end, state: Mutex::new(State { results, is_cancelled }) }
    }

    /// The results so far.
    pub fn counts(&self) -> Counts {
        self.state().results.counts
    }

    /// The first lines that could not be imported.
    pub fn failures(&self) -> Vec<Failure> {
        self.state().results.failures.clone()
    }

    /// Whether it was cancelled. It stops after the lines that are being processed.
    pub fn is_cancelled(&self) -> bool {
        self.state().is_cancelled
    }

    pub(crate) fn cancel(&self) {
        self.state().is_cancelled = true;
    }

    pub(crate) fn results(&self) -> Results {
        self.state().results.clone()
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
        let counts = &mut self.state().results.counts;
        count(counts);
        counts.done()
    }

    /// Counts a line that could not be imported, and returns how many were processed.
    pub(crate) fn fail(&self, failure: Failure) -> usize {
        let Results { counts, failures } = &mut self.state().results;
        counts.failed += 1;
        if failures.len() < FAILURES_LISTED {
            failures.push(failure);
        }
        counts.done()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::actor::Actor;

    fn job(total: usize) -> Job {
        Job::of(Progress::new(Actor::System, total, ImportOptions::default()), false)
    }

    fn failure(line: usize) -> Failure {
        Failure { line, email: format!("p{line}@example.com"), reason: ServiceError::Damaged }
    }

    #[test]
    fn lines_that_fail_are_all_counted_and_the_first_ones_listed() {
        let job = job(FAILURES_LISTED + 2);
        assert_eq!(job.count(|counts| counts.added += 1), 1);
        for line in 1..=FAILURES_LISTED + 1 {
            assert_eq!(job.fail(failure(line)), line + 1);
        }
        assert_eq!(job.counts().failed, FAILURES_LISTED + 1);
        assert_eq!(job.failures(), (1..=FAILURES_LISTED).map(failure).collect::<Vec<_>>());
    }

    #[test]
    fn it_is_cancelled_only_if_lines_are_left() {
        let job = job(2);
        job.count(|counts| counts.added += 1);
        assert_eq!(job.end_of(Ok(())), ImportEnd::Complete);
        job.cancel();
        assert_eq!(job.end_of(Ok(())), ImportEnd::Cancelled);
        assert_eq!(job.end_of(Err(ServiceError::Unavailable)), ImportEnd::Failed(ServiceError::Unavailable));
        job.count(|counts| counts.added += 1);
        assert_eq!(job.end_of(Ok(())), ImportEnd::Complete, "the last line was faster");
    }
}
