//! Pages of the Mobile devices view: the indexes that find rows, the choice of a plan, and the scan.

mod by_contact;
mod filter;
mod plan;
mod scan;
mod source;

use self::{
    plan::SlotPlan,
    scan::SlotScan,
    source::{AccessPath, SlotIndex, SlotSource, TextFilter},
};
use domain::{
    Timestamp,
    list::{Page, SlotQuery},
    slot::SlotRow,
    types::ids::SlotId,
};
pub(crate) use source::POSITION;
use store::{
    StoreResult,
    sql::{
        database::{Readers, query},
        list::{
            keyset::{PageRequest, push_order},
            limit_value,
            plan::SortPlan,
            rows::slot_row,
            slots::{SLOTS, filter::SlotFilter, is_by_contact, sort_key, sort_of},
            statement::RowSource as _,
        },
    },
};
use uuid::Uuid;

/// A page of the rows that match `asked` at `now`.
pub(crate) async fn list(lists: &dyn Readers, asked: &SlotQuery, now: Timestamp) -> StoreResult<Page<SlotRow>> {
    let filter = &SlotFilter::new(asked, now);
    let sort = sort_of(asked);
    let key = sort_key(sort);
    let request = PageRequest::new(key, asked.after.as_deref(), asked.before.as_deref(), asked.size);
    match SlotPlan::choose(lists, filter).await? {
        SlotPlan::Sort(access) => {
            let source = SlotSource { filter, access, sort: Some(sort) };
            SortPlan { list: &SLOTS, source, key: SLOTS.key, sort: key.columns }.page(lists, &request).await
        }
        SlotPlan::Scan { total, text } => {
            let rows = SlotScan { filter, sort, request: &request }.rows(lists, text).await?;
            request.page(rows, total, slot_row)
        }
    }
}

/// The rows that match `asked` at `now`, in its order, at most `limit`.
pub(crate) async fn matching(
    lists: &dyn Readers,
    asked: &SlotQuery,
    now: Timestamp,
    limit: usize,
) -> StoreResult<Vec<SlotId>> {
    let filter = &SlotFilter::new(asked, now);
    let sort = sort_of(asked);
    let access = match SlotPlan::choose(lists, filter).await? {
        SlotPlan::Sort(access) => access,
        SlotPlan::Scan { .. } if is_by_contact(sort) && !filter.needs_slots() => {
            return by_contact::all(lists, filter, sort, limit).await;
        }
        // Far more rows than a page has are requested: their texts are not read one by one.
        SlotPlan::Scan { .. } => AccessPath::Index { index: SlotIndex::in_order_of(sort), text: TextFilter::FullText },
    };
    let key = sort_key(sort);
    let mut sql = query("select slots.id from ");
    SlotSource { filter, access, sort: Some(sort) }.push_to(&mut sql);
    push_order(&mut sql, key.columns, key.descending);
    sql.push(" limit ").push_bind(limit_value(limit));
    let found: Vec<Uuid> = sql.fetch_values(lists).await?;
    Ok(found.into_iter().map(SlotId).collect())
}
