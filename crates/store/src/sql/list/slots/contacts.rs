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
            keyset::{PageRequest, SortColumns, push_order},
            limit_value,
        },
    },
};
use domain::slot::SlotStatus;
use uuid::Uuid;

/// What is sorted by.
pub const CONTACT_ORDER: SortColumns = SortColumns { value: "contacts.at", id: "contacts.slot_id" };

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
    /// What the engine has to hear to take the index.
    pub hint: &'a str,
}

impl ContactWalk<'_> {
    /// Appends it: a query of `limit` rows at most, with the key of the slot as `key`, and the columns
    /// [`SortColumns::SELECTED`].
    pub fn push_to(&self, sql: &mut Statement<'_>, limit: i64) {
        for (place, status) in self.statuses.iter().enumerate() {
            sql.push(if place == 0 { "" } else { " union all " });
            self.push_of_status(sql, *status);
        }
        push_order(sql, SortColumns::SELECTED, self.descending);
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

    fn push_of_status(&self, sql: &mut Statement<'_>, status: SlotStatus) {
        sql.push(
            "select contacts.slot_key as key, contacts.at as sort_value, contacts.slot_id as sort_id from contacts",
        );
        sql.push(self.hint).push(" where contacts.status = ").push_bind(status.as_str());
        self.filter.push_contact_facets(sql);
        self.filter.push_contact(sql);
        if let Some(page) = self.page {
            page.push_start(sql, CONTACT_ORDER);
        }
    }
}
