//! Pages of the Mobile devices view.

use crate::text;
use domain::{
    Timestamp,
    list::{COUNTED_MAX, Page, SlotQuery, SlotSort},
    slot::SlotRow,
    types::ids::SlotId,
};
use store::{
    StoreResult,
    sql::{
        database::{Readers, Row, Statement, query},
        list::{
            count::count_up_to,
            keyset::{PageRequest, SortColumns},
            plan::{SortPlan, collected_ids, push_sort_columns, walked_ids},
            rows::{SLOT_COLUMNS, SLOT_TABLES, slot_row},
            slots::{SLOTS, filter::SlotFilter, is_by_contact, sort_key, sort_of},
            statement::RowSource,
        },
    },
};

/// Rows that are collected and sorted for one page at most. Among a million, counting up to here takes about 60 ms.
const SORTED_MAX: u64 = 20_000;
/// Rows that a walk passes at most in search of those that match. If they come later, they are collected after all.
const WALKED_MAX: u32 = 20_000;

/// The rows that match, by the indexes of what is filtered by.
struct Found<'a> {
    filter: &'a SlotFilter<'a>,
    /// Whether their contacts are asked for, whatever the filter.
    with_contacts: bool,
}

impl<'a> Found<'a> {
    fn sorted(filter: &'a SlotFilter<'a>, sort: SlotSort) -> Self {
        Self { filter, with_contacts: is_by_contact(sort) }
    }
}

impl RowSource for Found<'_> {
    fn push_to(&self, sql: &mut Statement<'_>) {
        sql.push("slots");
        if self.with_contacts || self.filter.has_contact() {
            sql.push(CONTACTS);
        }
        sql.push(" where true");
        text::push_found(sql, "slots.search", self.filter.words());
        push_conditions(sql, self.filter);
    }
}

/// The contacts of `slots`.
const CONTACTS: &str = " join contacts on contacts.slot_key = slots.key";

/// The conditions besides the text.
fn push_conditions(sql: &mut Statement<'_>, filter: &SlotFilter<'_>) {
    filter.push_facets(sql);
    filter.push_attention(sql);
    filter.push_contact(sql);
    filter.push_person(sql);
}

/// A page of the rows that match `asked` at `now`.
pub(crate) async fn page(lists: &dyn Readers, asked: &SlotQuery, now: Timestamp) -> StoreResult<Page<SlotRow>> {
    let filter = &SlotFilter::new(asked, now);
    let sort = sort_of(asked);
    let key = sort_key(sort);
    let request = PageRequest::new(key, asked.after.as_deref(), asked.before.as_deref(), asked.size);
    let bound = if filter.is_empty() { COUNTED_MAX } else { SORTED_MAX };
    let total = count_up_to(lists, &Found { filter, with_contacts: false }, bound).await?;
    if filter.is_empty() || !total.is_exact {
        let rows = walk(lists, filter, &request, sort).await?;
        // At the end of the list a page is never full; without filters the walk has met all that there are.
        if filter.is_empty() || request.is_full(&rows) {
            return request.page(rows, total, slot_row);
        }
    }
    let source = Found::sorted(filter, sort);
    SortPlan { list: &SLOTS, source, key: SLOTS.key, sort: key.columns }.page(lists, &request).await
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
    let (key, source) = (sort_key(sort), Found::sorted(filter, sort));
    let found = if filter.is_empty() {
        walked_ids(lists, &source, key.columns, key.descending, limit).await?
    } else {
        collected_ids(lists, &source, key.columns, key.descending, limit).await?
    };
    Ok(found.into_iter().map(SlotId).collect())
}

/// Walks along the order of the list, and picks the rows that match.
async fn walk(
    lists: &dyn Readers,
    filter: &SlotFilter<'_>,
    request: &PageRequest,
    sort: SlotSort,
) -> StoreResult<Vec<Row>> {
    let columns = request.sort().columns;
    // The order of contacts is walked among them, any other one among the slots.
    let (walked, joined) = if is_by_contact(sort) {
        ("contacts", " join slots on slots.key = contacts.slot_key")
    } else {
        ("slots", if filter.has_contact() { CONTACTS } else { "" })
    };
    let mut sql = query("select ");
    sql.push(SLOT_COLUMNS).push(", found.sort_value, found.sort_id from (select slots.key, ");
    push_sort_columns(&mut sql, columns);
    // The limit keeps the planner from doing anything but the walk.
    sql.push(" from (select * from ").push(walked).push(" where true");
    request.push_range(&mut sql, columns, WALKED_MAX);
    sql.push(") as ").push(walked).push(joined).push(" where true");
    filter.push_text(&mut sql, text::POSITION, "slots.search");
    push_conditions(&mut sql, filter);
    request.push_order(&mut sql, columns);
    sql.push(" limit ").push_bind(request.limit());
    sql.push(") as found cross join ").push(SLOT_TABLES).push(" where slots.key = found.key");
    request.push_order(&mut sql, SortColumns::FOUND);
    sql.once().fetch_all(lists).await
}
