//! List queries: what the URL of a list says, and a page of its answer.

use crate::{ids::PersonId, slot::SlotStatus, text_enum::text_enum};
use serde::{Deserialize, Serialize};

/// Page sizes that a list offers; the first is the default.
pub const PAGE_SIZES: [u32; 3] = [25, 50, 100];
/// Longest search text that is looked for, in characters; what is longer is cut.
pub const SEARCH_MAX: usize = 100;

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

/// Where a page starts, as it stands in the URL: opaque to everyone but the store that wrote it.
pub type Cursor = String;

/// A page of the Mobile devices view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotQuery {
    /// Text that the person, the email, the device or its serial number contains.
    pub search: String,
    /// Only rows of this state.
    pub status: Option<SlotStatus>,
    /// Order of the rows.
    pub sort: Option<SlotSort>,
    /// Only rows of this person.
    pub person_id: Option<PersonId>,
    /// Rows after this place.
    pub after: Option<Cursor>,
    /// Rows before this place.
    pub before: Option<Cursor>,
    /// Rows on the page; one of [`PAGE_SIZES`].
    pub size: Option<u32>,
}

/// A page of the Invitations view, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationQuery {
    /// Text that the person's name or email contains.
    pub search: String,
    /// Only invitations of this state.
    pub state: Option<InvitationFilter>,
    /// Rows after this place.
    pub after: Option<Cursor>,
    /// Rows before this place.
    pub before: Option<Cursor>,
    /// Rows on the page; one of [`PAGE_SIZES`].
    pub size: Option<u32>,
}

/// A page of the People view, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonQuery {
    /// Text that the name or email contains.
    pub search: String,
    /// Rows after this place.
    pub after: Option<Cursor>,
    /// Rows before this place.
    pub before: Option<Cursor>,
    /// Rows on the page; one of [`PAGE_SIZES`].
    pub size: Option<u32>,
}

/// The page size to use for what a URL asked for.
pub fn page_size(asked: Option<u32>) -> u32 {
    asked.filter(|size| PAGE_SIZES.contains(size)).unwrap_or(PAGE_SIZES[0])
}

/// The search text to use for what a URL asked for: trimmed, cut, in lower case.
pub fn search_text(asked: &str) -> String {
    asked.trim().chars().take(SEARCH_MAX).collect::<String>().to_lowercase()
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// How many rows match in all.
    pub total: u64,
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
            next: self.next,
            previous: self.previous,
        }
    }
}
