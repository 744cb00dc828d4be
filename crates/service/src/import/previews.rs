//! The latest import of each account, from upload to result, kept in memory for a limited time.

use super::{FileError, job::Job, preview::Preview};
use crate::{ServiceError, ServiceResult};
use domain::{Timestamp, types::ids::AccountId};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};
use uuid::Uuid;

/// Most imports that are kept. Beyond that, the oldest one that is not running is dropped.
const KEPT_MAX: usize = 8;
/// How long a preview is kept, in seconds.
const PREVIEW_S: i64 = 30 * 60;
/// How long a result is kept, in seconds.
const RESULT_S: i64 = 24 * 3600;

/// The stage of an import.
#[derive(Clone)]
pub enum ImportStage {
    /// The file cannot be imported.
    Refused(FileError),
    /// It waits for confirmation.
    Previewed,
    /// It was confirmed: it is running or has ended.
    Confirmed(Arc<Job>),
}

/// The latest import of an account.
#[derive(Clone)]
pub struct Import {
    /// Distinguishes it from the account's other imports.
    pub id: Uuid,
    /// Name of the file.
    pub file: String,
    /// What importing it would do; empty when the file was refused. The good lines are dropped once it was confirmed.
    pub preview: Arc<Preview>,
    /// Its stage.
    pub stage: ImportStage,
    pub(crate) uploaded_at: Timestamp,
}

impl Import {
    fn is_running(&self) -> bool {
        matches!(&self.stage, ImportStage::Confirmed(job) if job.end().is_none())
    }

    /// Whether it was kept long enough. A running import never expires.
    fn is_expired(&self, now: Timestamp) -> bool {
        match &self.stage {
            ImportStage::Refused(_) | ImportStage::Previewed => now.seconds_since(self.uploaded_at) > PREVIEW_S,
            ImportStage::Confirmed(job) => job.ended_at().is_some_and(|end| now.seconds_since(end) > RESULT_S),
        }
    }
}

/// The imports of all accounts.
pub(crate) struct ImportPreviews {
    imports: Mutex<HashMap<AccountId, Import>>,
    /// Only one file is read at a time, since that takes memory.
    reading: Semaphore,
    /// Only one import runs at a time.
    running: Arc<Semaphore>,
}

impl ImportPreviews {
    pub(crate) fn new() -> Self {
        Self { imports: Mutex::default(), reading: Semaphore::new(1), running: Arc::new(Semaphore::new(1)) }
    }

