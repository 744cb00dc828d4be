//! Columns that are computed from other columns of their row. When the way they are computed changes, all rows are
//! recomputed at the next start.

use crate::connection::Link;
use store::{
    StoreResult,
    sql::{
        database::{Connection, query},
        settings,
    },
};

/// Rows that are recomputed in one transaction.
pub(super) const BATCH: i64 = 1000;

/// Recomputes columns unless `setting` says that the file has `version` of them already. `recompute_batch` does it for the
/// next [`BATCH`] rows after a key, and returns the key of the last one; `None` when there were none.
pub(super) async fn bring_up_to_date(
    db: &mut Link,
    setting: &str,
    version: u8,
    recompute_batch: impl AsyncFn(&mut Link, i64) -> StoreResult<Option<i64>>,
) -> StoreResult<()> {
    if settings::find(db as &mut dyn Connection, setting).await?.is_some_and(|stored| stored == [version]) {
        return Ok(());
    }
    let mut after = i64::MIN;
    while let Some(last) = recompute_batch(db, after).await? {
        after = last;
    }
    // Stored last: an interrupted run starts over.
    settings::save(db, setting, &[version]).await
}

/// Begins to write a batch.
pub(super) async fn begin(db: &mut Link) -> StoreResult<()> {
    query("begin immediate").execute(db).await.map(drop)
}

/// Ends a batch.
pub(super) async fn commit(db: &mut Link) -> StoreResult<()> {
    query("commit").execute(db).await.map(drop)
}
