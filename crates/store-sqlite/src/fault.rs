//! Errors of SQLite as errors of the store.

use sqlx::error::DatabaseError;
use store::StoreError;

/// The unique constraint that a statement violated decides the error; anything else is an error of the engine.
pub(crate) fn fault(error: sqlx::Error) -> StoreError {
    match error.as_database_error().filter(|error| error.is_unique_violation()).map(DatabaseError::message) {
        Some(text) if text.contains(".email") => StoreError::EmailTaken,
        Some(text) if text.contains("api_tokens.name") => StoreError::NameTaken,
        Some(_) => StoreError::Conflict,
        None => StoreError::Engine(Box::new(error)),
    }
}
