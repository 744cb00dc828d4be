//! Causes for attention as text: of one row, and of all rows that have the cause.

use crate::{
    text::{self, Text as _, missing_text},
    wire::AttentionView,
};
use domain::{
    invitation::Delivery,
    list::bulk::BulkAction,
    slot::{
        SlotRow,
        attention::{Cause, NextStep},
    },
};

impl From<(Cause, u64)> for AttentionView {
    fn from((cause, number): (Cause, u64)) -> Self {
        let verb = match cause.next_step() {
            NextStep::Resend => Some(BulkAction::Resend),
            NextStep::Renew => Some(BulkAction::Renew),
            // These need a look at each person.
            NextStep::CorrectEmail
            | NextStep::Contact
            | NextStep::Compare
            | NextStep::LiftPace
            | NextStep::SetUpApple => None,
        };
        Self {
            cause: cause.to_string(),
            label: cause.text().to_owned(),
            sentence: sentence_for_all(cause).to_owned(),
            number,
            verb,
        }
    }
}

fn sentence_for_all(cause: Cause) -> &'static str {
    match cause {
        Cause::MailFailed => text::all_mail_failed(),
        Cause::NotOpened => text::all_not_opened(),
        Cause::NoDevice => text::all_no_device(),
        Cause::PushCertificate => text::all_push_certificate(),
        Cause::Pending => text::all_pending(),
        Cause::PermissionsLost => text::all_permissions_lost(),
        Cause::NotSynchronizing => text::all_not_synchronizing(),
        Cause::RenewedWithoutEffect => text::all_renewed_without_effect(),
        Cause::SeenTwice => text::all_seen_twice(),
        Cause::NotReachable => text::all_not_reachable(),
        Cause::OldTopic => text::all_old_topic(),
        Cause::CertificateExpires => text::all_certificate_expires(),
        Cause::TurnedAway => text::why_turned_away(),
    }
}

/// Why a row is stuck, in one plain sentence.
pub fn hint_sentence(cause: Cause, row: &SlotRow) -> String {
    match cause {
        Cause::MailFailed => {
            let reason = if let Delivery::Failed { reason, .. } = &row.delivery { reason.as_str() } else { "" };
            text::why_mail_failed(&row.email, reason)
        }
        Cause::NotOpened => text::why_not_opened().to_owned(),
        Cause::NoDevice => text::why_no_device().to_owned(),
        Cause::PushCertificate => text::why_push_certificate().to_owned(),
        Cause::Pending => pending_sentence(row),
        Cause::PermissionsLost => {
            text::why_permissions_lost(&missing_text(row.device.iter().flat_map(|device| &device.missing)))
        }
        Cause::NotSynchronizing => text::why_not_synchronizing().to_owned(),
        Cause::RenewedWithoutEffect => text::why_renewed_without_effect().to_owned(),
        Cause::SeenTwice => text::why_seen_twice().to_owned(),
        Cause::NotReachable => text::why_not_reachable().to_owned(),
        Cause::OldTopic => text::why_old_topic().to_owned(),
        Cause::CertificateExpires => text::why_certificate_expires().to_owned(),
        Cause::TurnedAway => text::why_turned_away().to_owned(),
    }
}

fn pending_sentence(row: &SlotRow) -> String {
    let device = row.device.as_ref();
    let step = device.map(|device| device.step.text()).unwrap_or_default();
    match device.and_then(|device| device.error.as_deref()) {
        Some(error) => text::why_pending_error(step, error),
        None => text::why_pending(step),
    }
}
