//! What can go wrong in a store, whatever its engine.

/// Why the store did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Something was changed since it was read: load and decide again.
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
    /// The database engine failed; what it says is for the log.
    #[error("database: {0}")]
    Engine(Box<dyn std::error::Error + Send + Sync>),
}

/// What a store answers.
pub type StoreResult<T> = Result<T, StoreError>;
