//! Files of people that are imported.

use crate::StoreResult;
use async_trait::async_trait;
use domain::{Timestamp, types::ids::ImportId};
use uuid::Uuid;

/// A file of people, from its upload to some time after its end. Its bytes are read by themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredImport {
    /// Identity.
    pub id: ImportId,
    /// Whoever uploaded it.
    pub owner: Uuid,
    /// Name of the file.
    pub file: String,
    /// What the owner says that it is written in.
    pub encoding: String,
    /// When it was uploaded.
    pub uploaded_at: Timestamp,
    /// When it was confirmed: since then it is to be imported.
    pub confirmed_at: Option<Timestamp>,
    /// When the import ended.
    pub ended_at: Option<Timestamp>,
    /// Whether its owner wants it to stop.
    pub is_cancelled: bool,
    /// What came of it so far: a document of whoever imports it.
    pub doc: String,
}

impl StoredImport {
    /// Whether it is to be imported, or is being imported.
    pub const fn is_running(&self) -> bool {
        self.confirmed_at.is_some() && self.ended_at.is_none()
    }
}

/// What came of confirming an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// It is to be imported now.
    Confirmed,
    /// Another one is being imported.
    AnotherRuns,
    /// It is gone, replaced, or was confirmed before.
    Gone,
}

/// Imports. Each owner has one at a time.
#[async_trait]
pub trait ImportStore {
    /// Stores an uploaded file in place of the owner's previous one; false when that one is running.
    async fn put_import(&self, import: &StoredImport, content: Vec<u8>) -> StoreResult<bool>;
    /// The import of an owner.
    async fn find_import(&self, owner: Uuid) -> StoreResult<Option<StoredImport>>;
    /// The bytes of a file.
    async fn import_content(&self, id: ImportId) -> StoreResult<Option<Vec<u8>>>;
    /// Confirms an owner's import, with the document that is true from then on. Of several servers that confirm at the same
    /// moment each may succeed; their imports are run one after the other.
    async fn confirm_import(&self, owner: Uuid, id: ImportId, doc: String, now: Timestamp)
    -> StoreResult<Confirmation>;
    /// The running import that was confirmed first.
    async fn next_import(&self) -> StoreResult<Option<StoredImport>>;
    /// Stores what came of a running import so far, and returns whether it is to stop. One that is gone or has ended is to
    /// stop, too.
    async fn save_import(&self, id: ImportId, doc: String) -> StoreResult<bool>;
    /// Ends a running import.
    async fn end_import(&self, id: ImportId, doc: String, now: Timestamp) -> StoreResult<()>;
    /// Asks a running import to stop.
    async fn cancel_import(&self, owner: Uuid, id: ImportId) -> StoreResult<()>;
    /// Deletes an import, unless it is running.
    async fn forget_import(&self, owner: Uuid, id: ImportId) -> StoreResult<()>;
    /// Deletes what was uploaded before `uploads` and not confirmed, and what ended before `results`.
    async fn prune_imports(&self, uploads: Timestamp, results: Timestamp) -> StoreResult<()>;
}
