//! One action on many rows of the Mobile devices view, on many invitations, or on many people.

use crate::{
    list::{InvitationQuery, PersonQuery, SlotQuery},
    slot::SlotRow,
    types::{
        ids::{InvitationId, PersonId, SlotId},
        text_enum::text_enum,
    },
};
use serde::{Deserialize, Serialize};

/// Most rows of one bulk operation; a larger selection is refused as a whole.
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
        /// Asks a device where it is.
        Locate = "locate", "Locate";
        /// Locks the screen of a device.
        Lock = "lock", "Lock";
        /// Deletes a device.
        Delete = "delete", "Delete";
    }
}

impl BulkAction {
    /// Checks that this action applies to the kind of item in `row`, whatever its state.
    ///
    /// # Errors
    /// The action is for invitation items and the row is a device item, or the other way round.
    pub const fn check_applicable(self, row: &SlotRow) -> Result<(), NotApplicable> {
        match (self, row.device.is_some()) {
            (Self::Resend, true) => Err(NotApplicable::ResendDevice),
            (Self::Deactivate, true) => Err(NotApplicable::DeactivateDevice),
            (Self::Renew, false) => Err(NotApplicable::RenewItem),
            (Self::Delete, false) => Err(NotApplicable::DeleteItem),
            (Self::Locate | Self::Lock, false) => Err(NotApplicable::CommandItem),
            _ => Ok(()),
        }
    }
}

/// Why an action does not apply to a row; the message is for the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotApplicable {
    /// Resend: a device has connected already.
    #[error("A device has already connected with this invitation. Renew the device instead.")]
    ResendDevice,
    /// Deactivate: the row is a device item.
    #[error("This row is a device. Deactivate its invitation in Invitations.")]
    DeactivateDevice,
    /// Renew: there is no device yet.
    #[error("No device has connected yet. Resend the invitation instead.")]
    RenewItem,
    /// Delete: there is no device yet.
    #[error("No device has connected yet. Deactivate the invitation instead.")]
    DeleteItem,
    /// A command: there is no device yet.
    #[error("No device has connected yet.")]
    CommandItem,
}

/// The rows of a bulk operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Selection {
    /// These.
    Rows(Vec<SlotId>),
    /// All that match now, on every page.
    Matching(SlotQuery),
}

text_enum! {
    /// What is done to each invitation.
    InvitationAction {
        /// Sends its mail (again).
        Resend = "resend", "Resend";
        /// Invites its person again, unless they have an active invitation.
        Renew = "renew", "New invitation";
        /// Deactivates it.
        Deactivate = "deactivate", "Deactivate";
    }
}

/// The invitations of a bulk operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InvitationSelection {
    /// These.
    Invitations(Vec<InvitationId>),
    /// All that match now, on every page.
    Matching(InvitationQuery),
}

/// The people of a bulk operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PeopleSelection {
    /// These.
    People(Vec<PersonId>),
    /// All who match now, on every page.
    Matching(PersonQuery),
}
