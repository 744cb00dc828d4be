//! Counting the rows of a list, up to a limit.

use super::statement::RowSource;
use crate::fault::fault;
use sqlx::{QueryBuilder, SqlitePool};
use store::StoreResult;

/// How many rows a list has.
#[derive(Clone, Copy)]
pub(super) struct Total {
    /// The rows that were counted.
    pub(super) counted: u64,
    /// False when there are more.
    pub(super) is_exact: bool,
}

impl Total {
    /// All rows were counted.
    pub(super) const fn exact(counted: u64) -> Self {
        Self { counted, is_exact: true }
    }

    /// Whether there are `max` rows or fewer.
    pub(super) const fn is_at_most(self, max: u64) -> bool {
        self.is_exact && self.counted <= max
    }
}

/// Counts the rows of a source, and stops at `limit`.
pub(super) async fn count_up_to(pool: &SqlitePool, source: &impl RowSource, limit: u64) -> StoreResult<Total> {
    let mut sql = QueryBuilder::new("select count(*) from (select 1 from ");
    source.push_to(&mut sql);
    // One row beyond the limit shows that there are more.
    sql.push(" limit ").push_bind(i64::try_from(limit.saturating_add(1)).unwrap_or(i64::MAX)).push(")");
    let counted: i64 = sql.build_query_scalar().fetch_one(pool).await.map_err(fault)?;
    let counted = counted.unsigned_abs();
    Ok(Total { counted: counted.min(limit), is_exact: counted <= limit })
}
