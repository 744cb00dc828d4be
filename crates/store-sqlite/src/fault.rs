//! Errors of SQLite as errors of the store.

use sqlx::error::DatabaseError;
use std::sync::Arc;
use store::{Outage, StoreError};

/// The unique constraint that a statement violated decides the error, or the code of SQLite; anything else is an error of the
/// engine.
pub(crate) fn fault(error: sqlx::Error) -> StoreError {
    if let Some(found) = error.as_database_error() {
        if found.is_unique_violation() {
            return taken(found.message());
        }
        if let Some(outage) = outage(found) {
            return StoreError::unusable(outage, &error);
        }
    }
    match error {
        sqlx::Error::PoolTimedOut => StoreError::Busy,
        sqlx::Error::PoolClosed => StoreError::Closed,
        sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed => StoreError::unusable(Outage::Unreachable, &error),
        // A column holds something else than what was written into it.
        sqlx::Error::ColumnDecode { .. } => StoreError::Damaged(error.to_string()),
        other => StoreError::Engine(Arc::new(other)),
    }
}

fn taken(constraint: &str) -> StoreError {
    match constraint {
        text if text.contains(".email") => StoreError::EmailTaken,
        text if text.contains("api_tokens.name") => StoreError::NameTaken,
        _ => StoreError::Conflict,
    }
}

/// What a result code of SQLite says about the database as a whole (<https://www.sqlite.org/rescode.html>); `None` for the
/// codes that are about one statement.
fn outage(error: &dyn DatabaseError) -> Option<Outage> {
    let extended: i32 = error.code()?.parse().ok()?;
    // The lowest byte is the primary code.
    Some(match extended & 0xff {
        5 | 6 => Outage::Locked,
        8 => Outage::ReadOnly,
        10 | 14 => Outage::Unreachable,
        11 | 26 => Outage::Corrupt,
        13 => Outage::Full,
        _ => return None,
    })
}
