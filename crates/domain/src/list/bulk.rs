//! One action on many rows of the Mobile devices view, or on many people.

use crate::{
    list::{PersonQuery, SlotQuery},
    slot::SlotRow,
    types::{
        ids::{PersonId, SlotId},
        text_enum::text_enum,
    },
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
    /// Why this is not for what stands in `row`, whatever its state.
    ///
    /// # Errors
    /// It is for invitation items and a device stands there, or the other way round.
    pub const fn check_applicable(self, row: &SlotRow) -> Result<(), NotApplicable> {
        match (self, row.device.is_some()) {
            (Self::Resend, true) => Err(NotApplicable::ResendDevice),
            (Self::Deactivate, true) => Err(NotApplicable::DeactivateDevice),
            (Self::Renew, false) => Err(NotApplicable::RenewItem),
            (Self::Delete, false) => Err(NotApplicable::DeleteItem),
            _ => Ok(()),
        }
    }
}

/// Why an action is not for what stands in a row; the message is for the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotApplicable {
    /// To send an invitation again that a device has answered.
    #[error("A device has answered this invitation. Renew the device instead.")]
    ResendDevice,
    /// To deactivate an invitation by way of one of its devices.
    #[error("A device stands in this row. Its invitation is deactivated in Invitations.")]
    DeactivateDevice,
    /// To renew where no device is.
    #[error("No device has answered yet. Resend the invitation instead.")]
    RenewItem,
    /// To delete where no device is.
    #[error("No device has answered yet. Deactivate the invitation instead.")]
    DeleteItem,
}

/// Which rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Selection {
    /// These.
    Rows(Vec<SlotId>),
    /// All that match at the moment, on whatever page they are.
    Matching(SlotQuery),
}

/// Which people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PeopleSelection {
    /// These.
    People(Vec<PersonId>),
    /// All who match at the moment, on whatever page they are.
    Matching(PersonQuery),
}
