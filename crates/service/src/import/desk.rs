//! Where files wait between preview and confirmation: one for each account, for a while.

use super::{
    FileError,
    job::{End, Job},
    lines,
    preview::{Preview, plan},
    run::ImportOptions,
};
use crate::{Rollcall, ServiceError, ServiceResult, table::FileEncoding};
use domain::{Timestamp, actor::Actor, types::ids::AccountId};
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
    at: Timestamp,
}

impl Import {
    fn is_running(&self) -> bool {
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
pub(crate) struct Desk {
    imports: Mutex<HashMap<AccountId, Import>>,
    /// Only one file is read at a time, since that takes memory.
    reading: Semaphore,
    /// Only one import runs at a time.
    running: Arc<Semaphore>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { imports: Mutex::default(), reading: Semaphore::new(1), running: Arc::new(Semaphore::new(1)) }
    }

    /// The imports that are not forgotten yet.
    fn imports(&self, now: Timestamp) -> MutexGuard<'_, HashMap<AccountId, Import>> {
        let mut imports = self.imports.lock().unwrap_or_else(PoisonError::into_inner);
        imports.retain(|_, import| !import.is_over(now));
        imports
    }

    fn keep(&self, who: AccountId, import: Import) -> ServiceResult<()> {
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

impl Rollcall {
    /// Reads a file and tells what importing it would do; nothing is written.
    ///
    /// # Errors
    /// The file as a whole cannot be read.
    pub async fn preview_people(
        &self,
        bytes: Vec<u8>,
        encoding: FileEncoding,
    ) -> ServiceResult<Result<Preview, FileError>> {
        let _turn = self.desk.reading.acquire().await.map_err(|_| ServiceError::Unavailable)?;
        let read = tokio::task::spawn_blocking(move || lines::read(&bytes, encoding)).await;
        match read.map_err(|error| ServiceError::internal(&error))? {
            Ok(lines) => Ok(Ok(plan(self.store.as_ref(), lines).await?)),
            Err(error) => Ok(Err(error)),
        }
    }

    /// Reads a file for an account, and keeps what it says until the account confirms it or sends another one.
    ///
    /// # Errors
    /// The account's import is running.
    pub async fn upload_people(
        &self,
        who: AccountId,
        file: String,
        bytes: Result<Vec<u8>, FileError>,
        encoding: FileEncoding,
    ) -> ServiceResult<()> {
        let read = match bytes {
            Ok(bytes) => self.preview_people(bytes, encoding).await?,
            Err(error) => Err(error),
        };
        let (preview, stage) = match read {
            Ok(preview) => (preview, Stage::Previewed),
            Err(error) => (Preview::default(), Stage::Refused(error)),
        };
        let id = self.edge.id()?;
        self.desk.keep(who, Import { id, file, preview: Arc::new(preview), stage, at: self.edge.now() })
    }

    /// An account's latest import.
    pub fn import_of(&self, who: AccountId) -> Option<Import> {
        self.desk.imports(self.edge.now()).get(&who).cloned()
    }

    /// Does what an account's preview says.
    ///
    /// # Errors
    /// The preview is not this one any more, or another import is running.
    pub fn confirm_import(
        self: &Arc<Self>,
        actor: Actor,
        who: AccountId,
        id: Uuid,
        options: ImportOptions,
    ) -> ServiceResult<()> {
        let mut imports = self.desk.imports(self.edge.now());
        let import = imports.get_mut(&who).filter(|import| import.id == id && matches!(import.stage, Stage::Previewed));
        let import = import.ok_or(ServiceError::NotFound)?;
        let preview = Arc::clone(&import.preview);
        let job = self.start_import(actor, &preview, options)?;
        import.preview = Arc::new(preview.without_good());
        import.stage = Stage::Confirmed(job);
        Ok(())
    }

    /// Stops an account's import; lines that were handled stay so.
    pub fn cancel_import(&self, who: AccountId, id: Uuid) {
        let imports = self.desk.imports(self.edge.now());
        if let Some(Import { stage: Stage::Confirmed(job), .. }) = imports.get(&who).filter(|import| import.id == id) {
            job.cancel();
        }
    }

    /// Forgets an account's preview or result.
    pub fn forget_import(&self, who: AccountId, id: Uuid) {
        let mut imports = self.desk.imports(self.edge.now());
        if imports.get(&who).is_some_and(|import| import.id == id && !import.is_running()) {
            imports.remove(&who);
        }
    }

    /// Imports the good lines of a preview, and tells what came of it. It is carried through to the end even if the
    /// caller no longer waits for the answer.
    ///
    /// # Errors
    /// Another import is running; faults of the store.
    pub async fn import_people(
        self: &Arc<Self>,
        actor: Actor,
        preview: &Arc<Preview>,
        options: ImportOptions,
    ) -> ServiceResult<Arc<Job>> {
        let job = self.start_import(actor, preview, options)?;
        let mut news = self.hub.subscribe();
        while job.end().is_none() {
            // Whatever is told, and that too much was told, is a reason to look.
            let _ = news.recv().await;
        }
        match job.end() {
            Some(End::Broken(error)) => Err(error),
            _ => Ok(job),
        }
    }

    /// Starts a task that imports the good lines of a preview.
    fn start_import(
        self: &Arc<Self>,
        actor: Actor,
        preview: &Arc<Preview>,
        options: ImportOptions,
    ) -> ServiceResult<Arc<Job>> {
        let turn = Arc::clone(&self.desk.running).try_acquire_owned().map_err(|_| ServiceError::ImportRunning)?;
        let job = Arc::new(Job::new(preview.good.len(), options));
        let (rollcall, preview, running) = (Arc::clone(self), Arc::clone(preview), Arc::clone(&job));
        tokio::spawn(async move {
            rollcall.run_import(actor, preview, running).await;
            drop(turn);
        });
        Ok(job)
    }
}
