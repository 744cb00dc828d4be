//! Reports of an enrolled device: progress, inventory, heartbeats, a new secret, unenrollment.

use super::{Context, Refusal, command::cancel_all, draft::Draft, plain::measured_until, wipe::ERASING_S};
use crate::{
    aggregate::PersonAggregate,
    apple::{IdentityChange, Revocation},
    device::{
        AgentError, Device, DeviceState, Progress, ReportedCapabilities, UnenrolledBy, Unenrollment,
        capabilities::Capabilities,
        command::Command,
        hardware::{IMEIS_MAX, Relative, imei_key},
        lost::LostMode,
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
    let (mut draft, before) = draft_for_contact(aggregate, id, context)?;
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
    append_progress_event(&mut draft, &before);
    update_state(&mut draft, id);
    Ok(draft.into_device_change())
}

/// Records a device's technical information; `etag` identifies its content, `known` is the stored inventory. One that was
/// collected before the stored one counts as contact and changes nothing else.
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
    let (mut draft, before) = draft_for_contact(aggregate, id, context)?;
    take_inventory(&mut draft, &before, inventory, etag, known);
    Ok(draft.into_device_change())
}

/// Takes technical information, as [`record_inventory`] does.
pub(super) fn take_inventory(
    draft: &mut Draft<'_>,
    before: &Device,
    mut inventory: Inventory,
    etag: String,
    known: Option<&StoredInventory>,
) {
    let (id, now) = (before.id, draft.now());
    // A clock that is ahead must not make every later report an older one.
    inventory.collected_at = inventory.collected_at.map(|at| at.min(now));
    let latest = known.and_then(|known| known.inventory.collected_at);
    if latest.zip(inventory.collected_at).is_some_and(|(latest, collected)| collected < latest) {
        return;
    }
    if before.inventory_at.is_none() {
        draft.edit_device(id, |device| device.inventory_at = Some(now));
        draft.device_event(before, EventKind::InventoryReceived);
    }
    let imeis = imeis(&inventory);
    let serial = inventory.groups.get("hardware").and_then(|facts| facts.get("serial")).and_then(|fact| fact.as_str());
    draft.edit_device(id, |device| {
        device.imeis = imeis;
        device.info.serial =
            device.info.serial.take().or_else(|| serial.map(clean_device_text)).filter(|s| !s.is_empty());
    });
    // An unchanged inventory is not written again, only its time.
    if known.is_some_and(|known| known.etag == etag && known.inventory.collected_at == inventory.collected_at) {
        draft.change.confirmed_inventories.push((id, now));
    } else {
        let since = unchanged_since(&inventory, known, now);
        draft.change.inventories.push(InventoryPut { device_id: id, at: now, etag, inventory, since });
    }
    update_state(draft, id);
}

/// The IMEIs in a device's technical information: facts that are named so, in any group.
fn imeis(inventory: &Inventory) -> Vec<String> {
    let is_imei =
        |name: &str| name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_').eq_ignore_ascii_case("imei");
    let facts = inventory.groups.values().flatten().filter(|(name, _)| is_imei(name));
    let values = facts
        .filter_map(|(_, value)| value.as_str().map(str::to_owned).or_else(|| value.as_u64().map(|n| n.to_string())));
    values.filter(|imei| imei_key(imei).is_some()).take(IMEIS_MAX).collect()
}

/// Since when each group is unchanged.
fn unchanged_since(
    inventory: &Inventory,
    known: Option<&StoredInventory>,
    now: crate::Timestamp,
) -> BTreeMap<String, crate::Timestamp> {
    let since = |name: &String, facts| {
        let known = known.filter(|known| known.inventory.groups.get(name) == Some(facts))?;
        // A group that was stored without a time is known to be so since its inventory was received.
        Some(known.since.get(name).copied().unwrap_or(known.at))
    };
    inventory.groups.iter().map(|(name, facts)| (name.clone(), since(name, facts).unwrap_or(now))).collect()
}

/// Records a heartbeat. One that arrives after a newer one counts as contact and changes nothing else.
///
/// # Errors
/// The device is unenrolled or was deleted.
pub fn record_state(
    aggregate: &PersonAggregate,
    id: DeviceId,
    report: StateReport,
    context: &Context,
) -> Result<Change, Refusal> {
    let (mut draft, before) = draft_for_contact(aggregate, id, context)?;
    take_state(&mut draft, &before, report);
    Ok(draft.into_device_change())
}

