//! Renewing a device with a mail that brings it back.

use super::{
    Context, RESEND_PAUSE_S, Refusal,
    draft::Draft,
    enroll::rebind_device,
    invite::{create_invitation, queue_mail},
    request::add_command,
};
use crate::{
    Timestamp,
    aggregate::PersonAggregate,
    device::{
        Device, DeviceState, Renewal,
        command::{COMMAND_LIFETIME_S, CommandKind},
    },
    journal::{
        EventKind,
        change::{Change, SealedCredentials},
    },
    mail::MailKind,
    types::ids::{DeviceId, IdGenerator},
};

/// Mails the person instructions to bring the device back. The mail contains the active invitation; when there is none,
/// a new one is made (with the `sealed` credentials) and the device belongs to it from now on.
///
/// # Errors
/// The device was deleted, works, or was renewed a moment ago.
pub fn renew_device(
    aggregate: &PersonAggregate,
    id: DeviceId,
    sealed: SealedCredentials,
    ids: &mut dyn IdGenerator,
    context: &Context,
) -> Result<Change, Refusal> {
    let mut draft = Draft::new(aggregate, context);
    let device = check_renewable(&draft, id)?;
    if draft.current.invitation.is_none() {
        let invitation = create_invitation(&mut draft, None, sealed, ids);
        rebind_device(&mut draft, &device, invitation);
    }
    request_renewal(&mut draft, id, ids);
    Ok(draft.into_change())
}

/// Returns the device, if it can be renewed now.
pub(super) fn check_renewable(draft: &Draft<'_>, id: DeviceId) -> Result<Device, Refusal> {
    let now = draft.now();
    let device = draft.current.device(id).ok_or(Refusal::NoSuchDevice)?;
    match device.state {
        DeviceState::Active => return Err(Refusal::NothingToRenew),
        DeviceState::Replaced => return Err(Refusal::DeviceReplaced),
        _ => {}
    }
    // A second renewal right after the first is a double click.
    let pending = device.renewal.filter(|r| r.answered_at.is_none());
    if pending.is_some_and(|r| now.seconds_since(r.requested_at) < RESEND_PAUSE_S) {
        return Err(Refusal::MailJustSent);
    }
    if let Some(reason) = draft.current.invitation.as_ref().and_then(|invitation| invitation.refusal(now)) {
        return Err(Refusal::InvitationInactive(reason));
    }
    Ok(device.clone())
}

/// Requests the renewal of a device that passed [`check_renewable`], with a mail of the active invitation.
pub(super) fn request_renewal(draft: &mut Draft<'_>, id: DeviceId, ids: &mut dyn IdGenerator) {
    let now = draft.now();
    let Some(before) = draft.current.device(id).cloned() else { return };
    let renewal = Renewal { requested_at: now, answered_at: None };
    if let Some(device) = draft.edit_device(id, |device| device.renewal = Some(renewal)) {
        draft.device_event(&device, EventKind::RenewRequested);
    }
    // A phone that is managed by its system gets its profile anew when it calls: its person may have nothing to do.
    if before.certificate_until.is_some() && before.state.is_in_use() && !is_asked_to_renew(&before, now) {
        let requested_by = draft.actor().clone();
        add_command(draft, &before, CommandKind::Renew {}, requested_by, ids);
    }
    queue_mail(draft, MailKind::Renew, Some(id), ids);
}

/// Whether the command of an earlier request still waits for the device.
fn is_asked_to_renew(device: &Device, now: Timestamp) -> bool {
    let is_recent = |at: Timestamp| now.seconds_since(at) < COMMAND_LIFETIME_S;
    device.renewal.is_some_and(|renewal| renewal.answered_at.is_none() && is_recent(renewal.requested_at))
}
