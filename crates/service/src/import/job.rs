//! An import that is under way or over: how far it is, and what came of it.

use crate::ServiceError;
use domain::Timestamp;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Failures that are told one by one; more are only counted.
pub(crate) const FAILURES_LISTED: usize = 500;

/// How to import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// Correct names and languages of people who are known.
    pub correct: bool,
    /// Invite by mail whoever has no active invitation.
    pub invite: bool,
}

/// What came of the lines that were handled so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// People who were added.
    pub added: usize,
    /// People whose name or language was corrected.
    pub corrected: usize,
    /// People who are known just so.
    pub unchanged: usize,
    /// People with another name or language, who were left as they are because nobody asked for corrections.
    pub differing: usize,
    /// People who were invited.
    pub invited: usize,
    /// People who were to be invited and have an active invitation.
    pub already_invited: usize,
    /// Lines that it did not work for.
    pub failed: usize,
}

impl Counts {
    /// Lines that were handled.
    pub const fn done(&self) -> usize {
        self.added + self.corrected + self.unchanged + self.differing + self.failed
    }
}

/// A line that it did not work for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The line.
    pub line: usize,
    /// The email that it tells.
    pub email: String,
    /// Why.
    pub reason: ServiceError,
}

/// How an import ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Every line was handled.
    Complete,
    /// An admin cancelled it.
    Cancelled,
    /// Rollcall could not go on, for this reason.
    Broken(ServiceError),
}

#[derive(Default)]
struct State {
    counts: Counts,
    failures: Vec<Failure>,
    is_cancelled: bool,
    end: Option<(End, Timestamp)>,
}

/// An import that was confirmed.
pub struct Job {
    /// Good lines of the file.
    pub total: usize,
    /// How it is done.
    pub options: ImportOptions,
    state: Mutex<State>,
}

impl Job {
    pub(crate) fn new(total: usize, options: ImportOptions) -> Self {
        Self { total, options, state: Mutex::default() }
    }

    /// What came of the lines so far.
    pub fn counts(&self) -> Counts {
        self.state().counts
    }

    /// The first lines that it did not work for.
    pub fn failures(&self) -> Vec<Failure> {
        self.state().failures.clone()
    }

    /// How it ended; `None` while it is under way.
    pub fn end(&self) -> Option<End> {
        self.state().end.as_ref().map(|(end, _)| end.clone())
    }

    /// Whether it was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.state().is_cancelled
    }

    pub(crate) fn ended_at(&self) -> Option<Timestamp> {
        self.state().end.as_ref().map(|(_, at)| *at)
    }

    pub(crate) fn cancel(&self) {
        self.state().is_cancelled = true;
    }

    pub(crate) fn finish(&self, end: End, now: Timestamp) {
        self.state().end = Some((end, now));
    }

    /// Notes a line, and gives how many were handled.
    pub(crate) fn count(&self, count: impl FnOnce(&mut Counts)) -> usize {
        let mut state = self.state();
        count(&mut state.counts);
        state.counts.done()
    }

    /// Notes a line that it did not work for.
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
