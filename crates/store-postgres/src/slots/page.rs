//! Pages of the Mobile devices view.

use crate::{frequent::is_met_soon, text};
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

/// The same, before [`WALKED_MAX`]: usually the first rows fill the page. All that a walk may meet are read, also when it is full
/// sooner.
const WALKED_FIRST: u32 = 1500;

/// Rows that are counted at most where they have to be read for two conditions.
const READ_COUNTED_MAX: u64 = 2000;

/// The rows that match, by the indexes of what is filtered by.
struct Found<'a> {
    filter: &'a SlotFilter<'a>,
    /// Whether the text is looked for in each row that the other filters leave, and not in the index of texts.
    reads_text: bool,
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
        if self.reads_text {
            self.filter.push_text(sql, text::POSITION, "slots.search");
        } else {
            text::push_found(sql, "slots.search", self.filter.words());
        }
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
    // The index of texts has state, platform and ownership: a frequent text with these may be rare.
    let is_narrow = filter.has_facets() || asked.person_id.is_some();
    let reads_text = !is_narrow && is_met_soon(lists, "slots", filter.words()).await?;
    let is_read_for_two =
        filter.needs_slots() && filter.has_contact() || reads_text && filter.query.attention.is_some();
    let limit = if is_read_for_two { READ_COUNTED_MAX } else { COUNTED_MAX };
    let total = count_up_to(lists, &Found { filter, reads_text, sort: None }, limit).await?;
    if filter.is_empty() || !total.is_exact {
        let walk = Walk { filter, request: &request, sort };
        let rows = walk.rows(lists).await?;
        // At the end of the list a page is never full.
        if walk.meets_all() || request.is_full(&rows) {
            return request.page(rows, total, slot_row);
        }
    }
    let source = Found { filter, reads_text, sort: Some(sort) };
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
    let (key, source) = (sort_key(sort), Found { filter, reads_text: false, sort: Some(sort) });
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
        if self.is_of_contacts_alone() {
            let limit = self.request.limit();
            return self.fetch(lists, |sql| self.push_contacts(sql, self.filter.statuses(), limit)).await;
        }
        if !is_by_contact(self.sort) {
            return self.fetch(lists, |sql| self.push_slots(sql)).await;
        }
        let items = |statuses| FoundOf(self.filter, statuses);
        let statuses = statuses_with_text(lists, self.filter, self.request, items).await?;
        let rows = self.fetch(lists, |sql| self.push_read_contacts(sql, statuses.clone(), WALKED_FIRST)).await?;
        if self.request.is_full(&rows) {
            return Ok(rows);
        }
        self.fetch(lists, |sql| self.push_read_contacts(sql, statuses, WALKED_MAX)).await
    }

    /// The rest of rows whose keys and places in the order are found by what `push_found` appends.
    async fn fetch(&self, lists: &dyn Readers, push_found: impl FnOnce(&mut Statement<'_>)) -> StoreResult<Vec<Row>> {
        let mut sql = query("select ");
        sql.push(SLOT_COLUMNS).push(", found.sort_value, found.sort_id from (");
        push_found(&mut sql);
        sql.push(") as found cross join ").push(SLOT_TABLES).push(" where slots.key = found.key");
        self.request.push_order(&mut sql, SortColumns::FOUND);
        sql.once().fetch_all(lists).await
    }

    /// Appends a walk along at most `max` contacts, whose rows are read.
    fn push_read_contacts(&self, sql: &mut Statement<'_>, statuses: Vec<SlotStatus>, max: u32) {
        sql.push("select walked.key, walked.sort_value, walked.sort_id from (");
        self.push_contacts(sql, statuses, max);
        sql.push(") as walked join slots on slots.key = walked.key");
        self.push_matching(sql, SortColumns::WALKED);
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
