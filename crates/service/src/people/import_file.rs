//! Importing people from a file: parsing it, keeping its preview until it is confirmed, and starting the import.

use crate::{
    Rollcall, ServiceError, ServiceResult,
    import::{FileError, Import, ImportEnd, ImportOptions, ImportStage, Job, Preview, lines, preview::plan},
    spreadsheet::FileEncoding,
};
use domain::{actor::Actor, types::ids::AccountId};
use std::sync::Arc;
use uuid::Uuid;

impl Rollcall {
    /// Reads a file and returns what importing it would do; nothing is written. The inner error says why the file
    /// cannot be imported.
    ///
    /// # Errors
    /// The store failed.
    pub async fn preview_people(
        &self,
        bytes: Vec<u8>,
        encoding: FileEncoding,
    ) -> ServiceResult<Result<Preview, FileError>> {
        let _permit = self.import_previews.reading_permit().await?;
        // Parsing is CPU-bound, so it runs on a blocking thread.
        let read = tokio::task::spawn_blocking(move || lines::read(&bytes, encoding)).await;
        match read.map_err(|error| ServiceError::internal(&error))? {
            Ok(lines) => Ok(Ok(plan(self.store.as_ref(), lines).await?)),
            Err(error) => Ok(Err(error)),
        }
    }

    /// Reads a file for an account, and keeps the preview until the account confirms it or uploads another file.
    ///
    /// # Errors
    /// The account's import is running.
    pub async fn upload_people(
        &self,
        account: AccountId,
        file: String,
        bytes: Result<Vec<u8>, FileError>,
        encoding: FileEncoding,
    ) -> ServiceResult<()> {
        let read = match bytes {
            Ok(bytes) => self.preview_people(bytes, encoding).await?,
            Err(error) => Err(error),
        };
        let (preview, stage) = match read {
            Ok(preview) => (preview, ImportStage::Previewed),
            Err(error) => (Preview::default(), ImportStage::Refused(error)),
        };
        let (id, uploaded_at) = (self.environment.id()?, self.environment.now());
        self.import_previews.insert(account, Import { id, file, preview: Arc::new(preview), stage, uploaded_at })
    }

    /// The latest import of an account.
    pub fn latest_import(&self, account: AccountId) -> Option<Import> {
        self.import_previews.latest(account, self.environment.now())
    }

    /// Confirms an account's preview: starts the import.
    ///
    /// # Errors
    /// The preview is no longer the account's latest, or another import is running.
    pub fn confirm_import(
        self: &Arc<Self>,
        actor: Actor,
        account: AccountId,
        id: Uuid,
        options: ImportOptions,
    ) -> ServiceResult<()> {
        let start = |preview: &Arc<Preview>| self.start_import(actor, preview, options);
        self.import_previews.confirm(account, id, self.environment.now(), start)
    }

    /// Cancels an account's import. Lines that were already imported stay imported.
    pub fn cancel_import(&self, account: AccountId, id: Uuid) {
        self.import_previews.cancel(account, id, self.environment.now());
    }

    /// Drops an account's preview or result.
    pub fn forget_import(&self, account: AccountId, id: Uuid) {
        self.import_previews.remove(account, id, self.environment.now());
    }

    /// Imports the good lines of a preview, and returns the finished job. It runs to completion even if the caller
    /// stops waiting.
    ///
    /// # Errors
    /// Another import is running, or the store failed.
    pub async fn import_people(
        self: &Arc<Self>,
        actor: Actor,
        preview: &Arc<Preview>,
        options: ImportOptions,
    ) -> ServiceResult<Arc<Job>> {
        let job = self.start_import(actor, preview, options)?;
        let mut events = self.hub.subscribe();
        while job.end().is_none() {
            // Check again after any event, and after missing some.
            let _ = events.recv().await;
        }
        match job.end() {
            Some(ImportEnd::Failed(error)) => Err(error),
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
        let permit = self.import_previews.running_permit()?;
        let job = Arc::new(Job::new(preview.good.len(), options));
        let (rollcall, preview, running) = (Arc::clone(self), Arc::clone(preview), Arc::clone(&job));
        tokio::spawn(async move {
            rollcall.run_import(actor, preview, running).await;
            drop(permit);
        });
        Ok(job)
    }
}
