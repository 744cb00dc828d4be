//! Importing people from a file: reading it, storing it until it is confirmed, and what its owner sees of it.

use crate::{
    Rollcall, ServiceError, ServiceResult,
    import::{
        FileError, Import, ImportEnd, ImportOptions, ImportStage, Job, Preview,
        lines::{self, Lines},
        preview::plan,
        stored::{ImportDoc, Progress, is_expired, kept_since},
    },
    live::LiveEvent,
    servers::Work,
    spreadsheet::FileEncoding,
};
use domain::{
    actor::Actor,
    types::ids::{AccountId, ImportId},
};
use std::{sync::Arc, time::Duration};
use store::{Confirmation, StoredImport};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::timeout,
};
use uuid::Uuid;

/// After how long an import that was not heard of is looked after.
const LOOK_INTERVAL: Duration = Duration::from_secs(1);

/// A file as it was uploaded.
#[derive(Clone, Debug)]
pub struct UploadedFile {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Arc<Vec<u8>>,
    /// What it is written in, as far as the sender says.
    pub encoding: FileEncoding,
}

impl Rollcall {
    /// Reads a file and returns what importing it would do; nothing is written. The inner error says why the file
    /// cannot be imported.
    ///
    /// # Errors
    /// The store failed.
    pub async fn preview_people(&self, file: &UploadedFile) -> ServiceResult<Result<Preview, FileError>> {
        let _permit = self.preview_cache.reading_permit().await?;
        match read_lines(Arc::clone(&file.bytes), file.encoding).await? {
            Ok(lines) => Ok(Ok(plan(self.store.as_ref(), lines).await?)),
            Err(error) => Ok(Err(error)),
        }
    }

    /// Reads a file for an account, and keeps it until the account confirms it or uploads another one. The error is that of a
    /// file that did not arrive.
    ///
    /// # Errors
    /// The account's import is running.
    pub async fn upload_people(&self, account: AccountId, file: Result<UploadedFile, FileError>) -> ServiceResult<()> {
        let (name, error) = match file {
            Ok(file) => match self.preview_people(&file).await? {
                Ok(preview) => {
                    let id = self.store_import(account.0, file, ImportDoc::Previewed).await?;
                    self.preview_cache.keep(id, Arc::new(preview));
                    return Ok(());
                }
                Err(error) => (file.name, error),
            },
            Err(error) => (String::new(), error),
        };
        // The reason is kept, and not the bytes.
        let file = UploadedFile { name, bytes: Arc::default(), encoding: FileEncoding::default() };
        self.store_import(account.0, file, ImportDoc::Refused(error)).await.map(drop)
    }

    /// Stores a file in place of the owner's previous one.
    async fn store_import(&self, owner: Uuid, file: UploadedFile, doc: ImportDoc) -> ServiceResult<ImportId> {
        self.prune_imports().await?;
        let import = StoredImport {
            id: ImportId(self.environment.id()?),
            owner,
            file: file.name,
            encoding: file.encoding.as_str().to_owned(),
            uploaded_at: self.environment.now(),
            confirmed_at: None,
            ended_at: None,
            is_cancelled: false,
            doc: text_of(&doc)?,
        };
        let is_stored = self.store.put_import(&import, Arc::unwrap_or_clone(file.bytes)).await?;
        if is_stored { Ok(import.id) } else { Err(ServiceError::ImportRunning) }
    }

    /// Deletes files and results that were kept long enough.
    pub(crate) async fn prune_imports(&self) -> ServiceResult<()> {
        let (uploads, results) = kept_since(self.environment.now());
        Ok(self.store.prune_imports(uploads, results).await?)
    }

    async fn stored_import(&self, owner: Uuid) -> ServiceResult<Option<StoredImport>> {
        let now = self.environment.now();
        Ok(self.store.find_import(owner).await?.filter(|stored| !is_expired(stored, now)))
    }

