//! Pages of the Mobile devices view, and how many rows need attention: filters, the indexes that find rows, the choice of a
//! plan, and the scan. What all lists have in common is in the room above.

mod filter;
mod plan;
mod scan;
mod source;

use self::{
    filter::SlotFilter,
    plan::SlotPlan,
    scan::SlotScan,
    source::{AccessPath, SlotIndex, SlotSource, TextFilter},
};
use crate::{
    fault::fault,
    list::{
        keyset::{PageRequest, SortColumns, SortKey, push_order},
        plan::{List, SortPlan},
        rows::{SLOT_COLUMNS, SLOT_TABLES, slot_row},
        statement::{RowSource as _, limit_value},
    },
    rows::{self, get},
};
use domain::{
    Timestamp,
    list::{Page, SlotQuery, SlotSort},
    slot::{SlotRow, attention::Cause},
    types::ids::SlotId,
};
use sqlx::{QueryBuilder, SqlitePool};
use store::StoreResult;
use uuid::Uuid;

const SLOTS: List<SlotRow> = List { columns: SLOT_COLUMNS, tables: SLOT_TABLES, key: "slots.key", convert: slot_row };

/// A page of the rows that match `query` at `now`.
pub(crate) async fn list(pool: &SqlitePool, query: &SlotQuery, now: Timestamp) -> StoreResult<Page<SlotRow>> {
    let filter = &SlotFilter::new(query, now);
    let sort = sort_of(query);
    let key = sort_key(sort);
    let request = PageRequest::new(key, query.after.as_deref(), query.before.as_deref(), query.size);
    match SlotPlan::choose(pool, filter).await? {
        SlotPlan::Sort(access) => {
            let source = SlotSource { filter, access, with_contacts: is_by_contact(sort) };
            SortPlan { list: &SLOTS, source, key: SLOTS.key, sort: key.columns }.page(pool, &request).await
        }
        SlotPlan::Scan { total, text } => {
            let rows = SlotScan { filter, sort, request: &request }.rows(pool, text).await?;
            request.page(rows, total, slot_row)
        }
    }
}

/// The rows that match `query` at `now`, in its order, at most `limit`.
pub(crate) async fn matching(
    pool: &SqlitePool,
    query: &SlotQuery,
    now: Timestamp,
    limit: usize,
) -> StoreResult<Vec<SlotId>> {
    let filter = &SlotFilter::new(query, now);
    let sort = sort_of(query);
    let access = match SlotPlan::choose(pool, filter).await? {
        SlotPlan::Sort(access) => access,
        // Far more rows than a page has are requested: their texts are not read one by one.
        SlotPlan::Scan { .. } => AccessPath::Index { index: SlotIndex::in_order_of(sort), text: TextFilter::FullText },
    };
    let key = sort_key(sort);
    let mut sql = QueryBuilder::new("select slots.id from ");
    SlotSource { filter, access, with_contacts: is_by_contact(sort) }.push_to(&mut sql);
    push_order(&mut sql, key.columns, key.descending);
    sql.push(" limit ").push_bind(limit_value(limit));
    let found: Vec<Uuid> = sql.build_query_scalar().fetch_all(pool).await.map_err(fault)?;
    Ok(found.into_iter().map(SlotId).collect())
}

fn sort_of(query: &SlotQuery) -> SlotSort {
    query.sort.unwrap_or(SlotSort::Newest)
}

const fn is_by_contact(sort: SlotSort) -> bool {
    matches!(sort, SlotSort::Contact | SlotSort::ContactDesc)
}

fn sort_key(sort: SlotSort) -> SortKey {
    let (value, is_number) = match sort {
        SlotSort::Newest | SlotSort::Oldest => ("slots.created_at", true),
        SlotSort::Name | SlotSort::NameDesc => ("slots.name_key", false),
        SlotSort::Contact | SlotSort::ContactDesc => ("contacts.at", true),
        SlotSort::Status | SlotSort::StatusDesc => ("slots.status_rank", true),
        SlotSort::Attention => ("slots.stuck_from", true),
    };
    let descending =
        matches!(sort, SlotSort::Newest | SlotSort::NameDesc | SlotSort::ContactDesc | SlotSort::StatusDesc);
    // The index of contacts has the id, too.
    let id = if is_by_contact(sort) { "contacts.slot_id" } else { "slots.id" };
    SortKey { columns: SortColumns { value, id }, is_number, descending }
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
        // A cause that is not known counts for none.
        let Ok(cause) = rows::parse::<Cause>(get(&row, "now_cause")?) else { continue };
        for (_, count) in counts.iter_mut().filter(|(known, _)| *known == cause) {
            *count = rows::count(&row, "rows")?;
        }
    }
    Ok(counts)
}
