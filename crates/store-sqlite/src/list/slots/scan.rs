//! Reads a page of the Mobile devices view by a scan of the index that has the order of the list.

use super::{
    by_contact,
    source::{AccessPath, POSITION, SlotIndex, SlotSource, TextFilter},
};
use domain::list::SlotSort;
use store::{
    StoreResult,
    sql::{
        database::{Readers, Row, Statement, query},
        list::{
            keyset::{PageRequest, SortColumns},
            plan::push_sort_columns,
            rows::{SLOT_COLUMNS, SLOT_TABLES},
            slots::{filter::SlotFilter, is_by_contact},
            statement::RowSource as _,
        },
    },
};

/// Index entries whose rows are read in search of a text, before the full-text index is used instead.
pub(super) const READ_MAX: u32 = 1500;

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
    pub(super) async fn rows(&self, lists: &dyn Readers, text: TextFilter) -> StoreResult<Vec<Row>> {
        if is_by_contact(self.sort) {
            return by_contact::rows(lists, self, text).await;
        }
        // A frequent text: read rows in the order of the list; usually the first ones fill the page.
        if text == TextFilter::InRows {
            let rows = fetch(lists, self.statement_reading_text()).await?;
            if self.request.is_full(&rows) {
                return Ok(rows);
            }
        }
        // They did not, or the text is rarer: the full-text index finds all rows that have it, and the scan skips the others.
        fetch(lists, self.statement()).await
    }

    /// The scan, with the text looked up in the full-text index.
    fn statement(&self) -> Statement<'static> {
        let mut sql = Self::begin();
        sql.push("select slots.key, ");
        self.push_scan(&mut sql, TextFilter::FullText);
        self.request.push_range(&mut sql, self.columns(), self.request.limit());
        self.finish(sql)
    }

    /// The scan of [`READ_MAX`] entries, with the text looked for in their rows.
    fn statement_reading_text(&self) -> Statement<'static> {
        let mut sql = Self::begin();
        sql.push("select key, sort_value, sort_id from (select slots.key, slots.search, ");
        self.push_scan(&mut sql, TextFilter::Ignored);
        self.request.push_range(&mut sql, self.columns(), READ_MAX);
        sql.push(") where true");
        self.filter.push_text(&mut sql, POSITION, "search");
        sql.push(" limit ").push_bind(self.request.limit());
        self.finish(sql)
    }

    /// Appends the sort key and the rows of the scan.
    fn push_scan(&self, sql: &mut Statement<'_>, text: TextFilter) {
        push_sort_columns(sql, self.columns());
        sql.push(" from ");
        let access = AccessPath::Index { index: SlotIndex::in_order_of(self.sort), text };
        SlotSource { filter: self.filter, access, sort: Some(self.sort) }.push_to(sql);
    }

    fn columns(&self) -> SortColumns {
        self.request.sort().columns
    }

    /// Begins a statement whose subquery finds the keys of the page, so that no other row's document is read.
    pub(super) fn begin() -> Statement<'static> {
        let mut sql = query("select ");
        sql.push(SLOT_COLUMNS).push(", found.sort_value, found.sort_id from (");
        sql
    }

    /// Ends the subquery, and looks up the documents of its rows.
    pub(super) fn finish(&self, mut sql: Statement<'static>) -> Statement<'static> {
        sql.push(") as found cross join ").push(SLOT_TABLES).push(" where slots.key = found.key");
        self.request.push_order(&mut sql, SortColumns::FOUND);
        sql
    }
}

async fn fetch(lists: &dyn Readers, statement: Statement<'_>) -> StoreResult<Vec<Row>> {
    statement.fetch_all(lists).await
}
