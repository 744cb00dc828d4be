//! What a device tells after it has enrolled: progress, inventory, heartbeats, a new secret, goodbye.

use super::{Context, Refusal, command::cancel_all, draft::Draft};
use crate::{
    aggregate::PersonAggregate,
    device::{
        AgentError, Device, DeviceState, Progress, ReportedCapabilities, UnenrolledBy, Unenrollment,
        capabilities::Capabilities, command::Command, lost::LostMode,
    },
    journal::{
        EventKind,
        change::{Change, InventoryPut, KeyedHash, ReportPut},
    },
    protocol::{Inventory, ProgressReport, StateReport},
    types::{
        ids::DeviceId,
        text::{clean_device_text, clean_text},
    },
    views::StoredInventory,
};
use std::collections::BTreeMap;

/// Records how far an enrollment has come.
///
/// # Errors
/// The device is unenrolled or was deleted.
pub fn record_progress(
    aggregate: &PersonAggregate,
    id: DeviceId,
    report: &ProgressReport,
    context: &Context,
) -> Result<Change, Refusal> {
    let (mut draft, before) = reporting(aggregate, id, context)?;
    let missing = report.missing_permissions.as_deref().map(|names| required_among(&before, names));
    let is_enrolling = matches!(before.state, DeviceState::Pending | DeviceState::Enrolling);
    draft.edit_device(id, |device| {
        if let Some(missing) = missing {
            device.missing_permissions = missing;
        }
        if is_enrolling {
            device.progress = Progress {
                step: report.step,
                percent: report.percent.map(|p| p.min(100)),
                error: report.error.as_ref().map(clean_error),
            };
        }
    });
    note_progress(&mut draft, &before);
    settle(&mut draft, id);
    Ok(draft.finish_device())
}

/// Records a device's technical information; `etag` names its content, `known` is what the device told before.
///
/// # Errors
/// The device is unenrolled or was deleted.
pub fn record_inventory(
    aggregate: &PersonAggregate,
    id: DeviceId,
    inventory: Inventory,
    etag: String,
    known: Option<&StoredInventory>,
    context: &Context,
) -> Result<Change, Refusal> {
    let (mut draft, before) = reporting(aggregate, id, context)?;
    let now = draft.now();
    if before.inventory_at.is_none() {
        draft.edit_device(id, |device| device.inventory_at = Some(now));
        draft.device_event(&before, EventKind::InventoryReceived);
    }
    if known.is_some_and(|known| known.etag == etag) {
        draft.change.confirmed_inventories.push((id, now));
    } else {
        let since = unchanged_since(&inventory, known, now);
        draft.change.inventories.push(InventoryPut { device_id: id, at: now, etag, inventory, since });
    }
    settle(&mut draft, id);
    Ok(draft.finish_device())
}

/// Since when each group has been as it is.
fn unchanged_since(
    inventory: &Inventory,
    known: Option<&StoredInventory>,
    now: crate::Timestamp,
) -> BTreeMap<String, crate::Timestamp> {
    let since = |name: &String, facts| {
        let known = known.filter(|known| known.inventory.groups.get(name) == Some(facts))?;
        Some(known.since.get(name).copied().unwrap_or(known.at))
    };
    inventory.groups.iter().map(|(name, facts)| (name.clone(), since(name, facts).unwrap_or(now))).collect()
}

/// Records a heartbeat. One that is older than the latest counts as contact and changes nothing else.
///
/// # Errors
/// The device is unenrolled or was deleted.
pub fn record_state(
    aggregate: &PersonAggregate,
    id: DeviceId,
    mut report: StateReport,
    context: &Context,
) -> Result<Change, Refusal> {
    let (mut draft, before) = reporting(aggregate, id, context)?;
    if report.seq > before.last_report_seq {
        let now = draft.now();
        let reported = report.capabilities.take().map(Capabilities::cleaned);
        draft.edit_device(id, |device| {
            device.last_report_seq = report.seq;
            let required_before = device.required_permissions();
            if let Some(reported) = reported {
                device.capabilities = Some(ReportedCapabilities { at: now, reported });
            }
            device.missing_permissions = missing_after(device, &required_before, &report);
        });
        if let Some(is_on) = report.lost_mode {
            edit_lost(&mut draft, id, |lost| lost.apply_report(is_on, now));
        }
        draft.change.reports.push(ReportPut { device_id: id, at: draft.now(), report });
        note_progress(&mut draft, &before);
    }
    settle(&mut draft, id);
    Ok(draft.finish_device())
}