    /// The latest import of an account.
    ///
    /// # Errors
    /// The store failed.
    pub async fn latest_import(&self, account: AccountId) -> ServiceResult<Option<Import>> {
        let Some(stored) = self.stored_import(account.0).await? else { return Ok(None) };
        let stage = match ImportDoc::of(&stored) {
            None => return Ok(None),
            Some(ImportDoc::Refused(error)) => ImportStage::Refused(error),
            Some(ImportDoc::Previewed) => ImportStage::Previewed,
            Some(ImportDoc::Confirmed(progress)) => ImportStage::Confirmed(self.job_of(&stored, progress)),
        };
        let Some(preview) = self.preview_of(&stored, &stage).await? else { return Ok(None) };
        Ok(Some(Import { id: stored.id, file: stored.file, preview, stage }))
    }

    /// The job of a confirmed import. Where it runs, more is known of it than what was stored.
    fn job_of(&self, stored: &StoredImport, progress: Progress) -> Arc<Job> {
        let running = self.running_import.job(stored.id).filter(|_| stored.is_running());
        running.unwrap_or_else(|| Arc::new(Job::of(progress, stored.is_cancelled)))
    }

    /// What was read of the file, or is read of it again: another server may have got it, or this one before it was started
    /// again. `None` when it is gone.
    async fn preview_of(&self, stored: &StoredImport, stage: &ImportStage) -> ServiceResult<Option<Arc<Preview>>> {
        if matches!(stage, ImportStage::Refused(_)) {
            return Ok(Some(Arc::default()));
        }
        if let Some(preview) = self.preview_cache.get(stored.id) {
            return Ok(Some(preview));
        }
        let _permit = self.preview_cache.reading_permit().await?;
        // Another request may have read it meanwhile.
        if let Some(preview) = self.preview_cache.get(stored.id) {
            return Ok(Some(preview));
        }
        let Ok(lines) = self.lines_of(stored).await? else { return Ok(None) };
        let preview = match stage {
            ImportStage::Previewed => plan(self.store.as_ref(), lines).await?,
            ImportStage::Refused(_) | ImportStage::Confirmed(_) => Preview::of_bad(lines),
        };
        let preview = Arc::new(preview);
        self.preview_cache.keep(stored.id, Arc::clone(&preview));
        Ok(Some(preview))
    }

    /// Reads the lines of a stored file.
    pub(crate) async fn lines_of(&self, stored: &StoredImport) -> ServiceResult<Result<Lines, FileError>> {
        let Some(bytes) = self.store.import_content(stored.id).await? else { return Ok(Err(FileError::Empty)) };
        read_lines(Arc::new(bytes), FileEncoding::of_name(&stored.encoding)).await
    }

    /// Confirms an account's preview: it is imported now.
    ///
    /// # Errors
    /// The preview is no longer the account's latest, or another import is running.
    pub async fn confirm_import(
        &self,
        actor: Actor,
        account: AccountId,
        id: ImportId,
        options: ImportOptions,
    ) -> ServiceResult<()> {
        let Some(import) = self.latest_import(account).await?.filter(|import| import.id == id) else {
            return Err(ServiceError::NotFound);
        };
        let ImportStage::Previewed = import.stage else { return Err(ServiceError::NotFound) };
        self.begin_import(account.0, id, Progress::new(actor, import.preview.good.len(), options)).await?;
        self.preview_cache.drop_good(id);
        Ok(())
    }

    async fn begin_import(&self, owner: Uuid, id: ImportId, progress: Progress) -> ServiceResult<()> {
        let doc = text_of(&ImportDoc::Confirmed(progress))?;
        match self.store.confirm_import(owner, id, doc, self.environment.now()).await? {
            Confirmation::Confirmed => {}
            Confirmation::AnotherRuns => return Err(ServiceError::ImportRunning),
            Confirmation::Gone => return Err(ServiceError::NotFound),
        }
        self.begin_anywhere(Work::Imports);
        self.hub.send(LiveEvent::ImportProgressed);
        Ok(())
    }

