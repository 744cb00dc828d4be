//! The filters of the Mobile devices view, as SQL conditions. Each appends itself with ` and ` before it.

use crate::sql::{database::Statement, list::person_search::push_contains};
use domain::{
    Timestamp,
    device::{Ownership, Platform},
    list::{AttentionFilter, SlotQuery},
    slot::SlotStatus,
    types::search::needles,
};

/// The filters of a query at a moment.
pub struct SlotFilter<'a> {
    /// The query.
    pub query: &'a SlotQuery,
    now: i64,
    words: Vec<String>,
}

impl<'a> SlotFilter<'a> {
    /// The filters of `query` at `now`.
    pub fn new(query: &'a SlotQuery, now: Timestamp) -> Self {
        Self { query, now: now.as_millis(), words: needles(&query.search) }
    }

    /// Whether a text is searched for.
    pub fn has_text(&self) -> bool {
        !self.words.is_empty()
    }

    /// Whether there is a filter by status, platform or ownership.
    pub fn has_facets(&self) -> bool {
        let SlotQuery { status, platform, ownership, .. } = self.query;
        status.is_some() || platform.is_some() || ownership.is_some()
    }

    /// The state that every matching row has, if there is one: it is asked for, or only its rows have the cause.
    pub fn status(&self) -> Option<SlotStatus> {
        let of_cause = match self.query.attention {
            Some(AttentionFilter::Cause(cause)) => cause.status(),
            Some(AttentionFilter::Any) | None => None,
        };
        self.query.status.or(of_cause)
    }

    /// The states that matching rows can have.
    pub fn statuses(&self) -> Vec<SlotStatus> {
        if let Some(status) = self.status() {
            return vec![status];
        }
        let SlotQuery { platform, ownership, contact, .. } = self.query;
        let is_device = platform.is_some() || ownership.is_some() || contact.is_some();
        let listed = SlotStatus::ALL.iter().copied().filter(|status| status.is_listed());
        listed.filter(|status| !is_device || status.is_device()).collect()
    }

    /// Those of them that are states of invitation items. Items have had no contact: where the earliest contact comes first,
    /// all of them come before all devices. Empty if the filter leaves no devices.
    pub fn item_statuses(&self) -> Vec<SlotStatus> {
        let (devices, items): (Vec<_>, Vec<_>) = self.statuses().into_iter().partition(|status| status.is_device());
        if devices.is_empty() { Vec::new() } else { items }
    }

    /// Whether anything is filtered by that stands in `slots` alone, and not with the contacts.
    pub fn needs_slots(&self) -> bool {
        self.has_text() || self.query.attention.is_some() || self.query.person_id.is_some()
    }

    /// Whether contacts decide which rows match.
    pub fn has_contact(&self) -> bool {
        self.query.contact.is_some()
    }

    /// The words that are searched for.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Whether nothing is filtered by.
    pub fn is_empty(&self) -> bool {
        let SlotQuery { attention, contact, person_id, .. } = self.query;
        !self.has_text() && !self.has_facets() && attention.is_none() && contact.is_none() && person_id.is_none()
    }

    /// The words are in `column`, which is read for them. `position` is the function that looks for them.
    pub fn push_text(&self, sql: &mut Statement<'_>, position: &str, column: &str) {
        push_contains(sql, position, column, &self.words);
    }

    /// Status, platform and ownership.
    pub fn push_facets(&self, sql: &mut Statement<'_>) {
        let SlotQuery { platform, ownership, .. } = self.query;
        let status = self.status();
        if status.is_none() {
            for unlisted in unlisted() {
                sql.push(" and slots.status <> ").push_bind(unlisted.as_str());
            }
        }
        push_equals(sql, "slots.status", status.map(SlotStatus::as_str));
        push_equals(sql, "slots.platform", platform.map(Platform::as_str));
        push_equals(sql, "slots.ownership", ownership.map(Ownership::as_str));
    }

    /// Status, platform and ownership, as they stand with the contacts.
    pub fn push_all_contact_facets(&self, sql: &mut Statement<'_>) {
        sql.push(" and contacts.status in ").push_list(self.statuses().into_iter().map(|s| s.as_str().to_owned()));
        self.push_contact_facets(sql);
    }

    /// Platform and ownership, as they stand with the contacts.
    pub fn push_contact_facets(&self, sql: &mut Statement<'_>) {
        push_equals(sql, "contacts.platform", self.query.platform.map(Platform::as_str));
        push_equals(sql, "contacts.ownership", self.query.ownership.map(Ownership::as_str));
    }

    /// The row needs attention now.
    pub fn push_attention(&self, sql: &mut Statement<'_>) {
        let Some(attention) = self.query.attention else { return };
        // From the first moment on there is a cause at any time. That there is one at all is what the index asks for.
        sql.push(" and slots.cause is not null and slots.cause_from <= ").push_bind(self.now);
        if let AttentionFilter::Cause(cause) = attention {
            sql.push(" and case when slots.later_cause_from <= ").push_bind(self.now);
            sql.push(" then slots.later_cause else slots.cause end = ").push_bind(cause.as_str());
        }
    }

    /// The device has not been in contact for some time.
    pub fn push_contact(&self, sql: &mut Statement<'_>) {
        if let Some(contact) = self.query.contact {
            let silent_since = self.now - contact.seconds() * 1000;
            sql.push(" and contacts.at > 0 and contacts.at < ").push_bind(silent_since);
        }
    }

    /// The row belongs to a person.
    pub fn push_person(&self, sql: &mut Statement<'_>) {
        if let Some(person) = self.query.person_id {
            sql.push(" and slots.person_id = ").push_bind(person.0);
        }
    }
}

/// The states whose rows are listed only where they are asked for.
pub fn unlisted() -> impl Iterator<Item = SlotStatus> {
    SlotStatus::ALL.iter().copied().filter(|status| !status.is_listed())
}

/// A column has a value, if one is given.
pub fn push_equals(sql: &mut Statement<'_>, column: &str, value: Option<&'static str>) {
    if let Some(value) = value {
        sql.push(" and ").push(column).push(" = ").push_bind(value);
    }
}
