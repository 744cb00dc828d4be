//! Values of the domain as text.

use crate::text;
use domain::{
    device::{EnrollmentStep, Ownership, command::CommandState},
    list::{
        AttentionFilter, ContactFilter, InvitationFilter, InvitationSort, SlotSort,
        bulk::{BulkAction, InvitationAction},
    },
    slot::{
        SlotStatus,
        attention::{Cause, NextStep},
    },
};

/// A value that has the same short text on every page. The domain's own `label` is English, for programs.
pub trait Text {
    /// The text in the reader's language.
    fn text(self) -> &'static str;
}

impl Text for SlotStatus {
    fn text(self) -> &'static str {
        match self {
            Self::Created => text::state_created(),
            Self::Queued => text::state_queued(),
            Self::Sent => text::state_sent(),
            Self::Opened => text::state_opened(),
            Self::Pending => text::status_pending(),
            Self::Enrolling => text::status_enrolling(),
            Self::Active => text::status_active(),
            Self::PermissionsLost => text::status_permissions_lost(),
            Self::NotSynchronizing => text::status_not_synchronizing(),
            Self::Unenrolled => text::status_unenrolled(),
            Self::Wiped => text::status_wiped(),
            Self::Replaced => text::status_replaced(),
        }
    }
}

impl Text for InvitationFilter {
    fn text(self) -> &'static str {
        match self {
            Self::Created => text::state_created(),
            Self::Queued => text::state_queued(),
            Self::Sent => text::state_sent(),
            Self::Opened => text::state_opened(),
            Self::Deactivated => text::state_deactivated(),
        }
    }
}

impl Text for CommandState {
    fn text(self) -> &'static str {
        match self {
            Self::Requested => text::command_requested(),
            Self::Delivered => text::command_delivered(),
            Self::Acknowledged => text::command_acknowledged(),
            Self::Completed => text::command_completed(),
            Self::Failed => text::command_failed(),
            Self::Expired => text::command_expired(),
            Self::Cancelled => text::command_cancelled(),
        }
    }
}

impl Text for Ownership {
    fn text(self) -> &'static str {
        match self {
            Self::Company => text::ownership_company(),
            Self::Personal => text::ownership_personal(),
        }
    }
}

impl Text for EnrollmentStep {
    fn text(self) -> &'static str {
        match self {
            Self::Contacted => text::step_contacted(),
            Self::Permissions => text::step_permissions(),
            Self::Admin => text::step_admin(),
            Self::Inventory => text::step_inventory(),
            Self::Done => text::step_done(),
        }
    }
}

impl Text for ContactFilter {
    fn text(self) -> &'static str {
        match self {
            Self::Day => text::contact_day(),
            Self::Week => text::contact_week(),
            Self::Month => text::contact_month(),
        }
    }
}

impl Text for SlotSort {
    fn text(self) -> &'static str {
        match self {
            Self::Newest => text::sort_newest(),
            Self::Oldest => text::sort_oldest(),
            Self::Name => text::sort_name(),
            Self::NameDesc => text::sort_name_desc(),
            Self::Contact => text::sort_contact(),
            Self::ContactDesc => text::sort_contact_desc(),
            Self::Status => text::sort_status(),
            Self::StatusDesc => text::sort_status_desc(),
            Self::Attention => text::sort_attention(),
        }
    }
}

impl Text for InvitationSort {
    fn text(self) -> &'static str {
        match self {
            Self::Newest => text::sort_newest(),
            Self::Oldest => text::sort_oldest(),
        }
    }
}

impl Text for InvitationAction {
    fn text(self) -> &'static str {
        match self {
            Self::Resend => text::resend(),
            Self::Renew => text::new_invitation(),
            Self::Deactivate => text::deactivate(),
        }
    }
}

impl Text for Cause {
    fn text(self) -> &'static str {
        match self {
            Self::MailFailed => text::cause_mail_failed(),
            Self::NotOpened => text::cause_not_opened(),
            Self::NoDevice => text::cause_no_device(),
            Self::PushCertificate => text::cause_push_certificate(),
            Self::Pending => text::cause_pending(),
            Self::PermissionsLost => text::cause_permissions_lost(),
            Self::NotSynchronizing => text::cause_not_synchronizing(),
            Self::RenewedWithoutEffect => text::cause_renewed_without_effect(),
            Self::SeenTwice => text::cause_seen_twice(),
            Self::NotReachable => text::cause_not_reachable(),
            Self::OldTopic => text::cause_old_topic(),
            Self::CertificateExpires => text::cause_certificate_expires(),
            Self::TurnedAway => text::cause_turned_away(),
        }
    }
}

impl Text for AttentionFilter {
    fn text(self) -> &'static str {
        match self {
            Self::Any => text::any_cause(),
            Self::Cause(cause) => cause.text(),
        }
    }
}

impl Text for NextStep {
    fn text(self) -> &'static str {
        match self {
            Self::CorrectEmail => text::next_correct_email(),
            Self::Resend => text::resend(),
            Self::Renew => text::renew(),
            Self::Contact => text::next_contact(),
            Self::Compare => text::next_compare(),
            Self::LiftPace => text::lift_pace(),
            Self::SetUpApple => text::next_set_up_apple(),
        }
    }
}

impl Text for BulkAction {
    fn text(self) -> &'static str {
        match self {
            Self::Resend => text::resend(),
            Self::Deactivate => text::deactivate(),
            Self::Renew => text::renew(),
            Self::Locate => text::command_locate(),
            Self::Lock => text::command_lock(),
            Self::Delete => text::delete(),
        }
    }
}

/// The state of an invitation, with the reason why it is not active.
#[cfg(feature = "ssr")]
impl Text for domain::invitation::InvitationState {
    fn text(self) -> &'static str {
        use domain::invitation::DeactivationReason;
        match self {
            Self::Created => text::state_created(),
            Self::Queued => text::state_queued(),
            Self::Sent => text::state_sent(),
            Self::Opened => text::state_opened(),
            Self::Deactivated { reason: DeactivationReason::Manual, .. } => text::state_deactivated(),
            Self::Deactivated { reason: DeactivationReason::Replaced, .. } => text::state_replaced(),
            Self::Deactivated { reason: DeactivationReason::Expired, .. } => text::state_expired(),
        }
    }
}
