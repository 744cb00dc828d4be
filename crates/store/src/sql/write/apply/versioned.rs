//! Optimistic locking: an update names the version that it was decided on, and writes nothing when that is gone.

use crate::{StoreError, StoreResult};

/// Fails unless all rows were written: someone else was faster with one.
pub(super) fn expect_rows(written: u64, wanted: usize) -> StoreResult<()> {
    if usize::try_from(written) == Ok(wanted) { Ok(()) } else { Err(StoreError::Conflict) }
}

/// Fails unless one row was written: someone else was faster.
pub(super) fn expect_one_row(written: u64) -> StoreResult<()> {
    if written == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

/// A version as it is stored.
pub fn version_column(version: u64) -> i64 {
    i64::try_from(version).unwrap_or(i64::MAX)
}
