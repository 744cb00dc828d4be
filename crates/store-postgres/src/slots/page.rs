//! Pages of the Mobile devices view.

use crate::text;
use domain::{
    Timestamp,
    list::{COUNTED_MAX, Page, SlotQuery, SlotSort},
    slot::{SlotRow, SlotStatus},
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
            slots::{
                SLOTS,
                contacts::{ContactWalk, Hint, statuses_with_text},
                filter::SlotFilter,
                is_by_contact, sort_key, sort_of,
            },
            statement::RowSource,
        },
    },
};

/// Rows that a walk passes at most in search of those that match: as many again as [`COUNTED_MAX`], up to which they are counted,
/// collected and sorted. If more match, a page is usually full by then; if they come later, they are collected after all.
const WALKED_MAX: u32 = 20_000;

/// The rows that match, by the indexes of what is filtered by.
struct Found<'a> {
    filter: &'a SlotFilter<'a>,
    /// The order that they are asked for in; `None` when they are only counted.
    sort: Option<SlotSort>,
}

impl RowSource for Found<'_> {
    fn push_to(&self, sql: &mut Statement<'_>) {
        if self.sort.is_none() && self.filter.has_contact() && !self.filter.needs_slots() {
            sql.push("contacts where true");
            self.filter.push_all_contact_facets(sql);
            return self.filter.push_contact(sql);
        }
        sql.push("slots");
        if self.sort.is_some_and(is_by_contact) || self.filter.has_contact() {
            sql.push(CONTACTS);
        }
        sql.push(" where true");
        text::push_found(sql, "slots.search", self.filter.words());
        push_conditions(sql, self.filter);
    }
}

/// The rows that have the text, and one of some states.
struct FoundOf<'a>(&'a SlotFilter<'a>, Vec<SlotStatus>);

impl RowSource for FoundOf<'_> {
    fn push_to(&self, sql: &mut Statement<'_>) {
        sql.push("slots where slots.status in ").push_list(self.1.iter().map(|status| status.as_str().to_owned()));
        text::push_found(sql, "slots.search", self.0.words());
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
    let total = count_up_to(lists, &Found { filter, sort: None }, COUNTED_MAX).await?;
    if filter.is_empty() || !total.is_exact {
        let walk = Walk { filter, request: &request, sort };
        let rows = walk.rows(lists).await?;
        // At the end of the list a page is never full.
        if walk.meets_all() || request.is_full(&rows) {
            return request.page(rows, total, slot_row);
        }
    }
    let source = Found { filter, sort: Some(sort) };
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
    let (key, source) = (sort_key(sort), Found { filter, sort: Some(sort) });
    let found = if is_by_contact(sort) && !filter.needs_slots() {
        let (statuses, descending) = (filter.statuses(), key.descending);
        ContactWalk { filter, statuses, page: None, descending, hint: Hint::EachInOrder }.ids(lists, limit).await?
    } else if filter.is_empty() {
        walked_ids(lists, &source, key.columns, key.descending, limit).await?
    } else {
        collected_ids(lists, &source, key.columns, key.descending, limit).await?
    };
    Ok(found.into_iter().map(SlotId).collect())
}

/// A walk along the order of the list, which picks the rows that match.
struct Walk<'a> {
    filter: &'a SlotFilter<'a>,
    request: &'a PageRequest,
    sort: SlotSort,
}

impl Walk<'_> {
    /// Whether a page that is not full is the last one: nothing is passed that does not match.
    fn meets_all(&self) -> bool {
        self.filter.is_empty() || self.is_of_contacts_alone()
    }

    fn is_of_contacts_alone(&self) -> bool {
        is_by_contact(self.sort) && !self.filter.needs_slots()
    }

    /// The rows.
    async fn rows(&self, lists: &dyn Readers) -> StoreResult<Vec<Row>> {
        let mut sql = query("select ");
        sql.push(SLOT_COLUMNS).push(", found.sort_value, found.sort_id from (");
        if self.is_of_contacts_alone() {
            self.push_contacts(&mut sql, self.filter.statuses(), self.request.limit());
        } else if is_by_contact(self.sort) {
            sql.push("select walked.key, walked.sort_value, walked.sort_id from (");
            let items = |statuses| FoundOf(self.filter, statuses);
            let statuses = statuses_with_text(lists, self.filter, self.request, items).await?;
            self.push_contacts(&mut sql, statuses, WALKED_MAX);
            sql.push(") as walked join slots on slots.key = walked.key");
            self.push_matching(&mut sql, SortColumns::WALKED);
        } else {
            self.push_slots(&mut sql);
        }
        sql.push(") as found cross join ").push(SLOT_TABLES).push(" where slots.key = found.key");
        self.request.push_order(&mut sql, SortColumns::FOUND);
        sql.once().fetch_all(lists).await
    }

    /// Appends a walk along the contacts.
    fn push_contacts(&self, sql: &mut Statement<'_>, statuses: Vec<SlotStatus>, limit: u32) {
        let (filter, descending) = (self.filter, self.request.reads_descending());
        ContactWalk { filter, statuses, page: Some(self.request), descending, hint: Hint::EachInOrder }
            .push_to(sql, limit.into());
    }

    /// Appends a walk along the slots.
    fn push_slots(&self, sql: &mut Statement<'_>) {
        let columns = self.request.sort().columns;
        sql.push("select slots.key, ");
        push_sort_columns(sql, columns);
        // The limit keeps the planner from doing anything but the walk.
        sql.push(" from (select * from slots where true");
        self.request.push_range(sql, columns, WALKED_MAX);
        sql.push(") as slots").push(if self.filter.has_contact() { CONTACTS } else { "" });
        self.push_matching(sql, columns);
    }

    /// Appends the conditions, the order, and the limit of a page.
    fn push_matching(&self, sql: &mut Statement<'_>, columns: SortColumns) {
        sql.push(" where true");
        self.filter.push_text(sql, text::POSITION, "slots.search");
        self.filter.push_facets(sql);
        self.filter.push_attention(sql);
        self.filter.push_person(sql);
        if !is_by_contact(self.sort) {
            self.filter.push_contact(sql);
        }
        self.request.push_order(sql, columns);
        sql.push(" limit ").push_bind(self.request.limit());
    }
}
