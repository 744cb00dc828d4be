//! What can go wrong in a store, whatever its engine.

use std::{error::Error, fmt, sync::Arc};

/// Why an operation of the store failed.
///
/// Only [`StoreError::Conflict`] is worth deciding again at once. [`StoreError::Busy`], [`StoreError::Unusable`],
/// [`StoreError::Unknown`] and [`StoreError::Closed`] are states of the system: the caller is told to come back later.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// A row has changed since it was read (optimistic concurrency): load and decide again.
    #[error("a row was changed by someone else")]
    Conflict,
    /// Another person or account has this email.
    #[error("another person has this email")]
    EmailTaken,
    /// Another API token has this name.
    #[error("this name is taken")]
    NameTaken,
    /// A row that cannot be read back.
    #[error("a stored record is damaged: {0}")]
    Damaged(String),
    /// The store is shutting down.
    #[error("the store is closed")]
    Closed,
    /// More waits for the database than it can do in time. Nothing was written.
    #[error("more waits for the database than it can do in time")]
    Busy,
    /// The database cannot be used at present. Nothing was written.
    #[error("{outage}: {cause}")]
    Unusable {
        /// What is wrong.
        outage: Outage,
        /// The words of the engine or of the operating system, for the log.
        cause: String,
    },
    /// The commit failed: whether the change was written is not known. Versions make it harmless to ask again.
    #[error("it is not known whether the change was written: {outage}: {cause}")]
    Unknown {
        /// What is wrong.
        outage: Outage,
        /// The words of the engine, for the log.
        cause: String,
    },
    /// The engine failed for another reason; the source is for the log.
    #[error("database: {0}")]
    Engine(Arc<dyn Error + Send + Sync>),
}

impl StoreError {
    /// The database cannot be used at present.
    pub fn unusable(outage: Outage, cause: impl fmt::Display) -> Self {
        Self::Unusable { outage, cause: cause.to_string() }
    }
}

/// Why a database cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outage {
    /// There is no space left.
    Full,
    /// It may not be written.
    ReadOnly,
    /// Reading, writing or opening fails.
    Unreachable,
    /// Another process holds it for too long.
    Locked,
    /// Its content is damaged.
    Corrupt,
    /// Its file was deleted or replaced while it was open.
    Replaced,
    /// It takes too long to write.
    Slow,
}

impl Outage {
    /// One word for programs, as `/readyz` answers it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::ReadOnly => "read_only",
            Self::Unreachable => "unreachable",
            Self::Locked => "locked",
            Self::Corrupt => "corrupt",
            Self::Replaced => "replaced",
            Self::Slow => "slow",
        }
    }
}

impl fmt::Display for Outage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full => "there is no space left for the database",
            Self::ReadOnly => "the database may not be written",
            Self::Unreachable => "the database cannot be read or written",
            Self::Locked => "another process holds the database",
            Self::Corrupt => "the database is damaged",
            Self::Replaced => "the file of the database was deleted or replaced while it was open",
            Self::Slow => "the database takes too long to write",
        })
    }
}

/// The result of an operation of the store.
pub type StoreResult<T> = Result<T, StoreError>;
