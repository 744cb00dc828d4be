//! An import as its owner sees it.

use super::{FileError, job::Job, preview::Preview};
use domain::types::ids::ImportId;
use std::sync::Arc;

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
    pub id: ImportId,
    /// Name of the file.
    pub file: String,
    /// What importing it would do; empty when the file was refused, and without good lines once it was confirmed.
    pub preview: Arc<Preview>,
    /// Its stage.
    pub stage: ImportStage,
}
