//! The two plans by which a page is read. Which one is cheaper depends on how many rows match:
//!
//! - [`SortPlan`] for few: all matching rows are collected, counted and sorted.
//! - [`ScanPlan`] for many: an index that has the order of the list is scanned until the page is full.
//!
//! An engine would choose between them by guessing. Sources lead it to the index that the plan needs: by its name, by
//! `cross join`, or by conditions that no other index serves.

use super::{
    count::{Total, count_up_to},
    keyset::{PageRequest, SortColumns, push_order},
    statement::{RowSource, limit_value},
};
use crate::{
    StoreResult,
    sql::{
        database::{Readers, Row, Statement, query},
        records,
    },
};
use domain::list::Page;
use uuid::Uuid;

/// A list: what is read for one of its rows, and how that is converted.
pub struct List<T> {
    /// The columns.
    pub columns: &'static str,
    /// The tables with joins.
    pub tables: &'static str,
    /// The column by which a row is found in these tables.
    pub key: &'static str,
    /// Converts a row.
    pub convert: fn(&Row) -> StoreResult<T>,
}

/// Reads a page of few matching rows. Nothing but their keys is read of the rows that are not on the page.
pub struct SortPlan<'a, T, S> {
    /// The list.
    pub list: &'a List<T>,
    /// The rows that match.
    pub source: S,
    /// What the source calls [`List::key`].
    pub key: &'static str,
    /// What the source calls the columns of the sort key.
    pub sort: SortColumns,
}

impl<T, S: RowSource> SortPlan<'_, T, S> {
    /// Reads the page.
    pub async fn page(&self, readers: &dyn Readers, request: &PageRequest) -> StoreResult<Page<T>> {
        let rows = self.statement(request).once().fetch_all(readers).await?;
        let total = match rows.first() {
            Some(row) => Total::exact(records::count(row, "total")?),
            // The total comes with the rows of the page. A page without rows does not mean that there are none at all.
            None => count_up_to(readers, &self.source, u64::MAX).await?,
        };
        request.page(rows, total, self.list.convert)
    }

    fn statement<'q>(&self, request: &PageRequest) -> Statement<'q> {
        let List { columns, tables, key, .. } = *self.list;
        let mut sql = query("");
        // Collect the keys of all matching rows once: they are counted and sorted.
        self.push_collected(&mut sql);
        sql.push(" select ").push(columns).push(", found.sort_value, found.sort_id");
        sql.push(", (select count(*) from collected) as total from ");
        // Find those of the page among them.
        sql.push("(select * from collected where true");
        request.push_range(&mut sql, SortColumns::SELECTED, request.limit());
        // Look up the rest of the page's rows. The order of a subquery is not promised to last, hence the second sort.
        sql.push(") as found cross join ").push(tables).push(" where ").push(key).push(" = found.key");
        request.push_order(&mut sql, SortColumns::FOUND);
        sql
    }

    fn push_collected(&self, sql: &mut Statement<'_>) {
        sql.push("with collected as materialized (select ").push(self.key).push(" as key, ");
        push_sort_columns(sql, self.sort);
        sql.push(" from ");
        self.source.push_to(sql);
        sql.push(")");
    }
}

/// Reads a page of many matching rows.
pub struct ScanPlan<'a, T, S> {
    /// The list.
    pub list: &'a List<T>,
    /// The rows that match, in the list's tables and by an index that has the order of the list.
    pub source: S,
    /// How many rows match.
    pub total: Total,
}

impl<T, S: RowSource> ScanPlan<'_, T, S> {
    /// Reads the page.
    pub async fn page(&self, readers: &dyn Readers, request: &PageRequest) -> StoreResult<Page<T>> {
        let columns = request.sort().columns;
        let mut sql = query("select ");
        sql.push(self.list.columns).push(", ");
        push_sort_columns(&mut sql, columns);
        sql.push(" from ");
        self.source.push_to(&mut sql);
        request.push_range(&mut sql, columns, request.limit());
        let rows = sql.once().fetch_all(readers).await?;
        request.page(rows, self.total, self.list.convert)
    }
}

/// Appends the columns of a sort key, named as [`SortColumns::SELECTED`].
pub fn push_sort_columns(sql: &mut Statement<'_>, columns: SortColumns) {
    sql.push(columns.value).push(" as sort_value, ").push(columns.id).push(" as sort_id");
}

/// The ids of the rows of a source in their order, at most `limit`. They are collected before they are sorted: an engine that
/// hopes to meet them soon along the order reads a whole table when there are none.
pub async fn collected_ids(
    readers: &dyn Readers,
    source: &impl RowSource,
    sort: SortColumns,
    descending: bool,
    limit: usize,
) -> StoreResult<Vec<Uuid>> {
    let mut sql = query("with collected as materialized (select ");
    push_sort_columns(&mut sql, sort);
    sql.push(" from ");
    source.push_to(&mut sql);
    sql.push(") select sort_id from collected");
    ids(readers, sql, SortColumns::SELECTED, descending, limit).await
}

/// As [`collected_ids`], of a source that an index has in this order.
pub async fn walked_ids(
    readers: &dyn Readers,
    source: &impl RowSource,
    sort: SortColumns,
    descending: bool,
    limit: usize,
) -> StoreResult<Vec<Uuid>> {
    let mut sql = query("select ");
    sql.push(sort.id).push(" from ");
    source.push_to(&mut sql);
    ids(readers, sql, sort, descending, limit).await
}

async fn ids(
    readers: &dyn Readers,
    mut sql: Statement<'_>,
    sort: SortColumns,
    descending: bool,
    limit: usize,
) -> StoreResult<Vec<Uuid>> {
    push_order(&mut sql, sort, descending);
    sql.push(" limit ").push_bind(limit_value(limit));
    sql.once().fetch_values(readers).await
}
