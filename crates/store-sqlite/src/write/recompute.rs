//! Columns that follow from what stands beside them. When the way in which they follow changes, they are written anew at the
//! next start.

use crate::settings;
use sqlx::SqlitePool;
use store::StoreResult;

/// Rows that are written anew in one transaction.
pub(crate) const BATCH: i64 = 1000;

/// Writes columns anew unless `fact` says that the file is at `derivation`, the number of the way in which they follow.
/// `rewrite` does it for the next [`BATCH`] rows after a key, and gives the last one's key; `None` when there were none.
pub(crate) async fn bring_up_to_date(
    pool: &SqlitePool,
    fact: &str,
    derivation: u8,
    rewrite: impl AsyncFn(i64) -> StoreResult<Option<i64>>,
) -> StoreResult<()> {
    if settings::find(pool, fact).await?.is_some_and(|known| known == [derivation]) {
        return Ok(());
    }
    let mut after = i64::MIN;
    while let Some(last) = rewrite(after).await? {
        after = last;
    }
    settings::save(pool, fact, &[derivation]).await
}
