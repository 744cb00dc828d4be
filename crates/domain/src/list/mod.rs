//! Lists: the queries that URLs contain, and the pages that answer them.

pub mod bulk;

use crate::{
    device::{Ownership, Platform},
    slot::{SlotStatus, attention::Cause},
    types::{
        ids::PersonId,
        text_enum::{UnknownWord, text_enum},
    },
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

pub use crate::types::search::SEARCH_MAX;

/// Page sizes that a list offers; the first is the default.
pub const PAGE_SIZES: [u32; 3] = [25, 50, 100];
/// Rows that are counted at most; beyond that a page only reports that there are more.
pub const COUNTED_MAX: u64 = 10_000;

text_enum! {
    /// What a list of slots is sorted by.
    SlotSort {
        /// Newest row first.
        Newest = "newest", "Newest first";
        /// Oldest row first.
        Oldest = "oldest", "Oldest first";
        /// Person's name, A to Z.
        Name = "name", "Name A–Z";
        /// Person's name, Z to A.
        NameDesc = "-name", "Name Z–A";
        /// Longest without contact first.
        Contact = "contact", "Longest without contact";
        /// Latest contact first.
        ContactDesc = "-contact", "Latest contact";
        /// By life cycle: from the invitation that was not sent to the device that is unenrolled.
        Status = "status", "Status, first steps first";
        /// The same, reversed.
        StatusDesc = "-status", "Status, last steps first";
        /// What has needed attention for the longest time first, then what will need it soonest, then the rest.
        Attention = "attention", "Stuck for longest";
    }
}

text_enum! {
    /// What an invitation list is filtered by.
    InvitationFilter {
        /// Not sent.
        Created = "created", "Not sent";
        /// On its way.
        Queued = "queued", "Sending…";
        /// Sent.
        Sent = "sent", "Sent";
        /// Opened.
        Opened = "opened", "Opened";
        /// Deactivated, replaced or expired.
        Deactivated = "deactivated", "Deactivated";
    }
}

text_enum! {
    /// How long a device has not been in contact.
    ContactFilter {
        /// More than 24 hours.
        Day = "day", "Not for a day";
        /// More than 7 days.
        Week = "week", "Not for a week";
        /// More than 30 days.
        Month = "month", "Not for a month";
    }
}

impl ContactFilter {
    /// The silence that it requires, in seconds.
    pub const fn seconds(self) -> i64 {
        const DAY_S: i64 = 24 * 3600;
        match self {
            Self::Day => DAY_S,
            Self::Week => 7 * DAY_S,
            Self::Month => 30 * DAY_S,
        }
    }
}

/// Why a row needs attention. Sent as one word: `any`, or that of a [`Cause`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum AttentionFilter {
    /// Anything.
    Any,
    /// One cause.
    Cause(Cause),
}

impl AttentionFilter {
    /// The label that is shown.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Any => "Needs attention",
            Self::Cause(cause) => cause.label(),
        }
    }

    /// The word that is sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Cause(cause) => cause.as_str(),
        }
    }

    /// Every value: `any` first, then the causes.
    pub fn all() -> impl Iterator<Item = Self> {
        std::iter::once(Self::Any).chain(Cause::ALL.iter().copied().map(Self::Cause))
    }
}

impl fmt::Display for AttentionFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for AttentionFilter {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "any" { Ok(Self::Any) } else { text.parse().map(Self::Cause) }
    }
}

impl TryFrom<String> for AttentionFilter {
    type Error = UnknownWord;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<AttentionFilter> for String {
    fn from(filter: AttentionFilter) -> Self {
        filter.as_str().to_owned()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for AttentionFilter {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .enum_values(Some(Self::all().map(Self::as_str)))
            .description(Some("`any`, or one cause"))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for AttentionFilter {}

/// Where a page starts (keyset pagination), as the URL contains it: opaque to everyone but the store that wrote it.
pub type Cursor = String;

/// The query for a page of the Mobile devices view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotQuery {
    /// Text that the person, the email, the device or its serial number contains; see [`crate::types::search`].
    pub search: String,
    /// Only rows with this status.
    pub status: Option<SlotStatus>,
    /// Only devices of this platform.
    pub platform: Option<Platform>,
    /// Only devices of this ownership.
    pub ownership: Option<Ownership>,
    /// Only rows that need attention for this reason.
    pub attention: Option<AttentionFilter>,
    /// Only devices that were not in contact for this long.
    pub contact: Option<ContactFilter>,
    /// Order of the rows.
    pub sort: Option<SlotSort>,
    /// Only rows of this person.
    pub person_id: Option<PersonId>,
    /// Rows after this cursor.
    pub after: Option<Cursor>,
    /// Rows before this cursor.
    pub before: Option<Cursor>,
    /// Rows on the page; one of [`PAGE_SIZES`].
    pub size: Option<u32>,
}

/// The query for a page of the Invitations view, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationQuery {
    /// Text that the person's name or email contains.
    pub search: String,
    /// Only invitations in this state.
    pub state: Option<InvitationFilter>,
    /// Rows after this cursor.
    pub after: Option<Cursor>,
    /// Rows before this cursor.
    pub before: Option<Cursor>,
    /// Rows on the page; one of [`PAGE_SIZES`].
    pub size: Option<u32>,
}

/// The query for a page of the People view, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonQuery {
    /// Text that the name or email contains.
    pub search: String,
    /// Rows after this cursor.
    pub after: Option<Cursor>,
    /// Rows before this cursor.
    pub before: Option<Cursor>,
    /// Rows on the page; one of [`PAGE_SIZES`].
    pub size: Option<u32>,
}

/// The page size for what a URL requests: the default unless it is one of [`PAGE_SIZES`].
pub fn page_size(requested: Option<u32>) -> u32 {
    requested.filter(|size| PAGE_SIZES.contains(size)).unwrap_or(PAGE_SIZES[0])
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// How many rows match in all, or were counted.
    pub total: u64,
    /// False when there are more than `total` ("10,000+"): counting stops at [`COUNTED_MAX`], and sooner where rows would
    /// have to be read for it.
    pub total_is_exact: bool,
    /// Where the next page starts (`after`); `None` on the last page.
    pub next: Option<Cursor>,
    /// Where the previous page ends (`before`); `None` on the first page.
    pub previous: Option<Cursor>,
}

impl<T> Page<T> {
    /// The same page with other rows.
    pub fn map<U>(self, convert: impl FnMut(T) -> U) -> Page<U> {
        Page {
            rows: self.rows.into_iter().map(convert).collect(),
            total: self.total,
            total_is_exact: self.total_is_exact,
            next: self.next,
            previous: self.previous,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_of_an_attention_filter_is_read_back() {
        for filter in AttentionFilter::all() {
            assert_eq!(filter.to_string().parse(), Ok(filter));
            let json = serde_json::to_string(&filter).unwrap();
            assert_eq!(serde_json::from_str::<AttentionFilter>(&json).unwrap(), filter);
        }
        assert_eq!("nothing".parse::<AttentionFilter>(), Err(UnknownWord));
    }
}
