//! The life cycles as pure decisions: each function takes an aggregate, what is asked, and the time, and returns a
//! [`Change`](crate::change::Change) or a [`Refusal`].

mod command;
mod draft;
mod enroll;
mod invite;
mod mail;
mod open;
mod person;
mod remind;
mod renew;
mod report;
mod silence;

#[cfg(test)]
mod tests;

pub use command::{cancel_command, expire_command, offer_commands, record_result, request_command};
pub use draft::Context;
pub use enroll::{Enrollment, enroll};
pub use invite::{InviteOptions, deactivate, invite, invite_if_none, resend};
pub use mail::{record_attempt, supersede};
pub use open::{accept, note_credentials_shown, note_fetch, open};
pub use person::{add_person, change_person};
pub use remind::remind;
pub use renew::{delete_device, renew_device};
pub use report::{note_contact, record_inventory, record_progress, record_state, rotate_secret, unenroll};
pub use silence::{Thresholds, note_silence};

use crate::invitation::DeactivationReason;

/// Seconds in which a second mail for the same thing is taken for a double click.
pub const RESEND_PAUSE_S: i64 = 60;

/// Why a decision was not taken; the message is for the user.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The invitation enrolls nothing any more.
    #[error("{}", inactive_text(*.0))]
    InvitationInactive(DeactivationReason),
    /// The person has no active invitation.
    #[error("There is no active invitation. Send a new one.")]
    NoActiveInvitation,
    /// There is an active invitation, which is left alone.
    #[error("There is an active invitation already.")]
    AlreadyInvited,
    /// A mail is on its way already.
    #[error("A mail is already on its way.")]
    MailAlreadyQueued,
    /// A mail was sent a moment ago.
    #[error("A mail was sent less than a minute ago.")]
    MailJustSent,
    /// The device was deleted, or never was.
    #[error("This device was deleted.")]
    NoSuchDevice,
    /// The device works; there is nothing to bring back.
    #[error("This device works: there is nothing to renew.")]
    NothingToRenew,
    /// The device said goodbye and has to enroll again.
    #[error("This device is unenrolled. It has to enroll again.")]
    DeviceUnenrolled,
    /// The command came to its end before.
    #[error("This command has already come to its end.")]
    CommandFinished,
    /// The command was taken back before the device began with it.
    #[error("This command was cancelled. It is not to be carried out.")]
    CommandCancelled,
    /// The command expired before the device began with it.
    #[error("This command has expired. It is not to be carried out.")]
    CommandExpired,
    /// The device said that it cannot do this; its reason.
    #[error("This device cannot do that: {0}")]
    Unsupported(String),
    /// A request about lost mode is under way.
    #[error("Lost mode was asked for already. Wait for the device, or cancel that request first.")]
    LostModePending,
    /// There is no lost mode to end.
    #[error("This device is not in lost mode.")]
    NotLost,
    /// A field is not acceptable.
    #[error("{0}")]
    Invalid(String),
}

/// What a person is told about an invitation that is not active.
pub const fn inactive_text(reason: DeactivationReason) -> &'static str {
    match reason {
        DeactivationReason::Manual => "This invitation was deactivated.",
        DeactivationReason::Replaced => "This invitation was replaced by a newer one. Use the latest mail.",
        DeactivationReason::Expired => "This invitation has expired.",
    }
}
