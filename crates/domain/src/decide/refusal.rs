//! Why a decision is not taken.

use super::command::{DURATION_S, MESSAGE_MAX, PHONE_MAX};
use crate::{device::capabilities::Limitation, invitation::DeactivationReason};

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
    /// The device said that it cannot do this.
    #[error("This device cannot do that: {0}")]
    Unsupported(Limitation),
    /// A request about lost mode is under way.
    #[error("Lost mode was asked for already. Wait for the device, or cancel that request first.")]
    LostModePending,
    /// There is no lost mode to end.
    #[error("This device is not in lost mode.")]
    NotLost,
    /// What was asked is not acceptable.
    #[error(transparent)]
    Invalid(#[from] InvalidRequest),
}

/// What is wrong with what was asked; the message is for the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRequest {
    /// An invitation that would be over at once.
    #[error("The expiry has to be in the future.")]
    ExpiryPast,
    /// A message without text.
    #[error("The message is empty.")]
    MessageEmpty,
    /// More than [`MESSAGE_MAX`] characters.
    #[error("The message is too long: {MESSAGE_MAX} characters at most.")]
    MessageTooLong,
    /// Outside [`DURATION_S`].
    #[error("The duration has to be {} to {} seconds.", DURATION_S.start(), DURATION_S.end())]
    Duration,
    /// Nothing that a finder could read.
    #[error("Lost mode needs a message or a phone number to show.")]
    LostTextEmpty,
    /// Characters that no number has, or more than [`PHONE_MAX`].
    #[error("This is not a phone number: digits, spaces and + - / . ( ) # * only, {PHONE_MAX} characters at most.")]
    Phone,
}

/// What a person is told about an invitation that is not active.
pub const fn inactive_text(reason: DeactivationReason) -> &'static str {
    match reason {
        DeactivationReason::Manual => "This invitation was deactivated.",
        DeactivationReason::Replaced => "This invitation was replaced by a newer one. Use the latest mail.",
        DeactivationReason::Expired => "This invitation has expired.",
    }
}
