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

#[cfg(test)]
mod tests {
    use super::*;
    use std::{borrow::Cow, error::Error, fmt};

    /// An error of SQLite with a result code.
    #[derive(Debug)]
    struct Code(&'static str);

    impl fmt::Display for Code {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl Error for Code {}

    impl DatabaseError for Code {
        fn message(&self) -> &str {
            self.0
        }

        fn code(&self) -> Option<Cow<'_, str>> {
            Some(self.0.into())
        }

        fn as_error(&self) -> &(dyn Error + Send + Sync + 'static) {
            self
        }

        fn as_error_mut(&mut self) -> &mut (dyn Error + Send + Sync + 'static) {
            self
        }

        fn into_error(self: Box<Self>) -> Box<dyn Error + Send + Sync + 'static> {
            self
        }

        fn kind(&self) -> sqlx::error::ErrorKind {
            sqlx::error::ErrorKind::Other
        }
    }

    #[test]
    fn a_result_code_says_what_is_wrong_with_the_database() {
        for (code, expected) in [
            ("5", Some(Outage::Locked)),
            ("6", Some(Outage::Locked)),
            ("8", Some(Outage::ReadOnly)),
            ("1032", Some(Outage::ReadOnly)), // READONLY_DBMOVED
            ("10", Some(Outage::Unreachable)),
            ("3850", Some(Outage::Unreachable)), // IOERR_LOCK
            ("14", Some(Outage::Unreachable)),
            ("11", Some(Outage::Corrupt)),
            ("26", Some(Outage::Corrupt)),
            ("13", Some(Outage::Full)),
            ("1", None),
            ("19", None),
        ] {
            assert_eq!(outage(&Code(code)), expected, "{code}");
        }
    }
}
