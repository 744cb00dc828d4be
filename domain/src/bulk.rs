//! One action on many rows of the Mobile devices view, with a result for each.

use crate::{
    ids::{PersonId, SlotId},
    list::{PersonQuery, SlotQuery},
    slot::SlotRow,
    text_enum::text_enum,
};
use serde::{Deserialize, Serialize};

/// Rows that one bulk operation takes at most; more are refused before anything is done.
pub const BULK_MAX: usize = 10_000;

text_enum! {
    /// What is done to each row.
    BulkAction {
        /// Sends the mail of an invitation (again).
        Resend = "resend", "Resend";
        /// Deactivates an invitation.
        Deactivate = "deactivate", "Deactivate";
        /// Mails how to bring a device back.
        Renew = "renew", "Renew";
        /// Deletes a device.
        Delete = "delete", "Delete";
    }
}

impl BulkAction {
    /// Why this is not for what stands in `row`, whatever its state; `None` when it is.
    pub const fn unfit(self, row: &SlotRow) -> Option<&'static str> {
        match (self, row.device.is_some()) {
            (Self::Resend, true) => Some("A device has answered this invitation. Renew the device instead."),
            (Self::Deactivate, true) => {
                Some("A device stands in this row. Its invitation is deactivated in Invitations.")
            }
            (Self::Renew, false) => Some("No device has answered yet. Resend the invitation instead."),
            (Self::Delete, false) => Some("No device has answered yet. Deactivate the invitation instead."),
            _ => None,
        }
    }
}

/// Which rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Selection {
    /// These.
    Rows(Vec<SlotId>),
    /// All that match at the moment, on whatever page they are.
    Matching(SlotQuery),
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkResult {
    /// The row.
    pub slot_id: SlotId,
    /// Name of its person; empty when the row is gone.
    pub name: String,
    /// Why nothing was done, as a sentence; `null` when it was done.
    pub refusal: Option<String>,
}

/// Which people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PeopleSelection {
    /// These.
    People(Vec<PersonId>),
    /// All who match at the moment, on whatever page they are.
    Matching(PersonQuery),
}

/// What became of a person's invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonResult {
    /// The person.
    pub person_id: PersonId,
    /// Name; empty when the person is gone.
    pub name: String,
    /// Why there is no new invitation, as a sentence; `null` when there is one.
    pub refusal: Option<String>,
}
