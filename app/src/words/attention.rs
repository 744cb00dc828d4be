//! Causes of trouble in words, and what helps all rows of one.

use crate::views::AttentionLine;
use domain::{
    attention::{Cause, NextStep},
    bulk::BulkAction,
};

impl From<(Cause, u64)> for AttentionLine {
    fn from((cause, number): (Cause, u64)) -> Self {
        let verb = match cause.next_step() {
            NextStep::Resend => Some(BulkAction::Resend),
            NextStep::Renew => Some(BulkAction::Renew),
            // Each of these takes a look at the person.
            NextStep::CorrectEmail | NextStep::Contact => None,
        };
        Self {
            cause: cause.to_string(),
            label: cause.label().to_owned(),
            sentence: sentence(cause).to_owned(),
            number,
            verb,
        }
    }
}

const fn sentence(cause: Cause) -> &'static str {
    match cause {
        Cause::MailFailed => "The mail server refused the invitation. Correct the email, and the mail goes out again.",
        Cause::NotOpened => "The mail arrived days ago, and nobody has opened the invitation.",
        Cause::NoDevice => "Someone opened the invitation, but no device has answered since.",
        Cause::Pending => "The enrollment began and then stopped. A renewal mail leads the person through it again.",
        Cause::PermissionsLost => "The agent lost permissions that it needs. A renewal mail asks the person for them.",
        Cause::NotSynchronizing => {
            "The device has been silent for too long. A renewal mail asks the person to open the agent."
        }
        Cause::RenewedWithoutEffect => "A renewal was mailed, and the device has not come back. Talk to the person.",
    }
}
