//! Causes of trouble in words: of one row, and of all rows that have it.

use super::{Words as _, label::missing_words};
use crate::{say, views::AttentionLine};
use domain::{
    invitation::Delivery,
    list::bulk::BulkAction,
    slot::{
        SlotRow,
        attention::{Cause, NextStep},
    },
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
            label: cause.words().to_owned(),
            sentence: sentence_for_all(cause).to_owned(),
            number,
            verb,
        }
    }
}

fn sentence_for_all(cause: Cause) -> &'static str {
    match cause {
        Cause::MailFailed => say::all_mail_failed(),
        Cause::NotOpened => say::all_not_opened(),
        Cause::NoDevice => say::all_no_device(),
        Cause::Pending => say::all_pending(),
        Cause::PermissionsLost => say::all_permissions_lost(),
        Cause::NotSynchronizing => say::all_not_synchronizing(),
        Cause::RenewedWithoutEffect => say::all_renewed_without_effect(),
    }
}

/// Why a row is stuck, in one plain sentence.
pub fn hint_sentence(cause: Cause, row: &SlotRow) -> String {
    match cause {
        Cause::MailFailed => {
            let reason = if let Delivery::Failed { reason, .. } = &row.delivery { reason.as_str() } else { "" };
            say::why_mail_failed(&row.email, reason)
        }
        Cause::NotOpened => say::why_not_opened().to_owned(),
        Cause::NoDevice => say::why_no_device().to_owned(),
        Cause::Pending => pending_sentence(row),
        Cause::PermissionsLost => {
            say::why_permissions_lost(&missing_words(row.device.iter().flat_map(|device| &device.missing)))
        }
        Cause::NotSynchronizing => say::why_not_synchronizing().to_owned(),
        Cause::RenewedWithoutEffect => say::why_renewed_without_effect().to_owned(),
    }
}

fn pending_sentence(row: &SlotRow) -> String {
    let device = row.device.as_ref();
    let step = device.map(|device| device.step.words()).unwrap_or_default();
    match device.and_then(|device| device.error.as_deref()) {
        Some(error) => say::why_pending_error(step, error),
        None => say::why_pending(step),
    }
}
