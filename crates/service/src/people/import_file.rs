//! Importing people from a file: reading it, keeping its preview until it is confirmed, and starting the import.

use crate::{
    Rollcall, ServiceError, ServiceResult,
    import::{End, FileError, Import, ImportOptions, Job, Preview, Stage, lines, preview::plan},
    spreadsheet::FileEncoding,
};
use domain::{actor::Actor, types::ids::AccountId};
use std::sync::Arc;
use uuid::Uuid;

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
        let _turn = self.import_previews.reading.acquire().await.map_err(|_| ServiceError::Unavailable)?;
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
        let id = self.environment.id()?;
        self.import_previews
            .keep(who, Import { id, file, preview: Arc::new(preview), stage, at: self.environment.now() })
    }

    /// An account's latest import.
    pub fn import_of(&self, who: AccountId) -> Option<Import> {
        self.import_previews.imports(self.environment.now()).get(&who).cloned()
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
        let mut imports = self.import_previews.imports(self.environment.now());
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
        let imports = self.import_previews.imports(self.environment.now());
        if let Some(Import { stage: Stage::Confirmed(job), .. }) = imports.get(&who).filter(|import| import.id == id) {
            job.cancel();
        }
    }

    /// Forgets an account's preview or result.
    pub fn forget_import(&self, who: AccountId, id: Uuid) {
        let mut imports = self.import_previews.imports(self.environment.now());
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
        let turn =
            Arc::clone(&self.import_previews.running).try_acquire_owned().map_err(|_| ServiceError::ImportRunning)?;
        let job = Arc::new(Job::new(preview.good.len(), options));
        let (rollcall, preview, running) = (Arc::clone(self), Arc::clone(preview), Arc::clone(&job));
        tokio::spawn(async move {
            rollcall.run_import(actor, preview, running).await;
            drop(turn);
        });
        Ok(job)
    }
}
