//! Errors of PostgreSQL as errors of the store.

use sqlx::error::DatabaseError;
use std::sync::Arc;
use store::{Outage, StoreError};

/// The constraint that a statement violated decides the error, or the code of PostgreSQL; anything else is an error of the
/// engine.
pub(crate) fn fault(error: sqlx::Error) -> StoreError {
    if let Some(found) = error.as_database_error() {
        let code = found.code().unwrap_or_default();
        if let Some(refused) = refusal(&code, found) {
            return refused;
        }
        if let Some(outage) = outage(&code) {
            return StoreError::unusable(outage, &error);
        }
    }
    match error {
        sqlx::Error::PoolTimedOut => StoreError::Busy,
        sqlx::Error::PoolClosed => StoreError::Closed,
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => {
            StoreError::unusable(Outage::Unreachable, &error)
        }
        // A column holds something else than what was written into it.
        sqlx::Error::ColumnDecode { .. } => StoreError::Damaged(error.to_string()),
        other => StoreError::Engine(Arc::new(other)),
    }
}

/// Whether a connection is gone, so that another one may do what this one could not.
pub(crate) fn is_lost(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => true,
        // 08: no connection. 57P01 to 57P05: it was ended, by an administrator, a crash or a limit.
        sqlx::Error::Database(found) => {
            let code = found.code().unwrap_or_default();
            // Statements were prepared before another server changed the tables.
            let is_outdated = code == "0A000" && found.message().contains("cached plan");
            code.starts_with("08") || code.starts_with("57P") || is_outdated
        }
        _ => false,
    }
}

/// What a statement was refused for that is the affair of its caller.
fn refusal(code: &str, error: &dyn DatabaseError) -> Option<StoreError> {
    Some(match code {
        // Serialization failure and deadlock: whoever decides again may succeed.
        "40001" | "40P01" => StoreError::Conflict,
        "23505" => match error.constraint() {
            Some("people_email_key" | "accounts_email_key") => StoreError::EmailTaken,
            Some("api_tokens_name_key") => StoreError::NameTaken,
            _ => StoreError::Conflict,
        },
        _ => return None,
    })
}

/// What a code says about the database as a whole
/// (<https://www.postgresql.org/docs/current/errcodes-appendix.html>); `None` for the codes that are about one statement.
fn outage(code: &str) -> Option<Outage> {
    Some(match code {
        "53100" => Outage::Full,
        // A standby, or a server that was set to only read.
        "25006" => Outage::ReadOnly,
        "55P03" => Outage::Locked,
        "57014" => Outage::Slow,
        _ => match code.get(..2)? {
            // No connection, refused, no such database, no memory or connections left, stopped, files cannot be read.
            "08" | "28" | "3D" | "53" | "57" | "58" => Outage::Unreachable,
            "XX" if code == "XX001" || code == "XX002" => Outage::Corrupt,
            // The server ended a transaction that did nothing for too long.
            "25" if code == "25P03" => Outage::Unreachable,
            _ => return None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_says_what_is_wrong_with_the_database() {
        for (code, expected) in [
            ("53100", Some(Outage::Full)),
            ("53300", Some(Outage::Unreachable)),
            ("25006", Some(Outage::ReadOnly)),
            ("25P03", Some(Outage::Unreachable)),
            ("25P02", None),
            ("55P03", Some(Outage::Locked)),
            ("57014", Some(Outage::Slow)),
            ("57P01", Some(Outage::Unreachable)),
            ("08006", Some(Outage::Unreachable)),
            ("28P01", Some(Outage::Unreachable)),
            ("3D000", Some(Outage::Unreachable)),
            ("58030", Some(Outage::Unreachable)),
            ("XX001", Some(Outage::Corrupt)),
            ("XX000", None),
            ("42601", None),
            ("", None),
        ] {
            assert_eq!(outage(code), expected, "{code}");
        }
    }
}
