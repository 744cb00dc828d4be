//! Keyset pagination: a page starts after the sort key of a row, not after a number of rows. The last page costs as much
//! as the first, and rows that come and go in between are neither repeated nor skipped.

use super::count::Total;
use crate::{
    StoreResult,
    sql::{
        damaged::readable,
        database::{Row, Statement, get},
    },
};
use domain::list::{Page, page_size};
use std::fmt::Write as _;
use uuid::Uuid;

/// The columns of a sort key, as a part of a statement names them.
#[derive(Clone, Copy)]
pub struct SortColumns {
    /// The column that is sorted by.
    pub value: &'static str,
    /// The id, which breaks ties.
    pub id: &'static str,
}

impl SortColumns {
    /// As the statement of a page returns them.
    pub const SELECTED: Self = Self { value: "sort_value", id: "sort_id" };
    /// The same, of a subquery that is called `found`.
    pub const FOUND: Self = Self { value: "found.sort_value", id: "found.sort_id" };
    /// The same, of one that is called `walked`.
    pub const WALKED: Self = Self { value: "walked.sort_value", id: "walked.sort_id" };
}

/// What a list is sorted by.
#[derive(Clone, Copy)]
pub struct SortKey {
    /// The columns in the list's tables.
    pub columns: SortColumns,
    /// Whether the column that is sorted by holds a number.
    pub is_number: bool,
    /// Whether the largest value comes first.
    pub descending: bool,
}

/// The values of a row's sort key. A cursor is their text: `<id>.<value in hexadecimal digits>`.
struct RowKey {
    value: String,
    id: Uuid,
}

impl RowKey {
    fn parse(cursor: &str) -> Option<Self> {
        let (id, value) = cursor.split_once('.')?;
        let bytes: Option<Vec<u8>> = value
            .as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect();
        Some(Self { value: String::from_utf8(bytes?).ok()?, id: id.parse().ok()? })
    }

    /// The key of a row that was read with the columns [`SortColumns::SELECTED`].
    fn of(row: &Row, sort: SortKey) -> StoreResult<Self> {
        let value = if sort.is_number { get::<i64>(row, "sort_value")?.to_string() } else { get(row, "sort_value")? };
        Ok(Self { value, id: get(row, "sort_id")? })
    }

    fn to_cursor(&self) -> String {
        let mut cursor = format!("{}.", self.id);
        for byte in self.value.bytes() {
            let _ = write!(cursor, "{byte:02x}");
        }
        cursor
    }
}

/// The page that is requested.
pub struct PageRequest {
    sort: SortKey,
    /// The row that the page begins after, in the direction of reading; `None` at the beginning of the list.
    start: Option<RowKey>,
    /// Whether the page is read from its end to its beginning: it is the one before `start`.
    backwards: bool,
    size: u32,
}

impl PageRequest {
    /// Reads the cursors; one that cannot be read counts as none.
    pub fn new(sort: SortKey, after: Option<&str>, before: Option<&str>, size: Option<u32>) -> Self {
        let after = after.and_then(RowKey::parse);
        let before = if after.is_some() { None } else { before.and_then(RowKey::parse) };
        Self { sort, backwards: before.is_some(), start: after.or(before), size: page_size(size) }
    }

    /// What the list is sorted by.
    pub fn sort(&self) -> SortKey {
        self.sort
    }

    /// Rows to read: one more than fits, which shows whether there is another page.
    pub fn limit(&self) -> u32 {
        self.size + 1
    }

    /// Whether `rows` has as many as the page can use.
    pub fn is_full(&self, rows: &[Row]) -> bool {
        rows.len() > self.size as usize
    }

    /// Appends the condition that rows come after the start, the order, and a limit.
    pub fn push_range(&self, sql: &mut Statement<'_>, columns: SortColumns, limit: u32) {
        self.push_start(sql, columns);
        self.push_order(sql, columns);
        sql.push(" limit ").push_bind(limit);
    }

    /// Appends the condition that rows come after the start.
    pub fn push_start(&self, sql: &mut Statement<'_>, columns: SortColumns) {
        let Some(start) = &self.start else { return };
        let comparison = if self.reads_descending() { ") < (" } else { ") > (" };
        sql.push(" and (").push(columns.value).push(", ").push(columns.id).push(comparison);
        if self.sort.is_number {
            sql.push_bind(start.value.parse::<i64>().unwrap_or_default());
        } else {
            sql.push_bind(start.value.clone());
        }
        sql.push(", ").push_bind(start.id).push(")");
    }

    /// Appends the order in which rows are read.
    pub fn push_order(&self, sql: &mut Statement<'_>, columns: SortColumns) {
        push_order(sql, columns, self.reads_descending());
    }

    /// Whether rows are read from the largest value on.
    pub fn reads_descending(&self) -> bool {
        self.sort.descending != self.backwards
    }

    /// The page, from rows that were read in this order with the columns [`SortColumns::SELECTED`].
    pub fn page<T>(
        &self,
        mut rows: Vec<Row>,
        total: Total,
        convert: impl Fn(&Row) -> StoreResult<T>,
    ) -> StoreResult<Page<T>> {
        // The row that does not fit shows that there is another page in the direction of reading.
        let has_more = self.is_full(&rows);
        rows.truncate(self.size as usize);
        // In the other direction there is one if the page does not begin where the list does.
        let (has_previous, has_next) = if self.backwards { (has_more, true) } else { (self.start.is_some(), has_more) };
        if self.backwards {
            rows.reverse();
        }
        let first = rows.first().filter(|_| has_previous);
        let last = rows.last().filter(|_| has_next);
        Ok(Page {
            total: total.counted,
            total_is_exact: total.is_exact,
            previous: first.map(|row| self.cursor(row)).transpose()?,
            next: last.map(|row| self.cursor(row)).transpose()?,
            rows: readable("list", &rows, convert)?,
        })
    }

    fn cursor(&self, row: &Row) -> StoreResult<String> {
        Ok(RowKey::of(row, self.sort)?.to_cursor())
    }
}

/// Appends the order of a sort key, by these columns.
pub fn push_order(sql: &mut Statement<'_>, columns: SortColumns, descending: bool) {
    let direction = if descending { " desc" } else { " asc" };
    sql.push(" order by ").push(columns.value).push(direction).push(", ").push(columns.id).push(direction);
}
