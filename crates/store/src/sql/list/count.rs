//! Counting the rows of a list, up to a limit.

use super::statement::RowSource;
use crate::{
    StoreResult,
    sql::database::{Readers, query},
};

/// How many rows a list has.
#[derive(Clone, Copy)]
pub struct Total {
    /// The rows that were counted.
    pub counted: u64,
    /// False when there are more.
    pub is_exact: bool,
}

impl Total {
    /// All rows were counted.
    pub const fn exact(counted: u64) -> Self {
        Self { counted, is_exact: true }
    }

    /// Whether there are `max` rows or fewer.
    pub const fn is_at_most(self, max: u64) -> bool {
        self.is_exact && self.counted <= max
    }
}

/// Counts the rows of a source, and stops at `limit`.
pub async fn count_up_to(readers: &dyn Readers, source: &impl RowSource, limit: u64) -> StoreResult<Total> {
    let mut sql = query("select count(*) from (select 1 from ");
    source.push_to(&mut sql);
    // One row beyond the limit shows that there are more.
    sql.push(" limit ").push_bind(i64::try_from(limit.saturating_add(1)).unwrap_or(i64::MAX)).push(") as found");
    let counted = sql.once().fetch_count(readers).await?;
    Ok(Total { counted: counted.min(limit), is_exact: counted <= limit })
}
