//! Journal entries as sentences of a timeline. The server makes them: the browser would need half its size again to
//! read every kind of entry.

use super::Words as _;
use crate::{components::icon::Icon, say, views::EventLine};
use domain::{
    command::CommandState,
    device::permission_label,
    invitation::DeactivationReason,
    journal::{Actor, EventKind, JournalEvent},
    mail::MailKind,
};

/// An entry in words; `None` for one that only says what the entry beside it says as well.
pub fn event_line(entry: &JournalEvent) -> Option<EventLine> {
    let event = &entry.event;
    let (text, detail) = sentence(&event.kind)?;
    let (icon, tone) = sign(&event.kind);
    Some(EventLine {
        seq: entry.seq,
        at: event.at.into(),
        text,
        detail,
        by: actor_words(&event.actor),
        icon,
        tone: tone.to_owned(),
    })
}

fn actor_words(actor: &Actor) -> Option<String> {
    match actor {
        Actor::Account(email) => Some(email.clone()),
        Actor::ApiToken(name) => Some(format!("script “{name}”")),
        Actor::Person => Some("the person".to_owned()),
        Actor::Device | Actor::System => None,
    }
}

fn sentence(kind: &EventKind) -> Option<(String, Option<String>)> {
    invitation_sentence(kind).or_else(|| device_sentence(kind)).or_else(|| command_sentence(kind))
}

#[expect(clippy::unnecessary_wraps, reason = "arms of a match that also says None")]
fn plain(text: &str) -> Option<(String, Option<String>)> {
    Some((text.to_owned(), None))
}

fn mail_word(mail: MailKind) -> &'static str {
    match mail {
        MailKind::Invitation => "Invitation mail",
        MailKind::Renew => "Renewal mail",
    }
}

fn invitation_sentence(kind: &EventKind) -> Option<(String, Option<String>)> {
    use EventKind as E;
    match kind {
        E::PersonAdded { name, email } => Some((format!("Person added: {name}, {email}"), None)),
        E::PersonChanged { name, email } => Some((format!("Person corrected: {name}, {email}"), None)),
        E::InvitationCreated { .. } => plain("Invitation created"),
        E::MailQueued { mail, .. } => Some((format!("{} queued", mail_word(*mail)), None)),
        E::MailDelayed { reason, .. } => {
            Some(("Mail not delivered yet, it will be tried again".to_owned(), Some(reason.clone())))
        }
        E::MailSent { mail, to, .. } => Some((format!("{} sent to {to}", mail_word(*mail)), None)),
        E::MailFailed { mail, to, reason, .. } => {
            Some((format!("{} to {to} was refused", mail_word(*mail)), Some(reason.clone())))
        }
        E::InvitationFetched { by } => Some(("Link fetched, without a sign of a person".to_owned(), Some(by.clone()))),
        E::InvitationOpened { signal } => Some((format!("Invitation opened: {}", signal.label()), None)),
        E::InvitationAccepted { ownership, platform } => {
            let text =
                format!("Invitation accepted for a {} device, {}", ownership.label().to_lowercase(), platform.label());
            Some((text, None))
        }
        E::InvitationDeactivated { reason } => plain(match reason {
            DeactivationReason::Manual => "Invitation deactivated",
            DeactivationReason::Replaced => "Invitation replaced by a newer one",
            DeactivationReason::Expired => "Invitation expired",
        }),
        E::PersonReminded { cause, number } => Some((say::reminder_sent(usize::from(*number), cause.words()), None)),
        E::CredentialsShown => plain("Credentials looked at"),
        E::SlotHandedOver { .. } => plain("Row taken over by the new invitation"),
        E::SlotBecameInvitation => plain("The row shows the invitation again"),
        E::SlotClosed => plain("No longer listed"),
        _ => None,
    }
}

