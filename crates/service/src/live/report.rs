//! What subscribers hear of a device's change that has no journal entry. Most of these change nothing that shows but the
//! time of the last contact.

use super::{Contact, LiveChange, LiveEvent, reach::Reach};
use crate::register::KnownDevice;
use domain::{
    aggregate::PersonAggregate, device::Device, journal::change::Change, protocol::StateReport, types::ids::DeviceId,
    views::TimedReport,
};

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
    let reach = if !change.slots.is_empty() {
        Reach::Lists
    } else if changes_page(device, after, change, known) {
        Reach::Page
    } else {
        let is_report = !change.reports.is_empty() || !change.confirmed_inventories.is_empty();
        let (_, at) = change.contacts.iter().find(|(device, _)| *device == id)?;
        return Some(LiveEvent::Contact(Contact { slot_id: device.slot_id, at: *at, is_report }));
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

/// Whether the page of the device shows something else than before, apart from times.
fn changes_page(device: &Device, after: &Device, change: &Change, known: Option<&TimedReport>) -> bool {
    without_times(device.clone()) != without_times(after.clone())
        || !change.inventories.is_empty()
        || change.reports.iter().any(|put| says_more(&put.report, known))
}

fn without_times(mut device: Device) -> Device {
    device.last_contact_at = domain::Timestamp::default();
    device.last_report_seq = 0;
    if let Some(capabilities) = &mut device.capabilities {
        capabilities.at = domain::Timestamp::default();
    }
    device
}

/// Whether a report contains a value that the stored one does not have. A part that it leaves out stays as it was; when it
/// was measured is no news.
pub(crate) fn says_more(report: &StateReport, known: Option<&TimedReport>) -> bool {
    let Some(TimedReport { report: known, .. }) = known else { return true };
    let place = |report: &StateReport| report.location.map(|it| (it.latitude, it.longitude, it.accuracy_m));
    is_news(report.battery.as_ref(), known.battery.as_ref())
        || is_news(report.network.as_ref(), known.network.as_ref())
        || is_news(report.storage.as_ref(), known.storage.as_ref())
        || is_news(report.permissions.as_ref(), known.permissions.as_ref())
        || is_news(report.admin_active.as_ref(), known.admin_active.as_ref())
        || is_news(report.lost_mode.as_ref(), known.lost_mode.as_ref())
        || is_news(place(report).as_ref(), place(known).as_ref())
}

fn is_news<T: PartialEq>(reported: Option<&T>, known: Option<&T>) -> bool {
    reported.is_some() && reported != known
}

/// The event for a report that changed nothing but measured values; `is_news` tells whether it changed one.
pub(crate) fn measured_event(id: DeviceId, known: &KnownDevice, at: domain::Timestamp, is_news: bool) -> LiveEvent {
    if !is_news {
        return LiveEvent::Contact(Contact { slot_id: known.slot_id, at, is_report: true });
    }
    LiveEvent::Changed(LiveChange {
        seq: None,
        person_id: known.person_id,
        invitation_id: Some(known.invitation_id),
        slot_id: Some(known.slot_id),
        device_id: Some(id),
        kind: "report".to_owned(),
        reach: Reach::Page,
    })
}
