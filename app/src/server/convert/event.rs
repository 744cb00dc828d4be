//! Journal entries as sentences of a timeline. The server makes them: the code that reads every kind of entry would add
//! half its size to the browser's.

use crate::{
    drawing::icon::Icon,
    text::{self, Text as _, command_name, permissions_text},
    wire::EventView,
};
use domain::{
    actor::Actor,
    device::{EnrollmentStep, Ownership, PushTrouble, UnenrolledBy, command::CommandState},
    invitation::{DeactivationReason, OpenSignal},
    journal::{EventKind, JournalEvent},
    mail::MailKind,
};

/// An entry as a view; `None` for one that repeats what the entry beside it says.
pub fn event_view(entry: &JournalEvent) -> Option<EventView> {
    let event = &entry.event;
    let (text, detail) = sentence(&event.kind)?;
    let (icon, tone) = icon_and_tone(&event.kind);
    Some(EventView {
        seq: entry.seq,
        at: event.at.into(),
        text,
        detail,
        by: actor_text(&event.actor),
        icon,
        tone: tone.to_owned(),
    })
}

fn actor_text(actor: &Actor) -> Option<String> {
    match actor {
        Actor::Account(email) => Some(email.clone()),
        Actor::ApiToken(name) => Some(text::by_script(name)),
        Actor::Person => Some(text::by_person().to_owned()),
        Actor::Device | Actor::System => None,
    }
}

fn sentence(kind: &EventKind) -> Option<(String, Option<String>)> {
    let plain = |text: String| (text, None);
    mail_sentence(kind)
        .or_else(|| invitation_sentence(kind).map(plain))
        .or_else(|| enrollment_sentence(kind))
        .or_else(|| device_sentence(kind).map(plain))
        .or_else(|| command_sentence(kind))
}

fn mail_sentence(kind: &EventKind) -> Option<(String, Option<String>)> {
    use EventKind as E;
    Some(match kind {
        E::MailQueued { mail: MailKind::Invitation, .. } => (text::event_invitation_mail_queued().to_owned(), None),
        E::MailQueued { mail: MailKind::Renew, .. } => (text::event_renewal_mail_queued().to_owned(), None),
        E::MailDelayed { reason, .. } => (text::event_mail_delayed().to_owned(), Some(reason.clone())),
        E::MailSent { mail: MailKind::Invitation, to, .. } => (text::event_invitation_mail_sent(to), None),
        E::MailSent { mail: MailKind::Renew, to, .. } => (text::event_renewal_mail_sent(to), None),
        E::MailFailed { mail: MailKind::Invitation, to, reason, .. } => {
            (text::event_invitation_mail_refused(to), Some(reason.clone()))
        }
        E::MailFailed { mail: MailKind::Renew, to, reason, .. } => {
            (text::event_renewal_mail_refused(to), Some(reason.clone()))
        }
        E::InvitationFetched { by } => (text::event_fetched().to_owned(), Some(by.clone())),
        _ => return None,
    })
}

fn invitation_sentence(kind: &EventKind) -> Option<String> {
    use EventKind as E;
    let text = match kind {
        E::PersonAdded { name, email } => return Some(text::event_person_added(name, email)),
        E::PersonChanged { name, email } => return Some(text::event_person_changed(name, email)),
        E::DevicesTurnedAway { per_hour } => return Some(text::event_turned_away(*per_hour as usize)),
        E::PersonReminded { cause, number } => return Some(text::reminder_sent(usize::from(*number), cause.text())),
        E::InvitationAccepted { ownership: Ownership::Company, platform } => {
            return Some(text::event_accepted_company(platform.label()));
        }
        E::InvitationAccepted { ownership: Ownership::Personal, platform } => {
            return Some(text::event_accepted_personal(platform.label()));
        }
        E::InvitationCreated { .. } => text::event_invitation_created(),
        E::InvitationOpened { signal: OpenSignal::Accepted } => text::event_opened_accepted(),
        E::InvitationOpened { signal: OpenSignal::Interaction } => text::event_opened_interaction(),
        E::InvitationOpened { signal: OpenSignal::Credential } => text::event_opened_credential(),
        E::InvitationDeactivated { reason: DeactivationReason::Manual } => text::event_deactivated(),
        E::InvitationDeactivated { reason: DeactivationReason::Replaced } => text::event_replaced(),
        E::InvitationDeactivated { reason: DeactivationReason::Expired } => text::event_expired(),
        E::PaceLifted => text::event_pace_lifted(),
        E::CredentialsShown => text::event_credentials_shown(),
        E::SlotHandedOver { .. } => text::event_handed_over(),
        E::SlotBecameInvitation => text::event_invitation_again(),
        E::SlotClosed => text::event_closed(),
        _ => return None,
    };
    Some(text.to_owned())
}

fn enrollment_sentence(kind: &EventKind) -> Option<(String, Option<String>)> {
    let EventKind::EnrollmentProgressed { step, missing, error } = kind else { return None };
    let missing = (!missing.is_empty()).then(|| text::missing(&permissions_text(missing)));
    let error = error.as_ref().map(|it| if it.message.is_empty() { it.code.clone() } else { it.message.clone() });
    Some((text::event_step(step.number(), EnrollmentStep::COUNT, step.text()), error.or(missing)))
}

