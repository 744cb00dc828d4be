//! Keyset pages: a page starts at a row, not at a number of rows, so that the last page costs as much as the first and
//! rows that come and go in between neither repeat nor vanish.

use crate::{
    fault::fault,
    rows::{self, get},
};
use domain::list::{Page, page_size};
use sqlx::{QueryBuilder, Sqlite, SqlitePool, sqlite::SqliteRow};
use std::fmt::Write as _;
use store::StoreResult;
use uuid::Uuid;

/// What a page is sorted by; the id breaks ties.
#[derive(Clone, Copy)]
pub(crate) struct Order {
    /// Column that is sorted by, with its table.
    pub(crate) column: &'static str,
    /// Id column, with its table.
    pub(crate) id: &'static str,
    /// Whether the column holds a number.
    pub(crate) is_number: bool,
    /// Whether the largest comes first.
    pub(crate) descending: bool,
}

/// Which page.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) after: Option<&'a str>,
    pub(crate) before: Option<&'a str>,
    pub(crate) size: Option<u32>,
}

/// A place among the rows: value of the sorted column, and id. Written as `<id>.<value in hexadecimal digits>`.
struct Bound {
    value: String,
    id: Uuid,
}

impl Bound {
    fn parse(text: &str) -> Option<Self> {
        let (id, value) = text.split_once('.')?;
        let bytes: Option<Vec<u8>> = value
            .as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect();
        Some(Self { value: String::from_utf8(bytes?).ok()?, id: id.parse().ok()? })
    }

    fn of(row: &SqliteRow, order: Order) -> StoreResult<String> {
        let value = if order.is_number { get::<i64>(row, "sort_value")?.to_string() } else { get(row, "sort_value")? };
        let mut text = get::<Uuid>(row, "sort_id")?.to_string();
        text.push('.');
        for byte in value.bytes() {
            let _ = write!(text, "{byte:02x}");
        }
        Ok(text)
    }
}

/// How many rows a list has.
#[derive(Clone, Copy)]
pub(crate) struct Total {
    pub(crate) counted: u64,
    /// Whether these are all of them.
    pub(crate) is_exact: bool,
}

impl Total {
    /// All of them were counted.
    pub(crate) const fn exact(counted: u64) -> Self {
        Self { counted, is_exact: true }
    }

    /// No more than `limit` are told of.
    pub(crate) const fn up_to(limit: u64, counted: u64) -> Self {
        if counted > limit { Self { counted: limit, is_exact: false } } else { Self::exact(counted) }
    }
}

/// A page that is asked for: which rows, in which order.
pub(crate) struct Asked {
    order: Order,
    after: Option<Bound>,
    before: Option<Bound>,
    size: u32,
}

impl Asked {
    /// Reads the place; a cursor that cannot be read is taken for none.
    pub(crate) fn new(order: Order, place: Place<'_>) -> Self {
        let after = place.after.and_then(Bound::parse);
        let before = if after.is_some() { None } else { place.before.and_then(Bound::parse) };
        Self { order, after, before, size: page_size(place.size) }
    }

    /// Rows to read: one more than fits, which tells whether there is another page.
    pub(crate) fn limit(&self) -> u32 {
        self.size + 1
    }

    /// Whether these are all rows that a page can use.
    pub(crate) fn is_full(&self, rows: &[SqliteRow]) -> bool {
        rows.len() > self.size as usize
    }

    /// Appends the condition that rows lie beyond the place, the order, and a limit.
    pub(crate) fn push_range(&self, query: &mut QueryBuilder<Sqlite>, limit: u32) {
        let Order { column, id, .. } = self.order;
        if let Some(bound) = self.after.as_ref().or(self.before.as_ref()) {
            push_bound(query, self.order, bound, self.order.descending != self.is_backwards());
        }
        self.push_order(query, column, id);
        query.push(" limit ").push_bind(limit);
    }

    /// Appends the order that rows are read in, by these columns.
    pub(crate) fn push_order(&self, query: &mut QueryBuilder<Sqlite>, column: &str, id: &str) {
        let direction = if self.order.descending == self.is_backwards() { " asc" } else { " desc" };
        query.push(" order by ").push(column).push(direction).push(", ").push(id).push(direction);
    }

    /// The page, from rows that were read in that order with the columns `sort_value` and `sort_id`.
    pub(crate) fn page<T>(
        &self,
        mut rows: Vec<SqliteRow>,
        total: Total,
        convert: impl Fn(&SqliteRow) -> StoreResult<T>,
    ) -> StoreResult<Page<T>> {
        let has_more = self.is_full(&rows);
        rows.truncate(self.size as usize);
        if self.is_backwards() {
            rows.reverse();
        }
        let first = rows.first().map(|row| Bound::of(row, self.order)).transpose()?;
        let last = rows.last().map(|row| Bound::of(row, self.order)).transpose()?;
        let has_previous = if self.is_backwards() { has_more } else { self.after.is_some() };
        let has_next = self.is_backwards() || has_more;
        Ok(Page {
            rows: rows.iter().map(convert).collect::<StoreResult<_>>()?,
            total: total.counted,
            total_is_exact: total.is_exact,
            next: last.filter(|_| has_next),
            previous: first.filter(|_| has_previous),
        })
    }

