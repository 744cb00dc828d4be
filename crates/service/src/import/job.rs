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
