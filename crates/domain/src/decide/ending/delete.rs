//! Deleting a device.

use crate::{
    aggregate::PersonAggregate,
    apple::{IdentityChange, Revocation, RevokedBy},
    decide::{Context, Refusal, command::cancel_all, draft::Draft},
    device::{
        Device,
        command::{Command, CommandKind},
    },
    journal::{EventKind, change::Change},
    types::ids::DeviceId,
};

/// Deletes a device and cancels its `open` commands, and with it the rows that it replaced. When it was the only device of an
/// invitation that is still active, its row becomes an invitation item again; otherwise the row is removed.
///
/// # Errors
/// The device is already deleted; or a wipe waits for it and `cancels_wipe` is false.
pub fn delete_device(
    aggregate: &PersonAggregate,
    id: DeviceId,
    open: &[Command],
    cancels_wipe: bool,
    context: &Context,
) -> Result<Change, Refusal> {
    let mut draft = Draft::new(aggregate, context);
    draft.current.device(id).ok_or(Refusal::NoSuchDevice)?;
    let is_wipe = |c: &Command| c.device_id == id && !c.state.is_final() && matches!(c.kind, CommandKind::Wipe { .. });
    if !cancels_wipe && open.iter().any(is_wipe) {
        return Err(Refusal::WipePending);
    }
    let mut gone = vec![id];
    // What it replaced is the same hardware, and so is what those replaced.
    while let Some(id) = gone.pop() {
        gone.extend(draft.current.devices.iter().filter(|device| is_replaced_by(device, id)).map(|device| device.id));
        delete(&mut draft, id, open);
    }
    Ok(draft.into_change())
}

fn is_replaced_by(device: &Device, id: DeviceId) -> bool {
    device.relatives.replaced_by.is_some_and(|newer| newer.device_id == id)
}

fn delete(draft: &mut Draft<'_>, id: DeviceId, open: &[Command]) {
    let Some(at) = draft.current.devices.iter().position(|d| d.id == id) else { return };
    let mut device = draft.current.devices.remove(at);
    device.deleted_at = Some(draft.now());
    let name = device.info.name().unwrap_or_default();
    draft.device_event(&device, EventKind::DeviceDeleted { name });
    for other in &mut draft.current.devices {
        other.relatives.replaces.take_if(|earlier| earlier.device_id == id);
    }
    // An active invitation without a device needs its item back.
    let invitation = device.invitation_id;
    let is_active = draft.current.invitation.as_ref().is_some_and(|i| i.id == invitation);
    if is_active && draft.current.is_unused(invitation) {
        if let Some(slot) = draft.edit_slot(device.slot_id, |slot| slot.device_id = None) {
            draft.slot_event(&slot, EventKind::SlotBecameInvitation);
        }
    } else {
        draft.close_slot(device.slot_id);
    }
    cancel_all(draft, &device, open);
    // The phone is told that it is not managed any more when it next calls.
    if device.platform.is_apple() {
        let revocation = Revocation { at: draft.now(), by: RevokedBy::Admin };
        draft.change.apple_identities.push(IdentityChange::End { device_id: id, revocation });
    }
    draft.change.hardware.push((id, device.findable_by()));
    draft.change.devices.push(device);
}
