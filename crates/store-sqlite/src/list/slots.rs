//! Pages of the Mobile devices view. How a page is read depends on how many rows match: few are collected by the filter
//! that few match, and sorted; many are met soon enough on a walk along the order's index. Which index serves is said
//! here, not guessed by the database.

use super::{
    keyset::{Asked, Collect, Order, Place, Select, Total, collected_page, count_up_to},
    rows::slot_row,
    slot_filter::{Filter, Source, TextBy},
};
use crate::{
    fault::fault,
    rows::{self, get},
};
use domain::{
    Timestamp,
    list::{COUNTED_MAX, Page, SlotQuery, SlotSort},
    slot::{SlotRow, attention::Cause},
    types::ids::SlotId,
};
use sqlx::{QueryBuilder, Sqlite, SqlitePool, sqlite::SqliteRow};
use store::{StoreError, StoreResult};
use uuid::Uuid;

/// What is read of a row.
const SLOTS: Select = Select { columns: "slots.row_doc", from: "slots", key: "slots.key" };

/// Rows that are collected and sorted for one page. A walk for more than these among 100,000 meets 100 of them within
/// 5,000 entries of an index, which costs about as much.
const FEW: u64 = 2000;

/// Rows with a text that are read, counted and sorted in one go when there are other filters. To ask the search index for
/// them once more costs about as much as reading them.
const READ_AT_ONCE: u64 = 4000;

/// Entries of an order's index whose rows are read in search of a text, before the text's rows are collected instead.
const READ: u32 = 1500;

/// How many rows match, and so how to find them.
enum Matches {
    /// So few that they are collected, and counted by it.
    Few(Source, TextBy),
    /// So many that they are met along the order.
    Many(Total, TextBy),
}

/// A page of the rows that match `query` at `now`.
pub(crate) async fn list(pool: &SqlitePool, query: &SlotQuery, now: Timestamp) -> StoreResult<Page<SlotRow>> {
    let filter = Filter::new(query, now);
    let sort = query.sort.unwrap_or(SlotSort::Newest);
    let place = Place { after: query.after.as_deref(), before: query.before.as_deref(), size: query.size };
    match count(pool, &filter).await? {
        Matches::Few(source, text) => {
            let collect = Collect { key: "slots.key", order: order(sort) };
            let push_from = |sql: &mut QueryBuilder<Sqlite>| filter.push_from(sql, source, text);
            collected_page(pool, SLOTS, collect, place, push_from, slot_row).await
        }
        Matches::Many(total, text) => {
            let asked = Asked::new(order(sort), place);
            let rows = walk_along(pool, &filter, &asked, sort, text).await?;
            asked.page(rows, total, slot_row)
        }
    }
}

/// Walks along the order. A frequent text is met soon in the rows themselves, unless the order begins with rows that do
/// not have it.
async fn walk_along(
    pool: &SqlitePool,
    filter: &Filter<'_>,
    asked: &Asked,
    sort: SlotSort,
    text: TextBy,
) -> StoreResult<Vec<SqliteRow>> {
    if text == TextBy::Reading {
        let rows = read_page(pool, filter, asked, sort, true).await?;
        if asked.is_full(&rows) {
            return Ok(rows);
        }
    }
    read_page(pool, filter, asked, sort, false).await
}

/// Walks along the order, and looks for the text either in the rows themselves, in [`READ`] of them at most, or among
/// the rows that the search index has collected.
async fn read_page(
    pool: &SqlitePool,
    filter: &Filter<'_>,
    asked: &Asked,
    sort: SlotSort,
    reads: bool,
) -> StoreResult<Vec<SqliteRow>> {
    fetch(pool, asked, |sql| {
        let column = order(sort).column;
        if !reads {
            sql.push("select slots.key, ").push(column).push(" as sort_value, slots.id as sort_id from ");
            filter.push_from(sql, walk(sort), TextBy::Index);
            return asked.push_range(sql, asked.limit());
        }
        sql.push("select key, sort_value, sort_id from (select slots.key, slots.search, ").push(column);
        sql.push(" as sort_value, slots.id as sort_id from ");
        filter.push_from(sql, walk(sort), TextBy::Nothing);
        asked.push_range(sql, READ);
        sql.push(") where true");
        filter.push_reading(sql, "search");
        sql.push(" limit ").push_bind(asked.limit());
    })
    .await
}

/// Fetches the documents of the rows that a query finds, and of no others.
async fn fetch(
    pool: &SqlitePool,
    asked: &Asked,
    push: impl FnOnce(&mut QueryBuilder<Sqlite>),
) -> StoreResult<Vec<SqliteRow>> {
    let mut sql = QueryBuilder::new("select slots.row_doc, found.sort_value, found.sort_id from (");
    push(&mut sql);
    sql.push(") as found cross join slots on slots.key = found.key");
    asked.push_order(&mut sql, "found.sort_value", "found.sort_id");
    sql.build().fetch_all(pool).await.map_err(fault)
}

