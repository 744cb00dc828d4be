//! The import that this server runs, if it runs one.

use super::job::Job;
use domain::types::ids::ImportId;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The import that runs here: what came of it is known here before it is stored.
#[derive(Default)]
pub(crate) struct RunningImport(Mutex<Option<(ImportId, Arc<Job>)>>);

/// An import runs here until this is dropped.
pub(crate) struct Run<'a>(&'a RunningImport);

impl RunningImport {
    /// Begins to run an import.
    pub(crate) fn begin(&self, id: ImportId, job: Arc<Job>) -> Run<'_> {
        *self.running() = Some((id, job));
        Run(self)
    }

    /// The job of an import, if it runs here.
    pub(crate) fn job(&self, id: ImportId) -> Option<Arc<Job>> {
        self.running().as_ref().filter(|(running, _)| *running == id).map(|(_, job)| Arc::clone(job))
    }

    fn running(&self) -> MutexGuard<'_, Option<(ImportId, Arc<Job>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Run<'_> {
    fn drop(&mut self) {
        *self.0.running() = None;
    }
}
