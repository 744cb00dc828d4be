//! Imports between upload and result: one for each account, for a limited time.

use super::{FileError, job::Job, preview::Preview};
use crate::{ServiceError, ServiceResult};
use domain::{Timestamp, types::ids::AccountId};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::Semaphore;
use uuid::Uuid;

/// Accounts whose file is kept; beyond, the one that waits for longest is forgotten.
const KEPT_MAX: usize = 8;
/// How long a preview is kept, in seconds.
const PREVIEW_S: i64 = 30 * 60;
/// How long a result is kept, in seconds.
const RESULT_S: i64 = 24 * 3600;

/// Where an import stands.
#[derive(Clone)]
pub enum Stage {
    /// The file was not read.
    Refused(FileError),
    /// It waits for confirmation.
    Previewed,
    /// It was confirmed.
    Confirmed(Arc<Job>),
}

/// An account's latest import.
#[derive(Clone)]
pub struct Import {
    /// Tells it from the account's next one.
    pub id: Uuid,
    /// Name of the file.
    pub file: String,
    /// What importing it would do; nothing when it was refused. The good lines are gone once it was confirmed.
    pub preview: Arc<Preview>,
    /// Where it stands.
    pub stage: Stage,
    pub(crate) at: Timestamp,
}

impl Import {
    pub(crate) fn is_running(&self) -> bool {
        matches!(&self.stage, Stage::Confirmed(job) if job.end().is_none())
    }

    fn is_over(&self, now: Timestamp) -> bool {
        match &self.stage {
            Stage::Refused(_) | Stage::Previewed => now.seconds_since(self.at) > PREVIEW_S,
            Stage::Confirmed(job) => job.ended_at().is_some_and(|end| now.seconds_since(end) > RESULT_S),
        }
    }
}

/// The imports of all accounts.
pub(crate) struct ImportPreviews {
    imports: Mutex<HashMap<AccountId, Import>>,
    /// Only one file is read at a time, since that takes memory.
    pub(crate) reading: Semaphore,
    /// Only one import runs at a time.
    pub(crate) running: Arc<Semaphore>,
}

impl ImportPreviews {
    pub(crate) fn new() -> Self {
        Self { imports: Mutex::default(), reading: Semaphore::new(1), running: Arc::new(Semaphore::new(1)) }
    }

    /// The imports that are not forgotten yet.
    pub(crate) fn imports(&self, now: Timestamp) -> MutexGuard<'_, HashMap<AccountId, Import>> {
        let mut imports = self.imports.lock().unwrap_or_else(PoisonError::into_inner);
        imports.retain(|_, import| !import.is_over(now));
        imports
    }

    pub(crate) fn keep(&self, who: AccountId, import: Import) -> ServiceResult<()> {
        let mut imports = self.imports(import.at);
        if imports.get(&who).is_some_and(Import::is_running) {
            return Err(ServiceError::ImportRunning);
        }
        imports.remove(&who);
        while imports.len() >= KEPT_MAX {
            let waiting = imports.iter().filter(|(_, import)| !import.is_running());
            let Some(oldest) = waiting.min_by_key(|(_, import)| import.at).map(|(who, _)| *who) else { break };
            imports.remove(&oldest);
        }
        imports.insert(who, import);
        Ok(())
    }
}
