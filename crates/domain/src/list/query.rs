//! Queries: which rows of a list, in which order, and which page of them.

use super::{AttentionFilter, ContactFilter, InvitationFilter, InvitationSort, SlotSort};
use crate::{
    device::{Ownership, Platform},
    slot::SlotStatus,
    types::ids::PersonId,
};
use serde::{Deserialize, Serialize};

/// Page sizes that a list offers; the first is the default.
pub const PAGE_SIZES: [u32; 3] = [25, 50, 100];

/// Where a page starts (keyset pagination), as the URL contains it: opaque to everyone but the store that wrote it.
pub type Cursor = String;

/// The query for a page of the Mobile devices view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotQuery {
    /// Text that the person, the email, the device or its serial number contains; see [`crate::types::search`].
    pub search: String,
    /// Only rows with this status; `None`: all that are listed without being asked for.
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

/// The query for a page of the Invitations view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationQuery {
    /// Text that the person's name or email contains.
    pub search: String,
    /// Only invitations in this state.
    pub state: Option<InvitationFilter>,
    /// Order of the rows; newest first without it.
    pub sort: Option<InvitationSort>,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_a_size_that_is_offered() {
        assert_eq!([Some(25), Some(50), Some(100)].map(page_size), PAGE_SIZES);
        assert_eq!([None, Some(0), Some(51), Some(u32::MAX)].map(page_size), [25; 4]);
    }
}