/// Takes a heartbeat, as [`record_state`] does.
pub(super) fn take_state(draft: &mut Draft<'_>, before: &Device, mut report: StateReport) {
    let id = before.id;
    if report.seq > before.last_report_seq {
        let now = draft.now();
        let reported = report.capabilities.take().map(Capabilities::cleaned);
        report = measured_until(report, now);
        draft.edit_device(id, |device| {
            device.last_report_seq = report.seq;
            // Capabilities decide which permissions are required, so they come first.
            let required_before = device.required_permissions();
            if let Some(reported) = reported {
                device.capabilities = Some(ReportedCapabilities { at: now, reported });
            }
            device.missing_permissions = missing_after(device, &required_before, &report);
        });
        if let Some(is_on) = report.lost_mode {
            edit_lost_mode(draft, id, |lost| lost.apply_report(is_on, now));
        }
        draft.change.reports.push(ReportPut { device_id: id, at: draft.now(), report });
        append_progress_event(draft, before);
    }
    update_state(draft, id);
}

/// Records that the device was in contact.
///
/// # Errors
/// The device is unenrolled or was deleted.
pub fn record_contact(aggregate: &PersonAggregate, id: DeviceId, context: &Context) -> Result<Change, Refusal> {
    let (draft, _) = draft_for_contact(aggregate, id, context)?;
    Ok(draft.into_device_change())
}

/// Stores a new secret of the device; the last one that it used stays valid until a newer one is used.
///
/// # Errors
/// The device is unenrolled or was deleted.
pub fn rotate_secret(
    aggregate: &PersonAggregate,
    id: DeviceId,
    secret: KeyedHash,
    context: &Context,
) -> Result<Change, Refusal> {
    let (mut draft, device) = draft_for_contact(aggregate, id, context)?;
    let now = draft.now();
    draft.edit_device(id, |device| {
        if let Some(renewal) = device.renewal.as_mut() {
            renewal.answered_at.get_or_insert(now);
        }
    });
    draft.change.secrets.push((id, secret));
    draft.device_event(&device, EventKind::SecretRotated);
    Ok(draft.into_device_change())
}

/// Records that the device used the secret with this hash, so that those before it can be forgotten. Never refused, and
/// not in the journal.
pub fn record_used_secret(id: DeviceId, used: KeyedHash) -> Change {
    Change { used_secrets: vec![(id, used)], ..Change::default() }
}

/// The device unenrolls itself; its `open_commands` are cancelled. Idempotent.
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
    let before = draft.current.device(id).cloned().ok_or(Refusal::NoSuchDevice)?;
    // Nothing is left to end.
    if !before.state.is_in_use() {
        return Ok(Change::default());
    }
    draft.note_contact(id);
    end_enrollment(&mut draft, &before, UnenrolledBy::Device, open_commands);
    Ok(draft.into_device_change())
}

/// Ends the enrollment of a device that is in use; its `open` commands are cancelled.
pub(super) fn end_enrollment(draft: &mut Draft<'_>, before: &Device, by: UnenrolledBy, open: &[Command]) {
    let now = draft.now();
    draft.edit_device(before.id, |device| {
        device.unenrollment = Some(Unenrollment { at: now, by });
        // Without an agent, nothing keeps the device in lost mode.
        device.lost = LostMode::default();
        device.relatives.twin = None;
        device.push_trouble = None;
        set_state(device, DeviceState::Unenrolled, now);
    });
    if before.platform.is_apple() {
        let revocation = Revocation { at: now, by: by.into() };
        draft.change.apple_identities.push(IdentityChange::End { device_id: before.id, revocation });
    }
    draft.device_event(before, EventKind::DeviceUnenrolled { by });
    cancel_all(draft, before, open);
}

/// A draft for a report of a device. Records the contact, and that the device is back if it was silent.
pub(super) fn draft_for_contact<'a>(
    aggregate: &'a PersonAggregate,
    id: DeviceId,
    context: &'a Context,
) -> Result<(Draft<'a>, Device), Refusal> {
    let mut draft = Draft::new(aggregate, context);
    let now = draft.now();
    let device = draft.note_contact(id).ok_or(Refusal::NoSuchDevice)?;
    if device.state == DeviceState::Unenrolled {
        return Err(Refusal::DeviceUnenrolled);
    }
    if is_back(&device, now) {
        restore(&mut draft, &device);
    }
    let device = draft.current.device(id).cloned().ok_or(Refusal::NoSuchDevice)?;
    Ok((draft, device))
}

