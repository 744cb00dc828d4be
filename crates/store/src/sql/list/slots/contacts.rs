//! Rows in the order of their contacts.
//!
//! Each state has an order of its own in the index, so that a filter by state finds its rows without passing all others. The
//! orders of several states are merged, which an engine does as it reads: for a page it reads a few rows of each.

use super::filter::SlotFilter;
use crate::{
    StoreResult,
    sql::{
        database::{Readers, Statement, query},
        list::{
            count::count_up_to,
            keyset::{PageRequest, SortColumns, push_order},
            limit_value,
            statement::RowSource,
        },
    },
};
use domain::slot::SlotStatus;
use uuid::Uuid;

/// What is sorted by.
pub const CONTACT_ORDER: SortColumns = SortColumns { value: "contacts.at", id: "contacts.slot_id" };

/// The states to meet in search of a text. Invitation items are passed over if none has it: there may be a hundred thousand of
/// them before the first device. `rows_of` are the rows that have the text and one of some states.
pub async fn statuses_with_text<S: RowSource>(
    lists: &dyn Readers,
    filter: &SlotFilter<'_>,
    page: &PageRequest,
    rows_of: impl FnOnce(Vec<SlotStatus>) -> S,
) -> StoreResult<Vec<SlotStatus>> {
    let (mut statuses, items) = (filter.statuses(), filter.item_statuses());
    if filter.has_text() && !items.is_empty() && !page.reads_descending() {
        let found = count_up_to(lists, &rows_of(items.clone()), 1).await?;
        statuses.retain(|status| found.counted > 0 || !items.contains(status));
    }
    Ok(statuses)
}

/// A walk along the order of contacts, past the rows that have the state, platform, ownership and contact of a filter. The
/// rest of the filter is for whoever reads their rows.
pub struct ContactWalk<'a> {
    /// The filter.
    pub filter: &'a SlotFilter<'a>,
    /// The states that are met.
    pub statuses: Vec<SlotStatus>,
    /// Where it begins; `None` at the beginning of the list.
    pub page: Option<&'a PageRequest>,
    /// Whether it begins with the latest contact.
    pub descending: bool,
    /// What the engine needs to hear.
    pub hint: Hint,
}

/// What an engine needs to hear, so that it merges the orders of several states as it reads.
#[derive(Clone, Copy)]
pub enum Hint {
    /// The name of the index, after that of the table.
    Index(&'static str),
    /// The order and the limit for each state. Without these PostgreSQL reads all rows and sorts them.
    EachInOrder,
}

impl ContactWalk<'_> {
    /// Appends it: a query of `limit` rows at most, with the key of the slot as `key`, and the columns
    /// [`SortColumns::SELECTED`].
    pub fn push_to(&self, sql: &mut Statement<'_>, limit: i64) {
        for (place, status) in self.statuses.iter().enumerate() {
            sql.push(if place == 0 { "" } else { " union all " });
            match self.hint {
                Hint::Index(index) => self.push_of_status(sql, *status, index),
                Hint::EachInOrder if self.statuses.len() == 1 => self.push_of_status(sql, *status, ""),
                Hint::EachInOrder => {
                    sql.push("(");
                    self.push_of_status(sql, *status, "");
                    self.push_first(sql, CONTACT_ORDER, limit);
                    sql.push(")");
                }
            }
        }
        self.push_first(sql, SortColumns::SELECTED, limit);
    }

    fn push_first(&self, sql: &mut Statement<'_>, columns: SortColumns, limit: i64) {
        push_order(sql, columns, self.descending);
        sql.push(" limit ").push_bind(limit);
    }

    /// The ids of its rows in their order, at most `limit`: all that match, if the filter asks nothing of `slots`.
    pub async fn ids(&self, lists: &dyn Readers, limit: usize) -> StoreResult<Vec<Uuid>> {
        let mut sql = query("select sort_id from (");
        self.push_to(&mut sql, limit_value(limit));
        sql.push(") as walked");
        push_order(&mut sql, SortColumns::SELECTED, self.descending);
        sql.once().fetch_values(lists).await
    }

    fn push_of_status(&self, sql: &mut Statement<'_>, status: SlotStatus, index: &str) {
        sql.push(
            "select contacts.slot_key as key, contacts.at as sort_value, contacts.slot_id as sort_id from contacts",
        );
        sql.push(index).push(" where contacts.status = ").push_bind(status.as_str());
        self.filter.push_contact_facets(sql);
        self.filter.push_contact(sql);
        if let Some(page) = self.page {
            page.push_start(sql, CONTACT_ORDER);
        }
    }
}
