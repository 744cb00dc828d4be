//! Reads a page of the Mobile devices view by a scan of the index that has the order of the list.

use super::{
    filter::SlotFilter,
    source::{AccessPath, SlotIndex, SlotSource, TextFilter},
};
use crate::{
    fault::fault,
    list::{
        keyset::{PageRequest, SortColumns},
        plan::push_sort_columns,
        rows::{SLOT_COLUMNS, SLOT_TABLES},
        statement::RowSource as _,
    },
};
use domain::list::SlotSort;
use sqlx::{QueryBuilder, Sqlite, SqlitePool, sqlite::SqliteRow};
use store::StoreResult;

/// Index entries whose rows are read in search of a text, before the full-text index is used instead.
const READ_MAX: u32 = 1500;

/// A scan for the rows of a page.
pub(super) struct SlotScan<'a> {
    /// The filter.
    pub(super) filter: &'a SlotFilter<'a>,
    /// What the list is sorted by.
    pub(super) sort: SlotSort,
    /// The page, sorted by the same.
    pub(super) request: &'a PageRequest,
}

impl SlotScan<'_> {
    /// The rows of the page.
    pub(super) async fn rows(&self, pool: &SqlitePool, text: TextFilter) -> StoreResult<Vec<SqliteRow>> {
        // A frequent text: read rows in the order of the list; usually the first ones fill the page.
        if text == TextFilter::InRows {
            let rows = fetch(pool, self.statement_reading_text()).await?;
            if self.request.is_full(&rows) {
                return Ok(rows);
            }
        }
        // They did not, or the text is rarer: the full-text index finds all rows that have it, and the scan skips the others.
        fetch(pool, self.statement()).await
    }

    /// The scan, with the text looked up in the full-text index.
    fn statement(&self) -> QueryBuilder<Sqlite> {
        let mut sql = Self::begin();
        sql.push("select slots.key, ");
        self.push_scan(&mut sql, TextFilter::FullText);
        self.request.push_range(&mut sql, self.columns(), self.request.limit());
        self.finish(sql)
    }

    /// The scan of [`READ_MAX`] entries, with the text looked for in their rows.
    fn statement_reading_text(&self) -> QueryBuilder<Sqlite> {
        let mut sql = Self::begin();
        sql.push("select key, sort_value, sort_id from (select slots.key, slots.search, ");
        self.push_scan(&mut sql, TextFilter::Ignored);
        self.request.push_range(&mut sql, self.columns(), READ_MAX);
        sql.push(") where true");
        self.filter.push_text(&mut sql, "search");
        sql.push(" limit ").push_bind(self.request.limit());
        self.finish(sql)
    }

    /// Appends the sort key and the rows of the scan.
    fn push_scan(&self, sql: &mut QueryBuilder<Sqlite>, text: TextFilter) {
        push_sort_columns(sql, self.columns());
        sql.push(" from ");
        let access = AccessPath::Index { index: SlotIndex::in_order_of(self.sort), text };
        SlotSource { filter: self.filter, access, with_contacts: false }.push_to(sql);
    }

    fn columns(&self) -> SortColumns {
        self.request.sort().columns
    }

    /// Begins a statement whose subquery finds the keys of the page, so that no other row's document is read.
    fn begin() -> QueryBuilder<Sqlite> {
        let mut sql = QueryBuilder::new("select ");
        sql.push(SLOT_COLUMNS).push(", found.sort_value, found.sort_id from (");
        sql
    }

    /// Ends the subquery, and looks up the documents of its rows.
    fn finish(&self, mut sql: QueryBuilder<Sqlite>) -> QueryBuilder<Sqlite> {
        sql.push(") as found cross join ").push(SLOT_TABLES).push(" where slots.key = found.key");
        self.request.push_order(&mut sql, SortColumns::FOUND);
        sql
    }
}

async fn fetch(pool: &SqlitePool, mut statement: QueryBuilder<Sqlite>) -> StoreResult<Vec<SqliteRow>> {
    statement.build().fetch_all(pool).await.map_err(fault)
}