/// Records that the device was in contact.
///
/// # Errors
/// The device is unenrolled or was deleted.
pub fn record_contact(aggregate: &PersonAggregate, id: DeviceId, context: &Context) -> Result<Change, Refusal> {
    let (draft, _) = reporting(aggregate, id, context)?;
    Ok(draft.finish_device())
}

/// Gives the device a new secret; the one before works until the new one was used.
///
/// # Errors
/// The device is unenrolled or was deleted.
pub fn rotate_secret(
    aggregate: &PersonAggregate,
    id: DeviceId,
    secret: KeyedHash,
    context: &Context,
) -> Result<Change, Refusal> {
    let (mut draft, device) = reporting(aggregate, id, context)?;
    let now = draft.now();
    draft.edit_device(id, |device| {
        if let Some(renewal) = device.renewal.as_mut() {
            renewal.answered_at.get_or_insert(now);
        }
    });
    draft.change.secrets.push((id, secret));
    draft.device_event(&device, EventKind::SecretRotated);
    Ok(draft.finish_device())
}

/// Notes that the device used the secret with this hash: it has it, and the one before is not needed any more. Refused by
/// nothing, journalled by nothing: which secret is the latest is checked where the change is written.
pub fn record_used_secret(id: DeviceId, used: KeyedHash) -> Change {
    Change { used_secrets: vec![(id, used)], ..Change::default() }
}

/// The device says goodbye; its `open_commands` are cancelled. Saying it twice changes nothing.
///
/// # Errors
/// The device was deleted.
pub fn unenroll(
    aggregate: &PersonAggregate,
    id: DeviceId,
    open_commands: &[Command],
    context: &Context,
) -> Result<Change, Refusal> {
    let mut draft = Draft::new(aggregate, context);
    let now = draft.now();
    let before = draft.after.device(id).cloned().ok_or(Refusal::NoSuchDevice)?;
    if before.state == DeviceState::Unenrolled {
        return Ok(Change::default());
    }
    let by = UnenrolledBy::Device;
    draft.edit_device(id, |device| {
        device.last_contact_at = now;
        device.unenrollment = Some(Unenrollment { at: now, by });
        // Without an agent nothing holds the device in lost mode.
        device.lost = LostMode::default();
        set_state(device, DeviceState::Unenrolled, now);
    });
    draft.device_event(&before, EventKind::DeviceUnenrolled { by });
    cancel_all(&mut draft, &before, open_commands);
    Ok(draft.finish_device())
}

/// A draft for a device that is in contact: notes the contact, and that it is back when it was silent.
pub(super) fn reporting<'a>(
    aggregate: &'a PersonAggregate,
    id: DeviceId,
    context: &'a Context,
) -> Result<(Draft<'a>, Device), Refusal> {
    let mut draft = Draft::new(aggregate, context);
    let now = draft.now();
    let device = draft.edit_device(id, |device| device.last_contact_at = now).ok_or(Refusal::NoSuchDevice)?;
    if device.state == DeviceState::Unenrolled {
        return Err(Refusal::DeviceUnenrolled);
    }
    if device.state == DeviceState::NotSynchronizing {
        let permissions_lost = !device.missing_permissions.is_empty();
        let state = if permissions_lost { DeviceState::PermissionsLost } else { DeviceState::Active };
        draft.edit_device(id, |device| {
            set_state(device, state, now);
            if let Some(renewal) = device.renewal.as_mut() {
                renewal.answered_at.get_or_insert(now);
            }
        });
        draft.device_event(&device, EventKind::ContactRestored { permissions_lost });
    }
    let device = draft.after.device(id).cloned().ok_or(Refusal::NoSuchDevice)?;
    Ok((draft, device))
}