    /// Cancels an account's import. Lines that were already imported stay imported.
    ///
    /// # Errors
    /// The store failed.
    pub async fn cancel_import(&self, account: AccountId, id: ImportId) -> ServiceResult<()> {
        let stored = self.store.find_import(account.0).await?.filter(|stored| stored.id == id);
        if stored.is_some() {
            self.store.cancel_import(account.0, id).await?;
            // At once where it runs, and elsewhere after the lines that are being processed.
            if let Some(job) = self.running_import.job(id) {
                job.cancel();
            }
            self.hub.send(LiveEvent::ImportProgressed);
        }
        Ok(())
    }

    /// Drops an account's preview or result. A running import stays.
    ///
    /// # Errors
    /// The store failed.
    pub async fn forget_import(&self, account: AccountId, id: ImportId) -> ServiceResult<()> {
        Ok(self.store.forget_import(account.0, id).await?)
    }

    /// Imports a file that was previewed and has `total` good lines, and returns the job when it has ended. It goes on even if
    /// the caller stops waiting.
    ///
    /// # Errors
    /// Another import is running, or the store failed.
    pub async fn import_people(
        &self,
        actor: Actor,
        file: UploadedFile,
        total: usize,
        options: ImportOptions,
    ) -> ServiceResult<Job> {
        // Nobody else's: a script may begin one import after another, and each has its answer.
        let owner = self.environment.id()?;
        let id = self.store_import(owner, file, ImportDoc::Previewed).await?;
        let mut notices = self.hub.notices();
        let begun = self.begin_import(owner, id, Progress::new(actor, total, options)).await;
        let ended = match begun {
            Ok(()) => self.end_of_import(owner, &mut notices).await,
            Err(error) => Err(error),
        };
        // What came of the import is true in any case; a file that stays is deleted by its age.
        if let Err(error) = self.store.forget_import(owner, id).await {
            tracing::warn!(%error, import.id = %id, "The file of an import that ended was not deleted");
        }
        let job = ended?;
        match &job.end {
            Some(ImportEnd::Failed(error)) => Err(error.clone()),
            _ => Ok(job),
        }
    }

    /// Waits until the import of an owner has ended, on whichever server it runs.
    async fn end_of_import(&self, owner: Uuid, notices: &mut Receiver<LiveEvent>) -> ServiceResult<Job> {
        loop {
            let stored = self.store.find_import(owner).await?.ok_or(ServiceError::Unavailable)?;
            if stored.ended_at.is_some() {
                let Some(ImportDoc::Confirmed(progress)) = ImportDoc::of(&stored) else {
                    return Err(ServiceError::Damaged);
                };
                return Ok(Job::of(progress, stored.is_cancelled));
            }
            // What was told by another server may be lost.
            _ = timeout(LOOK_INTERVAL, progress_of_imports(notices)).await;
        }
    }
}

/// Returns when an import made progress, or may have.
async fn progress_of_imports(notices: &mut Receiver<LiveEvent>) {
    loop {
        match notices.recv().await {
            Ok(LiveEvent::ImportProgressed | LiveEvent::Missed) | Err(RecvError::Lagged(_)) => return,
            Ok(_) => {}
            // The process ends.
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

/// Parses a file. That takes a processor for some time, so it runs on a blocking thread.
async fn read_lines(bytes: Arc<Vec<u8>>, encoding: FileEncoding) -> ServiceResult<Result<Lines, FileError>> {
    let read = tokio::task::spawn_blocking(move || lines::read(&bytes, encoding)).await;
    read.map_err(|error| ServiceError::internal(&error))
}

pub(super) fn text_of(doc: &ImportDoc) -> ServiceResult<String> {
    doc.to_text().map_err(|error| ServiceError::internal(&error))
}
