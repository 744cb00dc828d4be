//! What rows of the Mobile devices view are filtered by, as SQL.

use crate::facets;
use domain::{
    Timestamp,
    device::{Ownership, Platform},
    list::{AttentionFilter, SlotQuery},
    slot::SlotStatus,
    types::search::needle,
};
use sqlx::{QueryBuilder, Sqlite};

/// Where rows are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// Along the time at which they appeared.
    Creation,
    /// Along the names.
    Name,
    /// Along the last contacts.
    Contact,
    /// Along the life cycle.
    Status,
    /// Along the moments from which they need attention.
    Stuck,
    /// Among those of a person.
    Person,
    /// Among those of a state, a platform, an ownership.
    Facets,
    /// Among those that need attention now or later.
    Attention,
    /// Among those that contain a text.
    Text,
}

/// How a text is looked for in rows that come from elsewhere than the search index.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextBy {
    /// Not at all: the other filters are asked alone.
    Nothing,
    /// In the row itself, which has to be read for it: for few rows, or texts that most rows have.
    Reading,
    /// Among the rows that the search index collects first: for texts that not too many rows have.
    Index,
}

/// The filters of a query at a moment.
pub(crate) struct Filter<'a> {
    query: &'a SlotQuery,
    now: i64,
    needle: Option<String>,
}

impl<'a> Filter<'a> {
    pub(crate) fn new(query: &'a SlotQuery, now: Timestamp) -> Self {
        Self { query, now: now.as_millis(), needle: needle(&query.search) }
    }

    /// Whether a text is looked for.
    pub(crate) fn has_text(&self) -> bool {
        self.needle.is_some()
    }

    /// Where the fewest rows are passed over in vain, the text apart; `None` when nothing else is filtered by.
    pub(crate) fn narrowest(&self) -> Option<Source> {
        let query = self.query;
        let has_facets = query.status.is_some() || query.platform.is_some() || query.ownership.is_some();
        [
            (query.person_id.is_some(), Source::Person),
            (has_facets, Source::Facets),
            (query.attention.is_some(), Source::Attention),
            (query.contact.is_some(), Source::Contact),
        ]
        .into_iter()
        .find_map(|(is_asked, source)| is_asked.then_some(source))
    }

    /// Whether the search index alone tells which rows match.
    pub(crate) fn is_text_with_facets(&self) -> bool {
        let SlotQuery { attention, contact, person_id, .. } = self.query;
        self.has_text() && attention.is_none() && contact.is_none() && person_id.is_none()
    }

    /// Appends the search index with its condition on text and facets, what follows `from`.
    pub(crate) fn push_search_index(&self, sql: &mut QueryBuilder<Sqlite>) {
        sql.push("slots_search where slots_search match ").push_bind(self.search_expression());
    }

    /// Appends the condition that rows contain the text.
    pub(crate) fn push_reading(&self, sql: &mut QueryBuilder<Sqlite>, column: &str) {
        if let Some(needle) = &self.needle {
            sql.push(" and instr(").push(column).push(", ").push_bind(needle.clone()).push(") > 0");
        }
    }

    /// Appends tables and conditions, what follows `from`. Where rows come from the search index, `text` is of no account.
    pub(crate) fn push_from(&self, sql: &mut QueryBuilder<Sqlite>, source: Source, text: TextBy) {
        if source == Source::Text {
            sql.push("slots_search cross join slots on slots.key = slots_search.rowid where slots_search match ");
            sql.push_bind(self.search_expression());
        } else {
            sql.push("slots indexed by ").push(index(source)).push(" where true");
            self.push_facets(sql, source == Source::Facets);
        }
        self.push_attention(sql, source == Source::Attention);
        if let Some(contact) = self.query.contact {
            let silent_since = self.now - contact.seconds() * 1000;
            sql.push(" and slots.last_contact_at > 0 and slots.last_contact_at < ").push_bind(silent_since);
        }
        if let Some(person) = self.query.person_id {
            sql.push(" and slots.person_id = ").push_bind(person.0);
        }
        match text {
            _ if source == Source::Text || !self.has_text() => {}
            TextBy::Nothing => {}
            TextBy::Reading => self.push_reading(sql, "slots.search"),
            TextBy::Index => {
                sql.push(" and slots.key in (select rowid from ");
                self.push_search_index(sql);
                sql.push(")");
            }
        }
    }

    /// What the search index is asked: the text together with the facets, so that rows are read for neither.
    fn search_expression(&self) -> String {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let mut expression = format!("search : {}", quoted(self.needle.as_deref().unwrap_or_default()));
        let SlotQuery { status, platform, ownership, .. } = self.query;
        let facets = [status.map(facets::status), platform.map(facets::platform), ownership.map(facets::ownership)];
        for facet in facets.into_iter().flatten() {
            expression.push_str(" AND facets : ");
            expression.push_str(&quoted(facet));
        }
        expression
    }

    /// Appends the conditions on state, platform and ownership. Along their own index, the one that is not asked for is
    /// asked for in every value, so that the next one narrows the range as well.
    fn push_facets(&self, sql: &mut QueryBuilder<Sqlite>, along_their_index: bool) {
        let SlotQuery { status, platform, ownership, .. } = self.query;
        let all = |words: Vec<&'static str>| if along_their_index { words } else { Vec::new() };
        let statuses = all(SlotStatus::ALL.iter().map(|s| s.as_str()).collect());
        let platforms = all(Platform::ALL.iter().map(|p| p.as_str()).chain([""]).collect());
        let ownerships = all(Ownership::ALL.iter().map(|o| o.as_str()).chain([""]).collect());
        push_one_of(sql, "slots.status", status.map(SlotStatus::as_str), &statuses);
        push_one_of(sql, "slots.platform", platform.map(Platform::as_str), &platforms);
        push_one_of(sql, "slots.ownership", ownership.map(Ownership::as_str), &ownerships);
    }

    fn push_attention(&self, sql: &mut QueryBuilder<Sqlite>, along_their_index: bool) {
        let Some(attention) = self.query.attention else { return };
        if along_their_index {
            sql.push(" and slots.cause is not null");
        }
        // Whatever comes later: from the first cause on there always is one.
        sql.push(" and slots.cause_from <= ").push_bind(self.now);
        if let AttentionFilter::Cause(cause) = attention {
            sql.push(" and case when slots.later_cause_from <= ").push_bind(self.now);
            sql.push(" then slots.later_cause else slots.cause end = ").push_bind(cause.as_str());
        }
    }
}

fn index(source: Source) -> &'static str {
    match source {
        Source::Creation | Source::Text => "slots_by_creation",
        Source::Name => "slots_by_name",
        Source::Contact => "slots_by_contact",
        Source::Status => "slots_by_status",
        Source::Stuck => "slots_by_stuck",
        Source::Person => "slots_by_person",
        Source::Facets => "slots_by_facets",
        Source::Attention => "slots_by_attention",
    }
}

fn push_one_of(sql: &mut QueryBuilder<Sqlite>, column: &str, asked: Option<&'static str>, all: &[&'static str]) {
    if let Some(word) = asked {
        sql.push(" and ").push(column).push(" = ").push_bind(word);
    } else if !all.is_empty() {
        sql.push(" and ").push(column).push(" in (");
        let mut words = sql.separated(", ");
        for word in all {
            words.push_bind(*word);
        }
        sql.push(")");
    }
}