/// Writes an entry when an enrollment came to another step, or something else keeps it from going on.
fn note_progress(draft: &mut Draft<'_>, before: &Device) {
    let Some(after) = draft.after.device(before.id).cloned() else { return };
    let progress = |d: &Device| (d.progress.step, d.missing_permissions.clone(), d.progress.error.clone());
    let is_enrolling = matches!(after.state, DeviceState::Pending | DeviceState::Enrolling);
    if is_enrolling && progress(before) != progress(&after) {
        let (step, missing, error) = progress(&after);
        draft.device_event(&after, EventKind::EnrollmentProgressed { step, missing, error });
    }
}

/// Moves the device to the state that follows from what is known of it.
fn settle(draft: &mut Draft<'_>, id: DeviceId) {
    let now = draft.now();
    let Some(device) = draft.after.device(id).cloned() else { return };
    let missing = device.missing_permissions.clone();
    let (state, event) = match device.state {
        DeviceState::Pending | DeviceState::Enrolling if device.is_complete() => {
            (DeviceState::Active, EventKind::DeviceActivated)
        }
        DeviceState::Pending if has_begun(&device) => (DeviceState::Enrolling, EventKind::EnrollmentBegan),
        DeviceState::Active if !missing.is_empty() => {
            (DeviceState::PermissionsLost, EventKind::PermissionsLost { missing })
        }
        DeviceState::PermissionsLost if missing.is_empty() => (DeviceState::Active, EventKind::PermissionsRestored),
        _ => return,
    };
    draft.edit_device(id, |device| {
        set_state(device, state, now);
        if state == DeviceState::Active {
            device.enrolled_at.get_or_insert(now);
            if let Some(renewal) = device.renewal.as_mut() {
                renewal.answered_at.get_or_insert(now);
            }
        }
    });
    draft.device_event(&device, event);
}

/// True when more is known than that the device is there.
fn has_begun(device: &Device) -> bool {
    device.progress.step != crate::device::EnrollmentStep::Contacted || device.inventory_at.is_some()
}

pub(super) fn set_state(device: &mut Device, state: DeviceState, now: crate::Timestamp) {
    if device.state != state {
        device.state = state;
        device.state_since = now;
    }
}

/// Those of `names` that are required of the device; the list cannot grow beyond what is required.
fn required_among(device: &Device, names: &[String]) -> Vec<String> {
    let required = device.required_permissions().into_iter();
    required.filter(|r| names.iter().any(|n| n == *r)).map(str::to_owned).collect()
}

/// Edits what is known of a device's lost mode, and writes an entry when the device came into it or out of it.
pub(super) fn edit_lost(draft: &mut Draft<'_>, id: DeviceId, edit: impl FnOnce(&mut LostMode)) {
    let Some(before) = draft.after.device(id).map(|device| device.lost.on.is_some()) else { return };
    let Some(device) = draft.edit_device(id, |device| edit(&mut device.lost)) else { return };
    match (before, device.lost.on.is_some()) {
        (false, true) => draft.device_event(&device, EventKind::LostModeBegan),
        (true, false) => draft.device_event(&device, EventKind::LostModeEnded),
        _ => {}
    }
}

/// The required permissions that are missing after a heartbeat; what it does not tell stays as it was, and what was not
/// required before is missing until it is told.
fn missing_after(device: &Device, required_before: &[&str], report: &StateReport) -> Vec<String> {
    let granted = |name: &str| match name {
        "device_admin" if report.admin_active.is_some() => report.admin_active,
        _ => report.permissions.as_ref().and_then(|p| p.get(name).copied()),
    };
    let was_missing =
        |name: &str| !required_before.contains(&name) || device.missing_permissions.iter().any(|m| m == name);
    let required = device.required_permissions().into_iter();
    required
        .filter(|name| granted(name).map_or_else(|| was_missing(name), |granted| !granted))
        .map(str::to_owned)
        .collect()
}

fn clean_error(error: &AgentError) -> AgentError {
    AgentError { code: clean_device_text(&error.code), message: clean_text(&error.message, 500) }
}
