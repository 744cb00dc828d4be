//! What the pages of the Mobile devices view have in common: filters, orders, and how many rows need attention. How rows are
//! found is each engine's own.

pub mod contacts;
pub mod filter;

use self::contacts::CONTACT_ORDER;
use super::{
    keyset::{SortColumns, SortKey},
    plan::List,
    rows::{SLOT_COLUMNS, SLOT_TABLES, slot_row},
};
use crate::{
    StoreResult,
    sql::{
        SqlStore,
        database::{get, query},
        records,
    },
};
use domain::{
    Timestamp,
    list::{SlotQuery, SlotSort},
    slot::{SlotRow, attention::Cause},
};

/// The list.
pub const SLOTS: List<SlotRow> =
    List { columns: SLOT_COLUMNS, tables: SLOT_TABLES, key: "slots.key", convert: slot_row };

/// The order that a query asks for.
pub fn sort_of(query: &SlotQuery) -> SlotSort {
    query.sort.unwrap_or(SlotSort::Newest)
}

/// Whether an order is that of contacts, which stand in a table of their own.
pub const fn is_by_contact(sort: SlotSort) -> bool {
    matches!(sort, SlotSort::Contact | SlotSort::ContactDesc)
}

/// What an order sorts by.
pub fn sort_key(sort: SlotSort) -> SortKey {
    let (value, is_number) = match sort {
        SlotSort::Newest | SlotSort::Oldest => ("slots.created_at", true),
        SlotSort::Name | SlotSort::NameDesc => ("slots.name_key", false),
        SlotSort::Contact | SlotSort::ContactDesc => (CONTACT_ORDER.value, true),
        SlotSort::Status | SlotSort::StatusDesc => ("slots.status_rank", true),
        SlotSort::Attention => ("slots.stuck_from", true),
    };
    let descending =
        matches!(sort, SlotSort::Newest | SlotSort::NameDesc | SlotSort::ContactDesc | SlotSort::StatusDesc);
    // The index of contacts has the id, too.
    let id = if is_by_contact(sort) { CONTACT_ORDER.id } else { "slots.id" };
    SortKey { columns: SortColumns { value, id }, is_number, descending }
}

/// How many rows need attention at `now`, for each cause.
pub(in crate::sql) async fn attention_counts(store: &dyn SqlStore, now: Timestamp) -> StoreResult<Vec<(Cause, u64)>> {
    let hint = store.index_hint("slots_by_attention");
    let found = query(format!(
        "select case when later_cause_from <= $1 then later_cause else cause end as now_cause, count(*) as rows \
         from slots{hint} where cause is not null and cause_from <= $1 group by now_cause",
    ))
    .bind(now)
    .fetch_all(store.lists())
    .await?;
    let mut counts: Vec<(Cause, u64)> = Cause::ALL.iter().map(|cause| (*cause, 0)).collect();
    for row in found {
        // A cause that is not known counts for none.
        let Ok(cause) = records::parse::<Cause>(get(&row, "now_cause")?) else { continue };
        for (_, count) in counts.iter_mut().filter(|(known, _)| *known == cause) {
            *count = records::count(&row, "rows")?;
        }
    }
    Ok(counts)
}
