//! What subscribers hear of a device's change that has no journal entry. Most of these change nothing that shows but the
//! time of the last contact.

use super::{Contact, LiveChange, LiveEvent, reach::Reach};
use domain::{
    aggregate::PersonAggregate,
    device::Device,
    journal::change::{Change, ReportPut},
    slot::SlotRow,
    types::ids::DeviceId,
    views::TimedReport,
};
use serde_json::Value;

/// The event for a change of `device` without journal entries; `None` when the device is gone. `known` is the report
/// that was stored before.
pub(crate) fn quiet_event(
    before: &PersonAggregate,
    id: DeviceId,
    change: &Change,
    known: Option<&TimedReport>,
) -> Option<LiveEvent> {
    let device = before.device(id)?;
    let after = change.devices.iter().find(|device| device.id == id).unwrap_or(device);
    let reach = if changes_rows(before, change) {
        Reach::Lists
    } else if changes_page(device, after, change, known) {
        Reach::Page
    } else {
        let is_report = !change.reports.is_empty() || !change.confirmed_inventories.is_empty();
        return Some(LiveEvent::Contact(Contact { slot_id: device.slot_id, at: after.last_contact_at, is_report }));
    };
    Some(LiveEvent::Changed(LiveChange {
        seq: None,
        person_id: device.person_id,
        invitation_id: Some(device.invitation_id),
        slot_id: Some(device.slot_id),
        device_id: Some(id),
        kind: "report".to_owned(),
        reach,
    }))
}

/// Whether a row of the lists shows something else than before, apart from the time of the last contact.
fn changes_rows(before: &PersonAggregate, change: &Change) -> bool {
    let old = |put_id| before.slots.iter().find(|slot| slot.id == put_id).and_then(|slot| before.row(slot));
    let is_news = |new: &SlotRow| old(new.id).is_none_or(|old| without_contact(old) != without_contact(new.clone()));
    change.slots.iter().any(|put| is_news(&put.row))
}

fn without_contact(mut row: SlotRow) -> SlotRow {
    if let Some(device) = &mut row.device {
        device.last_contact_at = domain::Timestamp::default();
    }
    row
}

/// Whether the page of the device shows something else than before, apart from times.
fn changes_page(device: &Device, after: &Device, change: &Change, known: Option<&TimedReport>) -> bool {
    without_times(device.clone()) != without_times(after.clone())
        || !change.inventories.is_empty()
        || change.reports.iter().any(|put| says_more(put, known))
}

fn without_times(mut device: Device) -> Device {
    device.last_contact_at = domain::Timestamp::default();
    device.last_report_seq = 0;
    if let Some(capabilities) = &mut device.capabilities {
        capabilities.at = domain::Timestamp::default();
    }
    device
}

/// Whether a report contains a value that the stored one does not have. A part that it leaves out stays as it was.
fn says_more(put: &ReportPut, known: Option<&TimedReport>) -> bool {
    let Some(known) = known else { return true };
    let parts = |report| match serde_json::to_value(report) {
        Ok(Value::Object(parts)) => parts,
        _ => serde_json::Map::new(),
    };
    let known = parts(&known.report);
    parts(&put.report)
        .into_iter()
        // Capabilities are stored with the device, and compared there.
        .filter(|(name, _)| !matches!(name.as_str(), "seq" | "capabilities"))
        .any(|(name, value)| known.get(&name).cloned().map(without_time) != Some(without_time(value)))
}

/// A position without the time at which it was taken.
fn without_time(mut part: Value) -> Value {
    if let Some(part) = part.as_object_mut() {
        part.remove("at");
    }
    part
}
