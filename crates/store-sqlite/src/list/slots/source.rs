//! Where the rows of the Mobile devices view come from: which index finds them, and how a text is searched for in them.

use super::filter::{full_text_query, full_text_query_of, push_facets_for_index};
use domain::{list::SlotSort, slot::SlotStatus};
use store::sql::{
    database::Statement,
    list::{
        slots::{filter::SlotFilter, is_by_contact},
        statement::RowSource,
    },
};

/// The function that looks for a text in another.
pub(crate) const POSITION: &str = "instr";
/// What makes SQLite take the index of contacts.
pub(super) const CONTACTS_IN_ORDER: &str = " indexed by contacts_in_order";

/// How rows are found.
#[derive(Clone, Copy)]
pub(super) enum AccessPath {
    /// By the full-text index on text and facets.
    FullText,
    /// By an index on columns.
    Index {
        /// The index.
        index: SlotIndex,
        /// How the text is searched for in the rows that it finds.
        text: TextFilter,
    },
}

/// An index of `slots`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum SlotIndex {
    /// In the order of creation.
    Creation,
    /// In the order of names.
    Name,
    /// In the order of the last contact.
    Contact,
    /// In the order of the life cycle.
    Status,
    /// In the order of the moments from which rows need attention.
    Stuck,
    /// By person.
    Person,
    /// By status, platform and ownership.
    Facets,
    /// Rows that need attention now or later, by cause.
    Attention,
}

impl SlotIndex {
    /// The index that has the order of a list.
    pub(super) fn in_order_of(sort: SlotSort) -> Self {
        match sort {
            SlotSort::Newest | SlotSort::Oldest => Self::Creation,
            SlotSort::Name | SlotSort::NameDesc => Self::Name,
            SlotSort::Contact | SlotSort::ContactDesc => Self::Contact,
            SlotSort::Status | SlotSort::StatusDesc => Self::Status,
            SlotSort::Attention => Self::Stuck,
        }
    }

    /// The most selective index for the filters other than the text; `None` when there are none.
    pub(super) fn most_selective(filter: &SlotFilter<'_>) -> Option<Self> {
        let query = filter.query;
        [
            (query.person_id.is_some(), Self::Person),
            // It has the facets, too, so that rows without a cause are not looked up among the contacts.
            (query.attention.is_some() && filter.has_contact() && filter.status().is_none(), Self::Attention),
            (filter.has_facets(), Self::Facets),
            (query.attention.is_some(), Self::Attention),
            (query.contact.is_some(), Self::Contact),
        ]
        .into_iter()
        .find_map(|(is_filtered, index)| is_filtered.then_some(index))
    }

    fn name(self) -> &'static str {
        match self {
            Self::Creation => "slots_by_creation",
            Self::Name => "slots_by_name",
            Self::Contact => "contacts_in_order",
            Self::Status => "slots_by_status",
            Self::Stuck => "slots_by_stuck",
            Self::Person => "slots_by_person",
            Self::Facets => "slots_by_facets",
            Self::Attention => "slots_by_attention",
        }
    }
}

/// How a text is searched for in rows that an index on columns finds. Without a text all of them mean the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TextFilter {
    /// Not at all: the caller searches for it.
    Ignored,
    /// In each row, which has to be read for it: for few rows, or for texts that most rows have.
    InRows,
    /// Among the rows that the full-text index finds first: for texts that not too many rows have.
    FullText,
}

/// The rows that match a filter.
pub(super) struct SlotSource<'a> {
    /// The filter.
    pub(super) filter: &'a SlotFilter<'a>,
    /// How rows are found.
    pub(super) access: AccessPath,
    /// The order that they are asked for in; `None` when they are only counted.
    pub(super) sort: Option<SlotSort>,
}

impl RowSource for SlotSource<'_> {
    fn push_to(&self, sql: &mut Statement<'_>) {
        match self.access {
            AccessPath::FullText => self.push_full_text(sql),
            AccessPath::Index { index, .. } => self.push_index(sql, index),
        }
        self.filter.push_attention(sql);
        self.filter.push_contact(sql);
        self.filter.push_person(sql);
        if let AccessPath::Index { text, .. } = self.access {
            self.push_text(sql, text);
        }
    }
}

impl SlotSource<'_> {
    /// Appends the tables and the condition on text and facets.
    fn push_full_text(&self, sql: &mut Statement<'_>) {
        sql.push("slots_search cross join slots on slots.key = slots_search.rowid");
        self.push_contacts(sql);
        sql.push(" where slots_search match ");
        sql.push_bind(full_text_query(self.filter));
    }

    /// Appends the table, the index that SQLite has to use, and the conditions that it is made for.
    fn push_index(&self, sql: &mut Statement<'_>, index: SlotIndex) {
        if index == SlotIndex::Contact {
            return self.push_contacts_first(sql);
        }
        sql.push("slots indexed by ").push(index.name());
        self.push_contacts(sql);
        sql.push(" where true");
        match index {
            SlotIndex::Facets => push_facets_for_index(self.filter, sql),
            _ => self.filter.push_facets(sql),
        }
    }

    /// Appends the contacts, and their rows only if something is asked of these.
    fn push_contacts_first(&self, sql: &mut Statement<'_>) {
        sql.push("contacts").push(CONTACTS_IN_ORDER);
        if self.sort.is_some() || self.filter.needs_slots() {
            sql.push(" cross join slots on slots.key = contacts.slot_key");
        }
        sql.push(" where true");
        self.filter.push_all_contact_facets(sql);
    }

    /// Appends the contacts of the rows that were found, if they are needed.
    fn push_contacts(&self, sql: &mut Statement<'_>) {
        if self.sort.is_some_and(is_by_contact) || self.filter.has_contact() {
            sql.push(" cross join contacts on contacts.slot_key = slots.key");
        }
    }

    fn push_text(&self, sql: &mut Statement<'_>, text: TextFilter) {
        match text {
            _ if !self.filter.has_text() => {}
            TextFilter::Ignored => {}
            TextFilter::InRows => self.filter.push_text(sql, POSITION, "slots.search"),
            TextFilter::FullText => {
                sql.push(" and slots.key in (select rowid from ");
                FullTextEntries(self.filter).push_to(sql);
                sql.push(")");
            }
        }
    }
}

/// The entries of the full-text index that match the text and the facets of a filter.
pub(super) struct FullTextEntries<'a>(pub(super) &'a SlotFilter<'a>);

/// The entries that match the text, and have one of some states.
pub(super) struct FullTextEntriesOf<'a>(pub(super) &'a SlotFilter<'a>, pub(super) Vec<SlotStatus>);

impl RowSource for FullTextEntriesOf<'_> {
    fn push_to(&self, sql: &mut Statement<'_>) {
        sql.push("slots_search where slots_search match ").push_bind(full_text_query_of(self.0, &self.1));
    }
}

impl RowSource for FullTextEntries<'_> {
    fn push_to(&self, sql: &mut Statement<'_>) {
        sql.push("slots_search where slots_search match ").push_bind(full_text_query(self.0));
    }
}