fn device_sentence(kind: &EventKind) -> Option<(String, Option<String>)> {
    use EventKind as E;
    match kind {
        E::DeviceContacted { platform, model, .. } => {
            Some((format!("First contact: {}", named(model, platform.label())), None))
        }
        E::DeviceReenrolled { model } => Some((format!("Enrolled again: {}", named(model, "device")), None)),
        E::EnrollmentBegan => plain("Enrollment began"),
        E::EnrollmentProgressed { step, missing, error } => {
            let missing: Vec<_> = missing.iter().map(|name| permission_label(name)).collect();
            let missing = (!missing.is_empty()).then(|| format!("Missing: {}", missing.join(", ")));
            let error = error
                .as_ref()
                .map(|error| if error.message.is_empty() { error.code.clone() } else { error.message.clone() });
            Some((
                format!("Step {} of {}: {}", step.number(), domain::device::EnrollmentStep::COUNT, step.label()),
                error.or(missing),
            ))
        }
        E::InventoryReceived => plain("Technical information received"),
        E::DeviceActivated => plain("Enrolled: all necessary information is in"),
        E::EnrollmentStalled { step } => Some((format!("Enrollment stopped at “{}”", step.label()), None)),
        E::PermissionsLost { missing } => {
            let missing: Vec<_> = missing.iter().map(|name| permission_label(name)).collect();
            Some((format!("Permissions lost: {}", missing.join(", ")), None))
        }
        E::PermissionsRestored => plain("All permissions are back"),
        E::ContactLost { last_contact_at } => {
            Some((format!("No contact since {}", last_contact_at.to_display()), None))
        }
        E::ContactRestored { .. } => plain("In contact again"),
        E::RenewRequested => plain("Renewal asked for"),
        E::DeviceRebound { .. } => plain("Moved to the newer invitation"),
        E::SecretRotated => plain("The agent took a new secret"),
        E::LostModeBegan => plain("The device is in lost mode"),
        E::LostModeEnded => plain("The device is no longer in lost mode"),
        E::DeviceUnenrolled { by } => Some((format!("Unenrolled by {}", by.label()), None)),
        E::DeviceDeleted { name } => Some((format!("Device deleted: {}", named(name, "unnamed")), None)),
        _ => None,
    }
}

fn named<'a>(name: &'a str, otherwise: &'a str) -> &'a str {
    if name.trim().is_empty() { otherwise } else { name }
}

/// The name of a command as it is shown.
pub fn command_label(word: &str) -> &str {
    match word {
        "lock" => "Lock",
        "wipe" => "Wipe",
        "locate" => "Locate",
        "ring" => "Ring",
        "message" => "Message",
        "lost_mode" => "Lost mode",
        "end_lost_mode" => "End of lost mode",
        "inventory" => "Refresh",
        "renew" => "Change of secret",
        other => other,
    }
}

fn command_sentence(kind: &EventKind) -> Option<(String, Option<String>)> {
    use EventKind as E;
    let (command, what, detail) = match kind {
        E::CommandRequested { command, .. } => (command, "requested", None),
        E::CommandDelivered { command, .. } => (command, "fetched by the device", None),
        E::CommandAcknowledged { command, .. } => (command, "being carried out", None),
        E::CommandCompleted { command, .. } => (command, "done", None),
        E::CommandFailed { command, reason, .. } => (command, "failed", Some(reason.clone())),
        E::CommandExpired { command, .. } => (command, "expired before the device asked", None),
        E::CommandCancelled { command, .. } => (command, "cancelled", None),
        E::CommandDoneLate { command, state: CommandState::Expired, .. } => {
            (command, "done after it had expired", None)
        }
        E::CommandDoneLate { command, .. } => (command, "done although it had been cancelled", None),
        _ => return None,
    };
    Some((format!("{} {what}", command_label(command)), detail))
}

fn sign(kind: &EventKind) -> (Icon, &'static str) {
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
        E::EnrollmentStalled { .. }
        | E::PermissionsLost { .. }
        | E::ContactLost { .. }
        | E::CommandDoneLate { .. }
        | E::LostModeBegan => (Icon::Alert, "warn"),
        E::LostModeEnded => (Icon::Check, "ok"),
        E::CommandFailed { .. } | E::CommandExpired { .. } => (Icon::Alert, "danger"),
        E::DeviceDeleted { .. } => (Icon::Trash, "danger"),
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
