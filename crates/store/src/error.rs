//! What can go wrong in a store, whatever its engine.

/// Why an operation of the store failed.
#[derive(Debug, thiserror::Error)]
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
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// The store is shutting down.
    #[error("the store is closed")]
    Closed,
    /// The database engine failed; the source is for the log.
    #[error("database: {0}")]
    Engine(Box<dyn std::error::Error + Send + Sync>),
}

/// The result of an operation of the store.
pub type StoreResult<T> = Result<T, StoreError>;
