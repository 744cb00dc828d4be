//! Optimistic locking: an update names the version that it was decided on, and writes nothing when that is gone.

use sqlx::sqlite::SqliteQueryResult;
use store::{StoreError, StoreResult};

/// Fails unless one row was written: someone else was faster.
pub(super) fn expect_one_row(done: &SqliteQueryResult) -> StoreResult<()> {
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

/// A version as it is stored.
pub(super) fn version_column(version: u64) -> i64 {
    i64::try_from(version).unwrap_or(i64::MAX)
}