fn device_sentence(kind: &EventKind) -> Option<String> {
    use EventKind as E;
    let text = match kind {
        E::DeviceContacted { platform, model, .. } => {
            return Some(text::event_contacted(named(model, platform.label())));
        }
        E::DeviceReenrolled { model } => return Some(text::event_reenrolled(named(model, text::some_device()))),
        E::EnrollmentStalled { step } => return Some(text::event_stalled(step.text())),
        E::PermissionsLost { missing } => return Some(text::event_permissions_lost(&permissions_text(missing))),
        E::ContactLost { last_contact_at } => return Some(text::event_contact_lost(&last_contact_at.to_display())),
        E::DeviceDeleted { name } => return Some(text::event_deleted(named(name, text::unnamed()))),
        E::EnrollmentBegan => text::event_began(),
        E::InventoryReceived => text::event_inventory(),
        E::DeviceActivated => text::event_activated(),
        E::PermissionsRestored => text::event_permissions_restored(),
        E::ContactRestored { .. } => text::event_contact_restored(),
        E::RenewRequested => text::event_renewal_requested(),
        E::DeviceRebound { .. } => text::event_rebound(),
        E::SecretRotated => text::event_secret(),
        E::LostModeBegan => text::event_lost_began(),
        E::LostModeEnded => text::event_lost_ended(),
        E::DeviceUnenrolled { by: UnenrolledBy::Device } => text::event_unenrolled(),
        E::DeviceUnenrolled { by: UnenrolledBy::Admin } => text::event_unenrolled_by_admin(),
        E::DeviceUnenrolled { by: UnenrolledBy::EnrolledElsewhere } => text::event_enrolled_elsewhere(),
        E::CertificateRenewed => text::event_certificate_renewed(),
        E::CertificateMisused => text::event_certificate_misused(),
        E::PushRefused { trouble: PushTrouble::NotReachable } => text::event_not_reachable(),
        E::PushRefused { trouble: PushTrouble::OldTopic } => text::event_old_topic(),
        E::PushRestored => text::event_reachable(),
        E::DeviceWiped => text::event_wiped(),
        E::DeviceReplaced { .. } => text::event_device_replaced(),
        E::DeviceRecognised { .. } => text::event_recognised(),
        E::SameHardwareFound { .. } => text::event_same_hardware(),
        E::SameHardwareGone => text::event_same_hardware_gone(),
        _ => return None,
    };
    Some(text.to_owned())
}

fn named<'a>(name: &'a str, otherwise: &'a str) -> &'a str {
    if name.trim().is_empty() { otherwise } else { name }
}

fn command_sentence(kind: &EventKind) -> Option<(String, Option<String>)> {
    use EventKind as E;
    let text = match kind {
        E::CommandRequested { command, .. } => text::event_command_requested(command_name(command)),
        E::CommandDelivered { command, .. } => text::event_command_delivered(command_name(command)),
        E::CommandAcknowledged { command, .. } => text::event_command_acknowledged(command_name(command)),
        E::CommandCompleted { command, .. } => text::event_command_completed(command_name(command)),
        E::CommandFailed { command, reason, .. } => {
            return Some((text::event_command_failed(command_name(command)), Some(reason.clone())));
        }
        E::CommandExpired { command, .. } => text::event_command_expired(command_name(command)),
        E::CommandCancelled { command, .. } => text::event_command_cancelled(command_name(command)),
        E::CommandDoneLate { command, state: CommandState::Expired, .. } => {
            text::event_command_late(command_name(command))
        }
        E::CommandDoneLate { command, .. } => text::event_command_done_cancelled(command_name(command)),
        _ => return None,
    };
    Some((text, None))
}

fn icon_and_tone(kind: &EventKind) -> (Icon, &'static str) {
    use EventKind as E;
    match kind {
        E::PersonAdded { .. } | E::PersonChanged { .. } => (Icon::Person, "quiet"),
        E::InvitationCreated { .. } | E::MailQueued { .. } => (Icon::Mail, "quiet"),
        E::MailSent { .. } => (Icon::Mail, "info"),
        E::PersonReminded { .. } => (Icon::Bell, "info"),
        E::MailDelayed { .. } => (Icon::Mail, "warn"),
        E::MailFailed { .. } => (Icon::Mail, "danger"),
        E::InvitationFetched { .. } | E::CredentialsShown => (Icon::Eye, "quiet"),
        E::InvitationOpened { .. } | E::InvitationAccepted { .. } => (Icon::Eye, "info"),
        E::InvitationDeactivated { .. } | E::DeviceUnenrolled { .. } => (Icon::Cross, "danger"),
        E::DeviceActivated | E::CommandCompleted { .. } | E::PermissionsRestored | E::ContactRestored { .. } => {
            (Icon::Check, "ok")
        }
        E::DevicesTurnedAway { .. }
        | E::EnrollmentStalled { .. }
        | E::PermissionsLost { .. }
        | E::ContactLost { .. }
        | E::CommandDoneLate { .. }
        | E::SameHardwareFound { .. }
        | E::LostModeBegan => (Icon::Alert, "warn"),
        E::LostModeEnded => (Icon::Check, "ok"),
        E::CommandFailed { .. } | E::CommandExpired { .. } => (Icon::Alert, "danger"),
        E::DeviceDeleted { .. } | E::DeviceWiped => (Icon::Trash, "danger"),
        E::CommandRequested { .. }
        | E::CommandDelivered { .. }
        | E::CommandAcknowledged { .. }
        | E::CommandCancelled { .. } => (Icon::Clock, "info"),
        E::DeviceContacted { .. }
        | E::DeviceReenrolled { .. }
        | E::EnrollmentBegan
        | E::EnrollmentProgressed { .. }
        | E::InventoryReceived => (Icon::Phone, "info"),
        _ => (Icon::Dot, "quiet"),
    }
}
