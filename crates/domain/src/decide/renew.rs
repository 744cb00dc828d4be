//! Renew: a mail that brings a device back. Delete: the end of its row.

use super::{
    Context, RESEND_PAUSE_S, Refusal,
    command::cancel_all,
    draft::Draft,
    enroll::rebind_device,
    invite::{create, queue_mail},
};
use crate::{
    aggregate::PersonAggregate,
    device::{Device, DeviceState, Renewal, command::Command},
    journal::{
        EventKind,
        change::{Change, SealedCredentials},
    },
    mail::MailKind,
    types::ids::{DeviceId, IdGenerator},
};

/// Mails the person how to bring the device back. The mail carries the active invitation; when there is none, a new one
/// is made (from `sealed`) and the device belongs to it from now on.
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
    let device = renewable(&draft, id)?;
    if draft.after.invitation.is_none() {
        let invitation = create(&mut draft, None, sealed, ids);
        rebind_device(&mut draft, &device, invitation);
    }
    ask(&mut draft, id, ids);
    Ok(draft.finish())
}

/// The device, if it can be renewed now.
pub(super) fn renewable(draft: &Draft<'_>, id: DeviceId) -> Result<Device, Refusal> {
    let now = draft.now();
    let device = draft.after.device(id).ok_or(Refusal::NoSuchDevice)?;
    if device.state == DeviceState::Active {
        return Err(Refusal::NothingToRenew);
    }
    let pending = device.renewal.filter(|r| r.answered_at.is_none());
    if pending.is_some_and(|r| now.seconds_since(r.requested_at) < RESEND_PAUSE_S) {
        return Err(Refusal::MailJustSent);
    }
    if let Some(reason) = draft.after.invitation.as_ref().and_then(|invitation| invitation.refusal(now)) {
        return Err(Refusal::InvitationInactive(reason));
    }
    Ok(device.clone())
}

/// Asks the person to bring a device back that is [`renewable`], with the mail of the active invitation.
pub(super) fn ask(draft: &mut Draft<'_>, id: DeviceId, ids: &mut dyn IdGenerator) {
    let renewal = Renewal { requested_at: draft.now(), answered_at: None };
    if let Some(device) = draft.edit_device(id, |device| device.renewal = Some(renewal)) {
        draft.device_event(&device, EventKind::RenewRequested);
    }
    queue_mail(draft, MailKind::Renew, Some(id), ids);
}

/// Deletes a device. When it was the only one of an invitation that is still active, its row is an invitation item again;
/// otherwise the row goes away. Its `open_commands` are cancelled.
///
/// # Errors
/// The device was deleted before.
pub fn delete_device(
    aggregate: &PersonAggregate,
    id: DeviceId,
    open_commands: &[Command],
    context: &Context,
) -> Result<Change, Refusal> {
    let mut draft = Draft::new(aggregate, context);
    let now = draft.now();
    let at = draft.after.devices.iter().position(|d| d.id == id).ok_or(Refusal::NoSuchDevice)?;
    let mut device = draft.after.devices.remove(at);
    device.deleted_at = Some(now);
    let name = device.info.name().unwrap_or_default();
    draft.device_event(&device, EventKind::DeviceDeleted { name });
    let invitation = device.invitation_id;
    let is_active = draft.after.invitation.as_ref().is_some_and(|i| i.id == invitation);
    if is_active && draft.after.is_unused(invitation) {
        if let Some(slot) = draft.edit_slot(device.slot_id, |slot| slot.device_id = None) {
            draft.slot_event(&slot, EventKind::SlotBecameInvitation);
        }
    } else {
        draft.close_slot(device.slot_id);
    }
    cancel_all(&mut draft, &device, open_commands);
    draft.change.devices.push(device);
    Ok(draft.finish())
}