/// Whether a contact shows that the device is in use, although it was taken for silent, erased or replaced.
fn is_back(device: &Device, now: crate::Timestamp) -> bool {
    match device.state {
        DeviceState::NotSynchronizing | DeviceState::Replaced => true,
        DeviceState::Wiped => now.seconds_since(device.state_since) > ERASING_S,
        _ => false,
    }
}

/// The device is back, in the state that its progress and permissions imply, and a renewal is answered.
fn restore(draft: &mut Draft<'_>, before: &Device) {
    let now = draft.now();
    let permissions_lost = !before.missing_permissions.is_empty();
    let (state, event) = match (before.enrolled_at, permissions_lost) {
        (None, _) => (DeviceState::Enrolling, EventKind::EnrollmentBegan),
        (_, true) => (DeviceState::PermissionsLost, EventKind::ContactRestored { permissions_lost }),
        (_, false) => (DeviceState::Active, EventKind::ContactRestored { permissions_lost }),
    };
    let device = draft.edit_device(before.id, |device| {
        set_state(device, state, now);
        if let Some(renewal) = device.renewal.as_mut() {
            renewal.answered_at.get_or_insert(now);
        }
        // Both are in use then: the device, and the one that was enrolled with its number.
        let replaced_by = device.relatives.replaced_by.take();
        device.relatives.twin = device.relatives.twin.or(replaced_by.map(|by| Relative { at: now, ..by }));
    });
    let Some(device) = device else { return };
    draft.device_event(&device, event);
    if let Some(twin) = device.relatives.twin.filter(|_| before.state == DeviceState::Replaced) {
        draft.device_event(&device, EventKind::SameHardwareFound { twin: twin.device_id });
    }
}

/// Appends an entry when the enrollment reached another step, or when missing permissions or the error changed.
pub(super) fn append_progress_event(draft: &mut Draft<'_>, before: &Device) {
    let Some(after) = draft.current.device(before.id).cloned() else { return };
    let progress = |d: &Device| (d.progress.step, d.missing_permissions.clone(), d.progress.error.clone());
    let is_enrolling = matches!(after.state, DeviceState::Pending | DeviceState::Enrolling);
    if is_enrolling && progress(before) != progress(&after) {
        let (step, missing, error) = progress(&after);
        draft.device_event(&after, EventKind::EnrollmentProgressed { step, missing, error });
    }
}

/// Moves the device to the state that follows from its progress, inventory and permissions.
pub(super) fn update_state(draft: &mut Draft<'_>, id: DeviceId) {
    let now = draft.now();
    let Some(device) = draft.current.device(id).cloned() else { return };
    let missing = device.missing_permissions.clone();
    let (state, event) = match device.state {
        // "Done" from the agent is not enough: nothing may be missing either.
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

/// True when the device has sent more than its first contact.
fn has_begun(device: &Device) -> bool {
    device.progress.step != crate::device::EnrollmentStep::Contacted || device.inventory_at.is_some()
}

pub(super) fn set_state(device: &mut Device, state: DeviceState, now: crate::Timestamp) {
    if device.state != state {
        device.state = state;
        device.state_since = now;
    }
}

/// The `names` that are required of the device; any other name is dropped.
fn required_among(device: &Device, names: &[String]) -> Vec<String> {
    let required = device.required_permissions().into_iter();
    required.filter(|r| names.iter().any(|n| n == *r)).map(str::to_owned).collect()
}

/// Edits a device's lost mode, and appends an entry when it began or ended.
pub(super) fn edit_lost_mode(draft: &mut Draft<'_>, id: DeviceId, edit: impl FnOnce(&mut LostMode)) {
    let Some(before) = draft.current.device(id).map(|device| device.lost.on.is_some()) else { return };
    let Some(device) = draft.edit_device(id, |device| edit(&mut device.lost)) else { return };
    match (before, device.lost.on.is_some()) {
        (false, true) => draft.device_event(&device, EventKind::LostModeBegan),
        (true, false) => draft.device_event(&device, EventKind::LostModeEnded),
        _ => {}
    }
}

/// The required permissions that are missing after a heartbeat. One that it does not report stays as it was; one that
/// was not required before is missing until it is reported.
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
