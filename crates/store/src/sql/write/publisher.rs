//! How subscribers learn of what was written.

use super::{connection::WriteConnection, job::Job};
use crate::{StoreError, StoreResult};
use async_trait::async_trait;
use domain::journal::JournalEvent;

/// Jobs whose transaction has ended, and whose callers wait to be told.
pub struct Finished {
    pub(super) jobs: Vec<Box<dyn Job>>,
    pub(super) results: Vec<StoreResult<()>>,
}

impl Finished {
    /// The journal entries that were written, in their order.
    pub fn entries(&self) -> impl Iterator<Item = &JournalEvent> {
        let written = self.jobs.iter().zip(&self.results).filter(|(_, result)| result.is_ok());
        written.flat_map(|(job, _)| job.entries())
    }

    /// Whether more may have been written than the results say: a commit that seemed to fail may have reached the disk.
    pub fn is_in_doubt(&self) -> bool {
        self.results.iter().any(|result| matches!(result, Err(StoreError::Unknown { .. })))
    }

    /// Tells the callers.
    pub fn answer(self) {
        for (job, result) in self.jobs.into_iter().zip(self.results) {
            job.answer(result);
        }
    }
}

/// Hands journal entries to subscribers, in their order and each once.
#[async_trait]
pub trait Publisher: Send {
    /// Publishes what a transaction wrote, then tells its callers: by the time that they continue, subscribers can have its
    /// entries.
    async fn publish(&mut self, connection: &mut dyn WriteConnection, finished: Finished);
    /// Publishes what may have been written by a commit that seemed to fail, before more is written.
    async fn catch_up(&mut self, connection: &mut dyn WriteConnection);
}