    fn is_backwards(&self) -> bool {
        self.before.is_some()
    }
}

/// What is read for a list.
#[derive(Clone, Copy)]
pub(crate) struct Select {
    /// The columns.
    pub(crate) columns: &'static str,
    /// The tables with joins.
    pub(crate) from: &'static str,
    /// What a row of these is known by.
    pub(crate) key: &'static str,
}

/// What is kept of rows while they are collected.
#[derive(Clone, Copy)]
pub(crate) struct Collect {
    /// What [`Select::key`] is there.
    pub(crate) key: &'static str,
    /// The order, by columns of the tables that rows are collected from.
    pub(crate) order: Order,
}

/// A page of few rows: all that match are collected, counted and sorted, and no other part of them is read until it is
/// known which of them are on the page. `push_from` appends what follows `from`, with the conditions.
pub(crate) async fn collected_page<T>(
    pool: &SqlitePool,
    select: Select,
    collect: Collect,
    place: Place<'_>,
    push_from: impl Fn(&mut QueryBuilder<Sqlite>),
    convert: impl Fn(&SqliteRow) -> StoreResult<T>,
) -> StoreResult<Page<T>> {
    let Collect { key, order } = collect;
    let asked = Asked::new(Order { column: "sort_value", id: "sort_id", ..order }, place);
    let mut sql = QueryBuilder::new("with collected as materialized (select ");
    sql.push(key).push(" as key, ").push(order.column).push(" as sort_value, ").push(order.id);
    sql.push(" as sort_id from ");
    push_from(&mut sql);
    sql.push(") select ").push(select.columns).push(", found.sort_value, found.sort_id, ");
    sql.push("(select count(*) from collected) as total from (select * from collected where true");
    asked.push_range(&mut sql, asked.limit());
    sql.push(") as found cross join ").push(select.from).push(" where ").push(select.key).push(" = found.key");
    asked.push_order(&mut sql, "found.sort_value", "found.sort_id");
    let rows = sql.build().fetch_all(pool).await.map_err(fault)?;
    let total = match rows.first() {
        Some(row) => rows::count(row, "total")?,
        // No row lies beyond the place, of however many there are.
        None => count_up_to(pool, u64::MAX - 1, push_from).await?,
    };
    asked.page(rows, Total::exact(total), convert)
}

/// A page of a list, of which `total` rows were counted. `filter` appends conditions, each beginning with ` and `.
pub(crate) async fn page<T>(
    pool: &SqlitePool,
    Select { columns, from, .. }: Select,
    order: Order,
    place: Place<'_>,
    total: Total,
    filter: impl Fn(&mut QueryBuilder<Sqlite>),
    convert: impl Fn(&SqliteRow) -> StoreResult<T>,
) -> StoreResult<Page<T>> {
    let asked = Asked::new(order, place);
    let mut query = QueryBuilder::new("select ");
    query
        .push(columns)
        .push(", ")
        .push(order.column)
        .push(" as sort_value, ")
        .push(order.id)
        .push(" as sort_id from ")
        .push(from);
    query.push(" where true");
    filter(&mut query);
    asked.push_range(&mut query, asked.limit());
    let rows = query.build().fetch_all(pool).await.map_err(fault)?;
    asked.page(rows, total, convert)
}

fn push_bound(query: &mut QueryBuilder<Sqlite>, order: Order, bound: &Bound, smaller: bool) {
    let comparison = if smaller { ") < (" } else { ") > (" };
    query.push(" and (").push(order.column).push(", ").push(order.id).push(comparison);
    if order.is_number {
        query.push_bind(bound.value.parse::<i64>().unwrap_or_default());
    } else {
        query.push_bind(bound.value.clone());
    }
    query.push(", ").push_bind(bound.id).push(")");
}

/// How many rows a query finds, given what follows its `from`; `limit + 1` when they are more than `limit`.
pub(crate) async fn count_up_to(
    pool: &SqlitePool,
    limit: u64,
    push_from: impl FnOnce(&mut QueryBuilder<Sqlite>),
) -> StoreResult<u64> {
    let mut sql = QueryBuilder::new("select count(*) from (select 1 from ");
    push_from(&mut sql);
    sql.push(" limit ").push_bind(i64::try_from(limit + 1).unwrap_or(i64::MAX)).push(")");
    let counted: i64 = sql.build_query_scalar().fetch_one(pool).await.map_err(fault)?;
    Ok(counted.unsigned_abs())
}
