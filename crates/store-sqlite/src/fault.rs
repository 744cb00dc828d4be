//! What SQLite's errors mean to a caller of the store.

use sqlx::error::DatabaseError;
use store::StoreError;

/// Names the constraint that a statement broke; everything else is a fault of the engine.
pub(crate) fn fault(error: sqlx::Error) -> StoreError {
    match error.as_database_error().filter(|error| error.is_unique_violation()).map(DatabaseError::message) {
        Some(text) if text.contains(".email") => StoreError::EmailTaken,
        Some(text) if text.contains("api_tokens.name") => StoreError::NameTaken,
        Some(_) => StoreError::Conflict,
        None => StoreError::Engine(Box::new(error)),
    }
}
