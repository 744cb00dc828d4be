//! Previews of files that were read lately, so that no page of a preview reads its file again.

use super::preview::Preview;
use crate::{ServiceError, ServiceResult};
use domain::types::ids::ImportId;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::{Semaphore, SemaphorePermit};

/// Most previews that are kept. Beyond that, the one that was read first is dropped, and read again when it is wanted.
const KEPT_MAX: usize = 4;

/// Previews, by import.
pub(crate) struct PreviewCache {
    kept: Mutex<VecDeque<(ImportId, Arc<Preview>)>>,
    /// Only one file is read at a time, since that takes memory.
    reading: Semaphore,
}

impl PreviewCache {
    pub(crate) fn new() -> Self {
        Self { kept: Mutex::default(), reading: Semaphore::new(1) }
    }

    /// Waits for the turn to read a file; the turn ends when the permit is dropped.
    pub(crate) async fn reading_permit(&self) -> ServiceResult<SemaphorePermit<'_>> {
        self.reading.acquire().await.map_err(|_| ServiceError::Unavailable)
    }

    /// The preview of an import, if its file was read lately.
    pub(crate) fn get(&self, id: ImportId) -> Option<Arc<Preview>> {
        self.kept().iter().find(|(kept, _)| *kept == id).map(|(_, preview)| Arc::clone(preview))
    }

    /// Keeps a preview.
    pub(crate) fn keep(&self, id: ImportId, preview: Arc<Preview>) {
        let mut kept = self.kept();
        kept.retain(|(other, _)| *other != id);
        if kept.len() >= KEPT_MAX {
            kept.pop_front();
        }
        kept.push_back((id, preview));
    }

    /// Drops the good lines of a preview, which take most of the memory. Once it is confirmed, no page shows them.
    pub(crate) fn drop_good(&self, id: ImportId) {
        if let Some((_, preview)) = self.kept().iter_mut().find(|(kept, _)| *kept == id) {
            *preview = Arc::new(preview.without_good());
        }
    }

    fn kept(&self) -> MutexGuard<'_, VecDeque<(ImportId, Arc<Preview>)>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_latest_files_are_kept() {
        let files = PreviewCache::new();
        let ids: Vec<ImportId> = (0..=KEPT_MAX as u128).map(|n| ImportId(Uuid::from_u128(n))).collect();
        for id in &ids {
            files.keep(*id, Arc::new(Preview::default()));
        }
        let kept: Vec<bool> = ids.iter().map(|id| files.get(*id).is_some()).collect();
        assert_eq!(kept, [false, true, true, true, true]);
        files.keep(ids[1], Arc::new(Preview::default()));
        assert!(files.get(ids[2]).is_some(), "it was there already");
    }
}
