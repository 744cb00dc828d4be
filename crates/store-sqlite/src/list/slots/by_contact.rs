//! Reads rows of the Mobile devices view in the order of contacts, which stand in a table of their own.

use super::{
    scan::{READ_MAX, SlotScan},
    source::{AccessPath, CONTACTS_IN_ORDER, FullTextEntriesOf, POSITION, SlotIndex, SlotSource, TextFilter},
};
use domain::{list::SlotSort, slot::SlotStatus, types::ids::SlotId};
use store::{
    StoreResult,
    sql::{
        database::{Readers, Row, Statement},
        list::{
            keyset::SortColumns,
            slots::{
                contacts::{ContactWalk, Hint, statuses_with_text},
                filter::SlotFilter,
                sort_key,
            },
            statement::RowSource as _,
        },
    },
};

/// Contacts whose rows are read in search of those that match, before all that match are collected.
const WALKED_MAX: u32 = 20_000;

/// The rows of a page.
pub(super) async fn rows(lists: &dyn Readers, scan: &SlotScan<'_>, text: TextFilter) -> StoreResult<Vec<Row>> {
    if !scan.filter.needs_slots() {
        return walk(scan).fetch_all(lists).await;
    }
    // Usually the first rows fill the page. All that a walk may meet are read, also when it is full sooner.
    let walks: &[u32] = match text {
        TextFilter::InRows => &[READ_MAX],
        // The full-text index has found that few rows have it.
        _ if scan.filter.has_text() => &[],
        _ => &[READ_MAX, WALKED_MAX],
    };
    if !walks.is_empty() {
        let items = |statuses| FullTextEntriesOf(scan.filter, statuses);
        let walk = walk_of(scan, statuses_with_text(lists, scan.filter, scan.request, items).await?);
        for max in walks {
            let rows = walk_reading_rows(scan, &walk, *max).fetch_all(lists).await?;
            if scan.request.is_full(&rows) {
                return Ok(rows);
            }
        }
    }
    collect(scan).fetch_all(lists).await
}

/// All rows, at most `limit`, by a filter that asks nothing of `slots`.
pub(super) async fn all(
    lists: &dyn Readers,
    filter: &SlotFilter<'_>,
    sort: SlotSort,
    limit: usize,
) -> StoreResult<Vec<SlotId>> {
    let (statuses, descending) = (filter.statuses(), sort_key(sort).descending);
    let walk = ContactWalk { filter, statuses, page: None, descending, hint: Hint::Index(CONTACTS_IN_ORDER) };
    Ok(walk.ids(lists, limit).await?.into_iter().map(SlotId).collect())
}

/// Every contact that is met belongs to the page.
fn walk(scan: &SlotScan<'_>) -> Statement<'static> {
    let mut sql = SlotScan::begin();
    walk_of(scan, scan.filter.statuses()).push_to(&mut sql, scan.request.limit().into());
    scan.finish(sql)
}

/// At most `max` contacts are met, and those of rows that match belong to the page.
fn walk_reading_rows(scan: &SlotScan<'_>, walk: &ContactWalk<'_>, max: u32) -> Statement<'static> {
    let mut sql = SlotScan::begin();
    sql.push("select walked.key, walked.sort_value, walked.sort_id from (");
    walk.push_to(&mut sql, max.into());
    sql.push(") as walked cross join slots on slots.key = walked.key where true");
    scan.filter.push_text(&mut sql, POSITION, "slots.search");
    scan.filter.push_attention(&mut sql);
    scan.filter.push_person(&mut sql);
    scan.request.push_order(&mut sql, SortColumns::WALKED);
    sql.push(" limit ").push_bind(scan.request.limit());
    scan.finish(sql)
}

/// All rows that match are found by what is filtered by, and sorted.
fn collect(scan: &SlotScan<'_>) -> Statement<'static> {
    let SlotScan { filter, sort, request } = *scan;
    let access = match SlotIndex::most_selective(filter) {
        Some(index) if !filter.has_text() => AccessPath::Index { index, text: TextFilter::Ignored },
        _ => AccessPath::FullText,
    };
    let mut sql = SlotScan::begin();
    sql.push("select slots.key, contacts.at as sort_value, contacts.slot_id as sort_id from ");
    SlotSource { filter, access, sort: Some(sort) }.push_to(&mut sql);
    request.push_range(&mut sql, request.sort().columns, request.limit());
    scan.finish(sql)
}

fn walk_of<'a>(scan: &SlotScan<'a>, statuses: Vec<SlotStatus>) -> ContactWalk<'a> {
    let SlotScan { filter, request, .. } = *scan;
    let descending = request.reads_descending();
    ContactWalk { filter, statuses, page: Some(request), descending, hint: Hint::Index(CONTACTS_IN_ORDER) }
}
