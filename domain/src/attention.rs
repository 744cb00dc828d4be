//! Why a row is stuck, and the next best action.

use crate::{
    Timestamp,
    invitation::Delivery,
    slot::{SlotRow, SlotStatus},
    text_enum::text_enum,
};
use serde::{Deserialize, Serialize};

/// A mail that nobody opened for this long is worth a second look, in seconds: two days.
pub const UNOPENED_AFTER_S: i64 = 2 * 24 * 3600;
/// An opened invitation without a device is stuck after this time, in seconds: one hour, well beyond the two minutes
/// that an enrollment takes.
pub const OPENED_WITHOUT_DEVICE_AFTER_S: i64 = 3600;
/// A device that has been "Pending…" for this long is stuck, in seconds: five minutes.
pub const PENDING_AFTER_S: i64 = 300;
/// A renewal without an answer is without effect after this time, in seconds: one day.
pub const RENEW_UNANSWERED_AFTER_S: i64 = 24 * 3600;

text_enum! {
    /// Why a row needs attention.
    Cause {
        /// The mail server refused the mail.
        MailFailed = "mail_failed", "Mail failed";
        /// Nobody opened the mail.
        NotOpened = "not_opened", "Sent but not opened";
        /// Opened, but no device came.
        NoDevice = "no_device", "Opened but no device";
        /// The enrollment stopped.
        Pending = "pending", "Pending";
        /// The agent lost permissions.
        PermissionsLost = "permissions_lost", "Permissions lost";
        /// The device is silent.
        NotSynchronizing = "not_synchronizing", "Not synchronizing";
        /// A renewal had no effect.
        RenewedWithoutEffect = "renewed_without_effect", "Renewed without effect";
    }
}

text_enum! {
    /// What to do about it.
    NextStep {
        /// Correct the email, then resend.
        CorrectEmail = "correct_email", "Correct the email";
        /// Send the invitation mail again.
        Resend = "resend", "Resend";
        /// Send the renewal mail.
        Renew = "renew", "Renew";
        /// Call the person.
        Contact = "contact", "Contact the person";
    }
}

/// Why a row is stuck, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attention {
    /// Why.
    pub cause: Cause,
    /// One plain sentence.
    pub sentence: String,
    /// What to do.
    pub next: NextStep,
}

/// What keeps `row` from going on, at `now`; `None` when nothing does.
pub fn attention(row: &SlotRow, now: Timestamp) -> Option<Attention> {
    let (cause, sentence, next) = if row.device.is_some() { of_device(row, now)? } else { of_invitation(row, now)? };
    Some(Attention { cause, sentence, next })
}

fn of_invitation(row: &SlotRow, now: Timestamp) -> Option<(Cause, String, NextStep)> {
    let age = now.seconds_since(row.status_since);
    if let Delivery::Failed { reason, .. } = &row.delivery {
        let sentence = format!("The mail to {} was not delivered: {reason}", row.email);
        return Some((Cause::MailFailed, sentence, NextStep::CorrectEmail));
    }
    match row.status {
        SlotStatus::Sent if age > UNOPENED_AFTER_S => Some((
            Cause::NotOpened,
            "The mail was delivered, but nobody has opened the invitation.".to_owned(),
            NextStep::Resend,
        )),
        SlotStatus::Opened if age > OPENED_WITHOUT_DEVICE_AFTER_S => Some((
            Cause::NoDevice,
            "The invitation was opened, but no device has answered.".to_owned(),
            NextStep::Resend,
        )),
        _ => None,
    }
}

fn of_device(row: &SlotRow, now: Timestamp) -> Option<(Cause, String, NextStep)> {
    let device = row.device.as_ref()?;
    let renewed_in_vain = device.renew_requested_at.is_some_and(|at| now.seconds_since(at) > RENEW_UNANSWERED_AFTER_S);
    if renewed_in_vain {
        let sentence = "A renewal was mailed, but the device has not come back.".to_owned();
        return Some((Cause::RenewedWithoutEffect, sentence, NextStep::Contact));
    }
    match row.status {
        SlotStatus::Pending if now.seconds_since(row.status_since) > PENDING_AFTER_S || device.error.is_some() => {
            Some((Cause::Pending, pending_sentence(device.step.label(), device.error.as_deref()), NextStep::Renew))
        }
        SlotStatus::PermissionsLost => {
            let sentence = format!("The agent no longer has: {}.", device.missing.join(", "));
            Some((Cause::PermissionsLost, sentence, NextStep::Renew))
        }
        SlotStatus::NotSynchronizing => Some((
            Cause::NotSynchronizing,
            "The device has not been in contact for longer than it should.".to_owned(),
            NextStep::Renew,
        )),
        _ => None,
    }
}

fn pending_sentence(step: &str, error: Option<&str>) -> String {
    match error {
        Some(error) => format!("The enrollment stopped at “{step}”: {error}"),
        None => format!("The enrollment stopped at “{step}”."),
    }
}
