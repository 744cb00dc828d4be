//! The words of the domain as they are shown.

use crate::say;
use domain::{
    device::{EnrollmentStep, Ownership, command::CommandState},
    list::{AttentionFilter, ContactFilter, InvitationFilter, SlotSort, bulk::BulkAction},
    slot::{
        SlotStatus,
        attention::{Cause, NextStep},
    },
};

/// Something that is shown by one word everywhere. The `label` of the domain is its English for programs.
pub trait Words {
    /// The words, in the language of whoever reads.
    fn words(self) -> &'static str;
}

impl Words for SlotStatus {
    fn words(self) -> &'static str {
        match self {
            Self::Created => say::state_created(),
            Self::Queued => say::state_queued(),
            Self::Sent => say::state_sent(),
            Self::Opened => say::state_opened(),
            Self::Pending => say::status_pending(),
            Self::Enrolling => say::status_enrolling(),
            Self::Active => say::status_active(),
            Self::PermissionsLost => say::status_permissions_lost(),
            Self::NotSynchronizing => say::status_not_synchronizing(),
            Self::Unenrolled => say::status_unenrolled(),
        }
    }
}

impl Words for InvitationFilter {
    fn words(self) -> &'static str {
        match self {
            Self::Created => say::state_created(),
            Self::Queued => say::state_queued(),
            Self::Sent => say::state_sent(),
            Self::Opened => say::state_opened(),
            Self::Deactivated => say::state_deactivated(),
        }
    }
}

impl Words for CommandState {
    fn words(self) -> &'static str {
        match self {
            Self::Requested => say::command_requested(),
            Self::Delivered => say::command_delivered(),
            Self::Acknowledged => say::command_acknowledged(),
            Self::Completed => say::command_completed(),
            Self::Failed => say::command_failed(),
            Self::Expired => say::command_expired(),
            Self::Cancelled => say::command_cancelled(),
        }
    }
}

impl Words for Ownership {
    fn words(self) -> &'static str {
        match self {
            Self::Company => say::ownership_company(),
            Self::Personal => say::ownership_personal(),
        }
    }
}

impl Words for EnrollmentStep {
    fn words(self) -> &'static str {
        match self {
            Self::Contacted => say::step_contacted(),
            Self::Permissions => say::step_permissions(),
            Self::Admin => say::step_admin(),
            Self::Inventory => say::step_inventory(),
            Self::Done => say::step_done(),
        }
    }
}

impl Words for ContactFilter {
    fn words(self) -> &'static str {
        match self {
            Self::Day => say::contact_day(),
            Self::Week => say::contact_week(),
            Self::Month => say::contact_month(),
        }
    }
}

impl Words for SlotSort {
    fn words(self) -> &'static str {
        match self {
            Self::Newest => say::sort_newest(),
            Self::Oldest => say::sort_oldest(),
            Self::Name => say::sort_name(),
            Self::NameDesc => say::sort_name_desc(),
            Self::Contact => say::sort_contact(),
            Self::ContactDesc => say::sort_contact_desc(),
            Self::Status => say::sort_status(),
            Self::StatusDesc => say::sort_status_desc(),
            Self::Attention => say::sort_attention(),
        }
    }
}

impl Words for Cause {
    fn words(self) -> &'static str {
        match self {
            Self::MailFailed => say::cause_mail_failed(),
            Self::NotOpened => say::cause_not_opened(),
            Self::NoDevice => say::cause_no_device(),
            Self::Pending => say::cause_pending(),
            Self::PermissionsLost => say::cause_permissions_lost(),
            Self::NotSynchronizing => say::cause_not_synchronizing(),
            Self::RenewedWithoutEffect => say::cause_renewed_without_effect(),
        }
    }
}

impl Words for AttentionFilter {
    fn words(self) -> &'static str {
        match self {
            Self::Any => say::any_cause(),
            Self::Cause(cause) => cause.words(),
        }
    }
}

impl Words for NextStep {
    fn words(self) -> &'static str {
        match self {
            Self::CorrectEmail => say::next_correct_email(),
            Self::Resend => say::resend(),
            Self::Renew => say::renew(),
            Self::Contact => say::next_contact(),
        }
    }
}

impl Words for BulkAction {
    fn words(self) -> &'static str {
        match self {
            Self::Resend => say::resend(),
            Self::Deactivate => say::deactivate(),
            Self::Renew => say::renew(),
            Self::Delete => say::delete(),
        }
    }
}

/// The state of an invitation, with the reason why it is not active.
#[cfg(feature = "ssr")]
impl Words for domain::invitation::InvitationState {
    fn words(self) -> &'static str {
        use domain::invitation::DeactivationReason;
        match self {
            Self::Created => say::state_created(),
            Self::Queued => say::state_queued(),
            Self::Sent => say::state_sent(),
            Self::Opened => say::state_opened(),
            Self::Deactivated { reason: DeactivationReason::Manual, .. } => say::state_deactivated(),
            Self::Deactivated { reason: DeactivationReason::Replaced, .. } => say::state_replaced(),
            Self::Deactivated { reason: DeactivationReason::Expired, .. } => say::state_expired(),
        }
    }
}

/// What is missing, as a list. The domain names it in English; a permission that is not known here keeps its name.
#[cfg(feature = "ssr")]
pub fn missing_words<'a>(missing: impl IntoIterator<Item = &'a String>) -> String {
    missing.into_iter().map(|name| missing_word(name)).collect::<Vec<_>>().join(", ")
}

#[cfg(feature = "ssr")]
fn missing_word(name: &str) -> &str {
    match name {
        "location" => say::missing_location(),
        "notifications" => say::missing_notifications(),
        "device admin" => say::missing_device_admin(),
        "technical information" => say::missing_inventory(),
        other => other,
    }
}

/// A permission of the agent protocol in words.
#[cfg(feature = "ssr")]
pub fn permission_word(name: &str) -> String {
    missing_word(&domain::device::permission_label(name)).to_owned()
}

/// Permissions as a list.
#[cfg(feature = "ssr")]
pub fn permission_words(names: &[String]) -> String {
    names.iter().map(|name| permission_word(name)).collect::<Vec<_>>().join(", ")
}
