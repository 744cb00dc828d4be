//! Why a request is refused.

use super::command::{DURATION_S, MESSAGE_MAX, PHONE_MAX};
use crate::{device::capabilities::Limitation, invitation::DeactivationReason};
use serde::{Deserialize, Serialize};

/// Why a request is refused; the message is for the user.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The invitation enrolls nothing any more.
    #[error("{}", inactive_text(*.0))]
    InvitationInactive(DeactivationReason),
    /// The person has no active invitation.
    #[error("There is no active invitation. Send a new one.")]
    NoActiveInvitation,
    /// There is an active invitation, which stays as it is.
    #[error("There is already an active invitation.")]
    AlreadyInvited,
    /// A mail is on its way already.
    #[error("An email is already on its way.")]
    MailAlreadyQueued,
    /// A mail was sent a moment ago.
    #[error("An email was sent less than a minute ago.")]
    MailJustSent,
    /// The device was deleted, or never was.
    #[error("This device was deleted.")]
    NoSuchDevice,
    /// The device works; there is nothing to bring back.
    #[error("This device works, so there is nothing to renew.")]
    NothingToRenew,
    /// The device has unenrolled itself and has to enroll again.
    #[error("This device is unenrolled. It has to enroll again.")]
    DeviceUnenrolled,
    /// The device was erased.
    #[error("This device was wiped. It has to enroll again.")]
    DeviceWiped,
    /// The same hardware is enrolled as another device.
    #[error("This device was enrolled again. Use its newer row.")]
    DeviceReplaced,
    /// A wipe would be lost with the device.
    #[error("A wipe is waiting for this device. Deleting the device cancels the wipe, and the data stays on it.")]
    WipePending,
    /// The command has already reached a final state.
    #[error("This command has already finished.")]
    CommandFinished,
    /// The command was cancelled before the device began with it.
    #[error("This command was cancelled. It must not be carried out.")]
    CommandCancelled,
    /// The command expired before the device began with it.
    #[error("This command has expired. It must not be carried out.")]
    CommandExpired,
    /// The device reported that it cannot do this.
    #[error("This device cannot do that: {0}")]
    Unsupported(Limitation),
    /// A request about lost mode is open.
    #[error("Lost mode was already requested. Wait for the device, or cancel that request first.")]
    LostModePending,
    /// There is no lost mode to end.
    #[error("This device is not in lost mode.")]
    NotLost,
    /// A parameter of the request is invalid.
    #[error(transparent)]
    Invalid(#[from] InvalidRequest),
}

/// What is wrong with a request; the message is for the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvalidRequest {
    /// An invitation that would expire at once.
    #[error("The expiry date must be in the future.")]
    ExpiryPast,
    /// A message without text.
    #[error("The message is empty.")]
    MessageEmpty,
    /// More than [`MESSAGE_MAX`] characters.
    #[error("The message is too long: at most {MESSAGE_MAX} characters.")]
    MessageTooLong,
    /// Outside [`DURATION_S`].
    #[error("The duration must be between {} and {} seconds.", DURATION_S.start(), DURATION_S.end())]
    Duration,
    /// Neither a message nor a phone number for a finder.
    #[error("Lost mode needs a message or a phone number to show.")]
    LostTextEmpty,
    /// Characters that no phone number has, or more than [`PHONE_MAX`].
    #[error("This is not a phone number. Use only digits, spaces and + - / . ( ) # *, at most {PHONE_MAX} characters.")]
    Phone,
}

/// The message about an invitation that is not active.
pub const fn inactive_text(reason: DeactivationReason) -> &'static str {
    match reason {
        DeactivationReason::Manual => "This invitation was deactivated.",
        DeactivationReason::Replaced => "This invitation was replaced by a newer one. Use the latest email.",
        DeactivationReason::Expired => "This invitation has expired.",
    }
}
