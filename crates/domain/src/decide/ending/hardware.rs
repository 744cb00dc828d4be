//! The same hardware twice: a phone that was reset or restored, or that another person uses now.

use crate::{
    Timestamp,
    aggregate::PersonAggregate,
    decide::{Context, Refusal, command::cancel_all, draft::Draft, enroll::rebind_device, report::set_state},
    device::{
        Device, DeviceState,
        command::{Command, CommandKind},
        hardware::Relative,
        lost::LostState,
    },
    journal::{EventKind, change::Change},
    types::ids::DeviceId,
};

/// Marks other devices of the person that are the same hardware as `id` as replaced by it, and cancels their `open`
/// commands. Their secrets stay valid: whoever is in contact with one is in use, whatever number somebody else claims.
///
/// A device that is lost, or is to be locked or wiped, is not replaced, so that nobody ends that by enrolling another one
/// with its number.
///
/// # Errors
/// The device was deleted.
pub fn replace_same_hardware(
    aggregate: &PersonAggregate,
    id: DeviceId,
    open: &[Command],
    context: &Context,
) -> Result<Change, Refusal> {
    let device = aggregate.device(id).ok_or(Refusal::NoSuchDevice)?;
    let mut draft = Draft::new(aggregate, context);
    let older = aggregate.devices.iter().filter(|old| is_replaced(old, device, open));
    for old in older.filter(|_| device.state.is_in_use()) {
        replace(&mut draft, old, id, open);
    }
    if draft.change.events.is_empty() { Ok(Change::default()) } else { Ok(draft.into_change()) }
}

fn is_replaced(old: &Device, device: &Device, open: &[Command]) -> bool {
    // Twins: one came back after it had been replaced by the other, so both are in use.
    let is_twin = |a: &Device, b: &Device| a.relatives.twin.is_some_and(|twin| twin.device_id == b.id);
    old.id != device.id
        && old.state != DeviceState::Replaced
        && old.is_same_hardware(device)
        && old.last_contact_at <= device.last_contact_at
        && !is_twin(old, device)
        && !is_twin(device, old)
        && !is_guarded(old, open)
}

fn is_guarded(old: &Device, open: &[Command]) -> bool {
    let guards = |kind: &CommandKind| matches!(kind, CommandKind::Wipe { .. } | CommandKind::Lock {});
    let is_asked = open.iter().any(|c| c.device_id == old.id && !c.state.is_final() && guards(&c.kind));
    is_asked || old.lost.state() != LostState::Off
}

fn replace(draft: &mut Draft<'_>, old: &Device, id: DeviceId, open: &[Command]) {
    let now = draft.now();
    // The device takes the place of the older one under the active invitation, too.
    let active = draft.current.invitation.as_ref().map(|invitation| invitation.id);
    if let Some(device) = draft.current.device(id).cloned()
        && active == Some(old.invitation_id)
        && device.invitation_id != old.invitation_id
    {
        rebind_device(draft, &device, old.invitation_id);
    }
    let newer = draft.edit_device(id, |device| device.relatives.replaces = Some(relative(old, now)));
    let Some(newer) = newer else { return };
    draft.device_event(&newer, EventKind::DeviceRecognised { earlier: old.id });
    cancel_all(draft, old, open);
    let replaced = draft.edit_device(old.id, |old| {
        old.relatives.replaced_by = Some(relative(&newer, now));
        old.relatives.twin = None;
        set_state(old, DeviceState::Replaced, now);
    });
    if let Some(replaced) = replaced {
        draft.device_event(&replaced, EventKind::DeviceReplaced { by: id });
    }
}

fn relative(device: &Device, at: Timestamp) -> Relative {
    Relative { device_id: device.id, slot_id: device.slot_id, person_id: device.person_id, at }
}

/// Notes the `twin` of a device: another one in use that is the same hardware; `None` when there is none, or no longer. An
/// empty change when that is known.
///
/// # Errors
/// The device was deleted.
pub fn note_twin(
    aggregate: &PersonAggregate,
    id: DeviceId,
    twin: Option<&Device>,
    context: &Context,
) -> Result<Change, Refusal> {
    let mut draft = Draft::new(aggregate, context);
    let now = draft.now();
    let before = draft.current.device(id).cloned().ok_or(Refusal::NoSuchDevice)?;
    let twin = twin.filter(|_| before.state.is_in_use()).map(|twin| relative(twin, now));
    let device_id = |twin: Option<Relative>| twin.map(|twin| twin.device_id);
    if device_id(before.relatives.twin) == device_id(twin) {
        return Ok(Change::default());
    }
    let device = draft.edit_device(id, |device| {
        device.relatives.twin = twin;
        // What is in use again was not replaced.
        device.relatives.replaces.take_if(|earlier| device_id(twin) == Some(earlier.device_id));
    });
    if let Some(device) = device {
        let found = device_id(twin).map(|twin| EventKind::SameHardwareFound { twin });
        draft.device_event(&device, found.unwrap_or(EventKind::SameHardwareGone));
    }
    Ok(draft.into_device_change())
}
