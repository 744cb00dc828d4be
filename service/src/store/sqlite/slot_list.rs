//! Pages of the Mobile devices view. How a page is read depends on how many rows match: few are collected by the filter
//! that few match, and sorted; many are met soon enough on a walk along the order's index. Which index serves is said
//! here, not guessed by the database.

use super::{
    keyset::{Asked, Order, Place},
    slot_filter::{Filter, Source},
    views::slot_row,
};
use crate::store::{StoreError, StoreResult};
use domain::{
    Timestamp,
    attention::Cause,
    ids::SlotId,
    list::{COUNTED_MAX, Page, SlotQuery, SlotSort},
    slot::SlotRow,
};
use sqlx::{QueryBuilder, Row as _, SqlitePool};
use uuid::Uuid;

/// Rows that are collected and sorted for one page. A walk for more than these among 100,000 meets 100 of them within
/// 5,000 entries of an index, which costs about as much.
const FEW: u64 = 2000;

/// How many rows match, and where they are found when they are few.
struct Matches {
    counted: u64,
    is_exact: bool,
    few_from: Option<Source>,
}

/// A page of the rows that match `query` at `now`.
pub(super) async fn list(pool: &SqlitePool, query: &SlotQuery, now: Timestamp) -> StoreResult<Page<SlotRow>> {
    let filter = Filter::new(query, now);
    let matches = count(pool, &filter).await?;
    let sort = query.sort.unwrap_or(SlotSort::Newest);
    let place = Place { after: query.after.as_deref(), before: query.before.as_deref(), size: query.size };
    let asked = Asked::new(order(sort), place);

    // The documents are fetched for the rows of the page only.
    let mut sql = QueryBuilder::new("select slots.row_doc, found.sort_value, found.sort_id from (select slots.key, ");
    sql.push(order(sort).column).push(" as sort_value, slots.id as sort_id from ");
    filter.push_from(&mut sql, matches.few_from.unwrap_or_else(|| walk(sort)), true);
    asked.push_range(&mut sql);
    sql.push(") as found cross join slots on slots.key = found.key");
    asked.push_order(&mut sql, "found.sort_value", "found.sort_id");
    let rows = sql.build().fetch_all(pool).await?;
    asked.page(rows, (matches.counted, matches.is_exact), slot_row)
}

/// The rows that match `query` at `now`, in its order, at most `limit`.
pub(super) async fn matching(
    pool: &SqlitePool,
    query: &SlotQuery,
    now: Timestamp,
    limit: usize,
) -> StoreResult<Vec<SlotId>> {
    let filter = Filter::new(query, now);
    let matches = count(pool, &filter).await?;
    let sort = query.sort.unwrap_or(SlotSort::Newest);
    let mut sql = QueryBuilder::new("select slots.id from ");
    filter.push_from(&mut sql, matches.few_from.unwrap_or_else(|| walk(sort)), true);
    let from_the_first = Place { after: None, before: None, size: None };
    Asked::new(order(sort), from_the_first).push_order(&mut sql, order(sort).column, order(sort).id);
    sql.push(" limit ").push_bind(i64::try_from(limit).unwrap_or(i64::MAX));
    let found: Vec<Uuid> = sql.build_query_scalar().fetch_all(pool).await?;
    Ok(found.into_iter().map(SlotId).collect())
}

fn order(sort: SlotSort) -> Order {
    let (column, is_number) = match sort {
        SlotSort::Newest | SlotSort::Oldest => ("slots.created_at", true),
        SlotSort::Name | SlotSort::NameDesc => ("slots.name_key", false),
        SlotSort::Contact | SlotSort::ContactDesc => ("slots.last_contact_at", true),
    };
    let descending = matches!(sort, SlotSort::Newest | SlotSort::NameDesc | SlotSort::ContactDesc);
    Order { column, id: "slots.id", is_number, descending }
}

fn walk(sort: SlotSort) -> Source {
    match sort {
        SlotSort::Newest | SlotSort::Oldest => Source::Creation,
        SlotSort::Name | SlotSort::NameDesc => Source::Name,
        SlotSort::Contact | SlotSort::ContactDesc => Source::Contact,
    }
}

async fn count(pool: &SqlitePool, filter: &Filter<'_>) -> StoreResult<Matches> {
    let narrowest = filter.narrowest();
    let source = match (narrowest, filter.has_text()) {
        (None, false) => {
            let all: i64 = sqlx::query_scalar("select count(*) from slots").fetch_one(pool).await?;
            return Ok(Matches { counted: all.unsigned_abs(), is_exact: true, few_from: None });
        }
        (Some(narrowest), false) => narrowest,
        (None, true) => Source::Text,
        // To read some rows' texts is quicker than to find every row that has a frequent text.
        (Some(narrowest), true) if count_up_to(pool, filter, narrowest, false, FEW).await? <= FEW => narrowest,
        (Some(_), true) => Source::Text,
    };
    let counted = count_up_to(pool, filter, source, true, COUNTED_MAX).await?;
    Ok(Matches {
        counted: counted.min(COUNTED_MAX),
        is_exact: counted <= COUNTED_MAX,
        few_from: (counted <= FEW).then_some(source),
    })
}

/// How many rows match; `limit + 1` when they are more than `limit`.
async fn count_up_to(
    pool: &SqlitePool,
    filter: &Filter<'_>,
    source: Source,
    with_text: bool,
    limit: u64,
) -> StoreResult<u64> {
    let mut sql = QueryBuilder::new("select count(*) from (select 1 from ");
    filter.push_from(&mut sql, source, with_text);
    sql.push(" limit ").push_bind(i64::try_from(limit + 1).unwrap_or(i64::MAX)).push(")");
    let counted: i64 = sql.build_query_scalar().fetch_one(pool).await?;
    Ok(counted.unsigned_abs())
}

/// How many rows need attention at `now`, for each cause.
pub(super) async fn attention_counts(pool: &SqlitePool, now: Timestamp) -> StoreResult<Vec<(Cause, u64)>> {
    let found = sqlx::query(
        "select case when later_cause_from <= ?1 then later_cause else cause end as now_cause, count(*) as rows \
         from slots indexed by slots_by_attention where cause is not null and cause_from <= ?1 group by now_cause",
    )
    .bind(now.as_millis())
    .fetch_all(pool)
    .await?;
    let mut counts: Vec<(Cause, u64)> = Cause::ALL.iter().map(|cause| (*cause, 0)).collect();
    for row in found {
        let cause: Cause = super::rows::parse(row.try_get("now_cause")?)?;
        let entry = counts.iter_mut().find(|(known, _)| *known == cause);
        let (_, count) = entry.ok_or_else(|| StoreError::Damaged("an unknown cause".to_owned()))?;
        *count = super::rows::count(&row, "rows")?;
    }
    Ok(counts)
}