/// The rows that match `query` at `now`, in its order, at most `limit`.
pub(crate) async fn matching(
    pool: &SqlitePool,
    query: &SlotQuery,
    now: Timestamp,
    limit: usize,
) -> StoreResult<Vec<SlotId>> {
    let filter = Filter::new(query, now);
    let matches = count(pool, &filter).await?;
    let sort = query.sort.unwrap_or(SlotSort::Newest);
    let mut sql = QueryBuilder::new("select slots.id from ");
    let (source, text) = match matches {
        Matches::Few(source, text) => (source, text),
        Matches::Many(..) => (walk(sort), TextBy::Index),
    };
    filter.push_from(&mut sql, source, text);
    let from_the_first = Place { after: None, before: None, size: None };
    Asked::new(order(sort), from_the_first).push_order(&mut sql, order(sort).column, order(sort).id);
    sql.push(" limit ").push_bind(i64::try_from(limit).unwrap_or(i64::MAX));
    let found: Vec<Uuid> = sql.build_query_scalar().fetch_all(pool).await.map_err(fault)?;
    Ok(found.into_iter().map(SlotId).collect())
}

fn order(sort: SlotSort) -> Order {
    let (column, is_number) = match sort {
        SlotSort::Newest | SlotSort::Oldest => ("slots.created_at", true),
        SlotSort::Name | SlotSort::NameDesc => ("slots.name_key", false),
        SlotSort::Contact | SlotSort::ContactDesc => ("slots.last_contact_at", true),
        SlotSort::Status | SlotSort::StatusDesc => ("slots.status_rank", true),
        SlotSort::Attention => ("slots.stuck_from", true),
    };
    let descending =
        matches!(sort, SlotSort::Newest | SlotSort::NameDesc | SlotSort::ContactDesc | SlotSort::StatusDesc);
    Order { column, id: "slots.id", is_number, descending }
}

fn walk(sort: SlotSort) -> Source {
    match sort {
        SlotSort::Newest | SlotSort::Oldest => Source::Creation,
        SlotSort::Name | SlotSort::NameDesc => Source::Name,
        SlotSort::Contact | SlotSort::ContactDesc => Source::Contact,
        SlotSort::Status | SlotSort::StatusDesc => Source::Status,
        SlotSort::Attention => Source::Stuck,
    }
}

async fn count(pool: &SqlitePool, filter: &Filter<'_>) -> StoreResult<Matches> {
    if filter.has_text() {
        return count_text(pool, filter).await;
    }
    let Some(source) = filter.narrowest() else {
        let all: i64 = sqlx::query_scalar("select count(*) from slots").fetch_one(pool).await.map_err(fault)?;
        return Ok(Matches::Many(Total::exact(all.unsigned_abs()), TextBy::Nothing));
    };
    Ok(matches(count_from(pool, filter, source, TextBy::Nothing, COUNTED_MAX).await?, source, TextBy::Nothing))
}

/// Counts rows with a text. To read some rows' texts is quicker than to collect every row that has a frequent text, and
/// to ask the search index is quicker than to read many.
async fn count_text(pool: &SqlitePool, filter: &Filter<'_>) -> StoreResult<Matches> {
    let with_text = count_up_to(pool, COUNTED_MAX, |sql| filter.push_search_index(sql)).await?;
    let text = if with_text > COUNTED_MAX { TextBy::Reading } else { TextBy::Index };
    if filter.is_text_with_facets() {
        return Ok(matches(Total::up_to(COUNTED_MAX, with_text), Source::Text, text));
    }
    if with_text <= READ_AT_ONCE {
        return Ok(Matches::Few(Source::Text, text));
    }
    let source = filter.narrowest().unwrap_or(Source::Text);
    // Rows that have to be read are counted no further than needed.
    let limit = if text == TextBy::Reading { FEW } else { COUNTED_MAX };
    Ok(matches(count_from(pool, filter, source, text, limit).await?, source, text))
}

async fn count_from(
    pool: &SqlitePool,
    filter: &Filter<'_>,
    source: Source,
    text: TextBy,
    limit: u64,
) -> StoreResult<Total> {
    let counted = count_up_to(pool, limit, |sql| filter.push_from(sql, source, text)).await?;
    Ok(Total::up_to(limit, counted))
}

fn matches(total: Total, source: Source, text: TextBy) -> Matches {
    let is_few = total.counted < FEW || (total.counted == FEW && total.is_exact);
    if is_few { Matches::Few(source, text) } else { Matches::Many(total, text) }
}

/// How many rows need attention at `now`, for each cause.
pub(crate) async fn attention_counts(pool: &SqlitePool, now: Timestamp) -> StoreResult<Vec<(Cause, u64)>> {
    let found = sqlx::query(
        "select case when later_cause_from <= ?1 then later_cause else cause end as now_cause, count(*) as rows \
         from slots indexed by slots_by_attention where cause is not null and cause_from <= ?1 group by now_cause",
    )
    .bind(now.as_millis())
    .fetch_all(pool)
    .await
    .map_err(fault)?;
    let mut counts: Vec<(Cause, u64)> = Cause::ALL.iter().map(|cause| (*cause, 0)).collect();
    for row in found {
        let cause: Cause = rows::parse(get(&row, "now_cause")?)?;
        let entry = counts.iter_mut().find(|(known, _)| *known == cause);
        let (_, count) = entry.ok_or_else(|| StoreError::Damaged("an unknown cause".to_owned()))?;
        *count = rows::count(&row, "rows")?;
    }
    Ok(counts)
}