    /// Waits for the turn to read a file; the turn ends when the permit is dropped.
    pub(crate) async fn reading_permit(&self) -> ServiceResult<SemaphorePermit<'_>> {
        self.reading.acquire().await.map_err(|_| ServiceError::Unavailable)
    }

    /// The permit to run an import.
    ///
    /// # Errors
    /// Another import is running.
    pub(crate) fn running_permit(&self) -> ServiceResult<OwnedSemaphorePermit> {
        Arc::clone(&self.running).try_acquire_owned().map_err(|_| ServiceError::ImportRunning)
    }

    /// The latest import of an account.
    pub(crate) fn latest(&self, account: AccountId, now: Timestamp) -> Option<Import> {
        self.unexpired(now).get(&account).cloned()
    }

    /// Keeps an import in place of the account's previous one.
    ///
    /// # Errors
    /// The previous one is running.
    pub(crate) fn insert(&self, account: AccountId, import: Import) -> ServiceResult<()> {
        let mut imports = self.unexpired(import.uploaded_at);
        if imports.get(&account).is_some_and(Import::is_running) {
            return Err(ServiceError::ImportRunning);
        }
        imports.remove(&account);
        while imports.len() >= KEPT_MAX {
            let idle = imports.iter().filter(|(_, import)| !import.is_running());
            let Some(oldest) = idle.min_by_key(|(_, import)| import.uploaded_at).map(|(account, _)| *account) else {
                break;
            };
            imports.remove(&oldest);
        }
        imports.insert(account, import);
        Ok(())
    }

    /// Confirms a preview, whose import `start` starts.
    ///
    /// # Errors
    /// The preview is no longer the account's latest, or was already confirmed; errors of `start`.
    pub(crate) fn confirm(
        &self,
        account: AccountId,
        id: Uuid,
        now: Timestamp,
        start: impl FnOnce(&Arc<Preview>) -> ServiceResult<Arc<Job>>,
    ) -> ServiceResult<()> {
        let mut imports = self.unexpired(now);
        let is_waiting = |import: &&mut Import| import.id == id && matches!(import.stage, ImportStage::Previewed);
        let import = imports.get_mut(&account).filter(is_waiting).ok_or(ServiceError::NotFound)?;
        // Started under the lock, so that a second click finds it confirmed.
        let job = start(&import.preview)?;
        import.preview = Arc::new(import.preview.without_good());
        import.stage = ImportStage::Confirmed(job);
        Ok(())
    }

    /// Cancels an import, if it is running.
    pub(crate) fn cancel(&self, account: AccountId, id: Uuid, now: Timestamp) {
        if let Some(Import { stage: ImportStage::Confirmed(job), .. }) =
            self.unexpired(now).get(&account).filter(|import| import.id == id)
        {
            job.cancel();
        }
    }

    /// Drops a preview or a result. A running import stays.
    pub(crate) fn remove(&self, account: AccountId, id: Uuid, now: Timestamp) {
        let mut imports = self.unexpired(now);
        if imports.get(&account).is_some_and(|import| import.id == id && !import.is_running()) {
            imports.remove(&account);
        }
    }

    /// Locks the imports, after dropping those that have expired.
    fn unexpired(&self, now: Timestamp) -> MutexGuard<'_, HashMap<AccountId, Import>> {
        let mut imports = self.imports.lock().unwrap_or_else(PoisonError::into_inner);
        imports.retain(|_, import| !import.is_expired(now));
        imports
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{ImportEnd, ImportOptions};

    const NOW: Timestamp = Timestamp::from_millis(1_000_000_000);

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn account(number: u128) -> AccountId {
        AccountId(id(number))
    }

    fn import(number: u128, uploaded_at: Timestamp) -> Import {
        let (file, preview) = ("people.csv".to_owned(), Arc::new(Preview::default()));
        Import { id: id(number), file, preview, stage: ImportStage::Previewed, uploaded_at }
    }

    /// Confirms a preview; its import runs until the returned job is finished.
    fn confirm(imports: &ImportPreviews, number: u128, now: Timestamp) -> ServiceResult<Arc<Job>> {
        let job = Arc::new(Job::new(1, ImportOptions::default()));
        imports.confirm(account(number), id(number), now, |_| Ok(Arc::clone(&job)))?;
        Ok(job)
    }

    fn is_kept(imports: &ImportPreviews, number: u128, now: Timestamp) -> bool {
        imports.latest(account(number), now).is_some()
    }

    #[test]
    fn a_preview_is_kept_for_half_an_hour_and_a_result_for_a_day() {
        let imports = ImportPreviews::new();
        imports.insert(account(1), import(1, NOW)).unwrap();
        assert!(is_kept(&imports, 1, NOW.plus_seconds(PREVIEW_S)));
        assert!(!is_kept(&imports, 1, NOW.plus_seconds(PREVIEW_S + 1)));
        imports.insert(account(1), import(1, NOW)).unwrap();
        let job = confirm(&imports, 1, NOW).unwrap();
        assert!(is_kept(&imports, 1, NOW.plus_seconds(RESULT_S * 2)), "while it runs");
        job.finish(ImportEnd::Complete, NOW);
        assert!(is_kept(&imports, 1, NOW.plus_seconds(RESULT_S)));
        assert!(!is_kept(&imports, 1, NOW.plus_seconds(RESULT_S + 1)));
    }

    #[test]
    fn the_oldest_that_does_not_run_makes_room() {
        let imports = ImportPreviews::new();
        let kept = KEPT_MAX as u128;
        for number in 1..=kept {
            let at = NOW.plus_seconds(i64::try_from(number).unwrap());
            imports.insert(account(number), import(number, at)).unwrap();
        }
        confirm(&imports, 1, NOW).unwrap();
        imports.insert(account(99), import(99, NOW)).unwrap();
        let left: Vec<u128> = (1..=kept).filter(|number| is_kept(&imports, *number, NOW)).collect();
        assert_eq!(left, [1, 3, 4, 5, 6, 7, 8]);
        assert!(is_kept(&imports, 99, NOW));
    }

    #[test]
    fn an_import_that_runs_is_neither_replaced_nor_removed_nor_started_twice() {
        let imports = ImportPreviews::new();
        imports.insert(account(1), import(1, NOW)).unwrap();
        let job = confirm(&imports, 1, NOW).unwrap();
        assert_eq!(confirm(&imports, 1, NOW).map(drop), Err(ServiceError::NotFound));
        assert_eq!(imports.insert(account(1), import(2, NOW)), Err(ServiceError::ImportRunning));
        imports.remove(account(1), id(1), NOW);
        assert!(is_kept(&imports, 1, NOW));
        imports.cancel(account(1), id(2), NOW);
        assert!(!job.is_cancelled(), "another one is meant");
        imports.cancel(account(1), id(1), NOW);
        assert!(job.is_cancelled());
        job.finish(ImportEnd::Cancelled, NOW);
        imports.remove(account(1), id(2), NOW);
        assert!(is_kept(&imports, 1, NOW));
        imports.remove(account(1), id(1), NOW);
        assert!(!is_kept(&imports, 1, NOW));
    }
}
