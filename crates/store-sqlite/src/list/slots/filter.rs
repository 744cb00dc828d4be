//! The filters of the Mobile devices view, as SQL conditions. Each appends itself with ` and ` before it.

use crate::{
    facets,
    list::statement::{phrase, phrases},
};
use domain::{
    Timestamp,
    device::{Ownership, Platform},
    list::{AttentionFilter, SlotQuery},
    slot::SlotStatus,
    types::search::needles,
};
use sqlx::{QueryBuilder, Sqlite};

/// The filters of a query at a moment.
pub(super) struct SlotFilter<'a> {
    /// The query.
    pub(super) query: &'a SlotQuery,
    now: i64,
    words: Vec<String>,
}

impl<'a> SlotFilter<'a> {
    pub(super) fn new(query: &'a SlotQuery, now: Timestamp) -> Self {
        Self { query, now: now.as_millis(), words: needles(&query.search) }
    }

    /// Whether a text is searched for.
    pub(super) fn has_text(&self) -> bool {
        !self.words.is_empty()
    }

    /// Whether there is a filter by status, platform or ownership.
    pub(super) fn has_facets(&self) -> bool {
        let SlotQuery { status, platform, ownership, .. } = self.query;
        status.is_some() || platform.is_some() || ownership.is_some()
    }

    /// Whether contacts decide which rows match.
    pub(super) fn has_contact(&self) -> bool {
        self.query.contact.is_some()
    }

    /// Whether the full-text index alone decides which rows match: it knows text and facets, but nothing else.
    pub(super) fn is_text_with_facets(&self) -> bool {
        let SlotQuery { attention, contact, person_id, .. } = self.query;
        self.has_text() && attention.is_none() && contact.is_none() && person_id.is_none()
    }

    /// The full-text query: the text together with the facets, so that rows are read for neither.
    pub(super) fn full_text_query(&self) -> String {
        let mut expression = format!("search : ({})", phrases(&self.words));
        let SlotQuery { status, platform, ownership, .. } = self.query;
        let facets = [status.map(facets::status), platform.map(facets::platform), ownership.map(facets::ownership)];
        for facet in facets.into_iter().flatten() {
            expression.push_str(" AND facets : ");
            expression.push_str(&phrase(facet));
        }
        if status.is_none() {
            for unlisted in unlisted() {
                expression.push_str(" NOT facets : ");
                expression.push_str(&phrase(facets::status(unlisted)));
            }
        }
        expression
    }

    /// The words are in `column`, which is read for them.
    pub(super) fn push_text(&self, sql: &mut QueryBuilder<Sqlite>, column: &'static str) {
        for word in &self.words {
            sql.push(" and instr(").push(column).push(", ").push_bind(word.clone()).push(") > 0");
        }
    }

    /// Status, platform and ownership.
    pub(super) fn push_facets(&self, sql: &mut QueryBuilder<Sqlite>) {
        let SlotQuery { status, platform, ownership, .. } = self.query;
        if status.is_none() {
            for unlisted in unlisted() {
                sql.push(" and slots.status <> ").push_bind(unlisted.as_str());
            }
        }
        push_equals(sql, "slots.status", status.map(SlotStatus::as_str));
        push_equals(sql, "slots.platform", platform.map(Platform::as_str));
        push_equals(sql, "slots.ownership", ownership.map(Ownership::as_str));
    }

    /// Status, platform and ownership by their index. A column that is not filtered by is compared with every value that a
    /// listed row can have: otherwise the index would not narrow the search by the columns that follow it.
    pub(super) fn push_facets_for_index(&self, sql: &mut QueryBuilder<Sqlite>) {
        let SlotQuery { status, platform, ownership, .. } = self.query;
        let statuses = SlotStatus::ALL.iter().filter(|s| s.is_listed()).map(|s| s.as_str());
        let platforms = Platform::ALL.iter().map(|p| p.as_str()).chain([""]);
        let ownerships = Ownership::ALL.iter().map(|o| o.as_str()).chain([""]);
        push_one_of(sql, "slots.status", status.map(SlotStatus::as_str), statuses);
        push_one_of(sql, "slots.platform", platform.map(Platform::as_str), platforms);
        push_one_of(sql, "slots.ownership", ownership.map(Ownership::as_str), ownerships);
    }

    /// The row needs attention now.
    pub(super) fn push_attention(&self, sql: &mut QueryBuilder<Sqlite>) {
        let Some(attention) = self.query.attention else { return };
        // From the first moment on there is a cause at any time.
        sql.push(" and slots.cause_from <= ").push_bind(self.now);
        if let AttentionFilter::Cause(cause) = attention {
            sql.push(" and case when slots.later_cause_from <= ").push_bind(self.now);
            sql.push(" then slots.later_cause else slots.cause end = ").push_bind(cause.as_str());
        }
    }

    /// The device has not been in contact for some time.
    pub(super) fn push_contact(&self, sql: &mut QueryBuilder<Sqlite>) {
        if let Some(contact) = self.query.contact {
            let silent_since = self.now - contact.seconds() * 1000;
            sql.push(" and contacts.at > 0 and contacts.at < ").push_bind(silent_since);
        }
    }

    /// The row belongs to a person.
    pub(super) fn push_person(&self, sql: &mut QueryBuilder<Sqlite>) {
        if let Some(person) = self.query.person_id {
            sql.push(" and slots.person_id = ").push_bind(person.0);
        }
    }
}

/// The states whose rows are listed only where they are asked for.
pub(super) fn unlisted() -> impl Iterator<Item = SlotStatus> {
    SlotStatus::ALL.iter().copied().filter(|status| !status.is_listed())
}

fn push_equals(sql: &mut QueryBuilder<Sqlite>, column: &'static str, value: Option<&'static str>) {
    if let Some(value) = value {
        sql.push(" and ").push(column).push(" = ").push_bind(value);
    }
}

/// As [`push_equals`]; without a value, the column has one of all values.
fn push_one_of(
    sql: &mut QueryBuilder<Sqlite>,
    column: &'static str,
    value: Option<&'static str>,
    all: impl Iterator<Item = &'static str>,
) {
    if value.is_some() {
        return push_equals(sql, column, value);
    }
    sql.push(" and ").push(column).push(" in (");
    let mut list = sql.separated(", ");
    for value in all {
        list.push_bind(value);
    }
    sql.push(")");
}
