//! What is known of a device at a glance: each fact with the time at which it was told.

use crate::{
    server::convert::facts::position_map,
    text::{self, bytes, permission_words},
    wire::{FactLine, Moment},
};
use domain::{
    Timestamp,
    device::{Device, lost::LostState},
    protocol::{Location, Storage},
    views::{SlotDetail, TimedReport},
};

/// Below this charge the battery needs a look, in percent.
const LOW_BATTERY: u8 = 15;
/// Below this part the free storage needs a look, in percent.
const LOW_STORAGE: u64 = 5;

/// The facts, the most urgent first.
pub fn glance(detail: &SlotDetail) -> Vec<FactLine> {
    let Some(device) = &detail.device else { return Vec::new() };
    let report = detail.report.as_ref();
    let facts = [
        Some(lost(device)),
        Some(contact(device)),
        report.and_then(battery),
        report.and_then(storage),
        Some(permissions(device, report)).flatten(),
        report.and_then(place),
        report.and_then(network),
    ];
    facts.into_iter().flatten().collect()
}

fn fact(word: &str, name: &str, value: String, at: Option<Timestamp>) -> FactLine {
    FactLine { word: word.to_owned(), name: name.to_owned(), value, at: at.map(Moment::from), ..FactLine::default() }
}

fn lost(device: &Device) -> FactLine {
    let (value, at, is_calm) = match device.lost.state() {
        LostState::Off => (text::lost_is_off(), None, true),
        LostState::Requested { requested_at } => (text::lost_is_requested(), Some(requested_at), false),
        LostState::On { since } => (text::lost_is_on(), Some(since), false),
        LostState::EndRequested { requested_at, .. } => (text::lost_is_ending(), Some(requested_at), false),
    };
    FactLine { warns: !is_calm, is_since: true, ..fact("lost", text::glance_lost(), value.to_owned(), at) }
}

fn contact(device: &Device) -> FactLine {
    FactLine { is_since: true, ..fact("contact", text::glance_contact(), String::new(), Some(device.last_contact_at)) }
}

fn battery(report: &TimedReport) -> Option<FactLine> {
    let battery = report.report.battery?;
    let level = u32::from(battery.level.min(100));
    let value = if battery.charging { text::battery_charging(level) } else { text::battery_level(level) };
    let line = fact("battery", text::battery(), value, report.reported_at.battery);
    Some(FactLine { warns: battery.level < LOW_BATTERY, share: u8::try_from(level).ok(), ..line })
}

fn storage(report: &TimedReport) -> Option<FactLine> {
    let Storage { total_bytes, free_bytes } = report.report.storage?;
    let value = text::storage_free(&bytes(free_bytes), &bytes(total_bytes));
    let line = fact("storage", text::storage(), value, report.reported_at.storage);
    let free = u128::from(free_bytes.min(total_bytes)) * 100;
    let used = 100_u128.checked_sub(free / u128::from(total_bytes.max(1)))?;
    let warns = free < u128::from(total_bytes) * u128::from(LOW_STORAGE);
    Some(FactLine { warns, share: u8::try_from(used).ok(), ..line })
}

/// How many of the permissions that were told are granted, and which are not; before any was told, those that are
/// required.
fn permissions(device: &Device, report: Option<&TimedReport>) -> Option<FactLine> {
    let mut known: Vec<(String, bool)> = Vec::new();
    if let Some(report) = report.map(|timed| &timed.report) {
        known.extend(report.permissions.iter().flatten().map(|(name, granted)| (name.clone(), *granted)));
        let admin = "device_admin";
        let counts = device.required_permissions().contains(&admin) && known.iter().all(|(name, _)| name != admin);
        known.extend(report.admin_active.filter(|_| counts).map(|active| (admin.to_owned(), active)));
    }
    if known.is_empty() {
        let is_missing = |name: &str| device.missing_permissions.iter().any(|missing| missing == name);
        known.extend(device.required_permissions().into_iter().map(|name| (name.to_owned(), !is_missing(name))));
    }
    if known.is_empty() {
        return None;
    }
    let missing: Vec<String> = known.iter().filter(|(_, granted)| !granted).map(|(name, _)| name.clone()).collect();
    let value = text::permissions_granted(known.len() - missing.len(), known.len());
    let line = fact("permissions", text::permissions(), value, report.and_then(|timed| timed.reported_at.permissions));
    let note = (!missing.is_empty()).then(|| text::permissions_missing(&permission_words(&missing)));
    Some(FactLine { warns: !device.missing_permissions.is_empty(), note, ..line })
}

fn place(report: &TimedReport) -> Option<FactLine> {
    let location = report.report.location.as_ref()?;
    let line = fact("place", text::glance_place(), place_text(location), Some(location.at));
    Some(FactLine { is_taken: true, link: Some(position_map(location)), ..line })
}

/// Coordinates, to a tenth of a metre, with the radius of confidence.
fn place_text(location: &Location) -> String {
    let place = format!("{:.6}, {:.6}", location.latitude, location.longitude);
    text::place_accuracy(&place, &format!("{:.0}", location.accuracy_m))
}

fn network(report: &TimedReport) -> Option<FactLine> {
    let kind = report.report.network.clone()?;
    Some(fact("network", text::network(), kind, report.reported_at.network))
}
