//! What is known about a device at a glance: each fact with the time at which it was reported.

use crate::{
    server::convert::facts::position_map,
    text::{self, bytes, permissions_text},
    wire::{FactView, Moment},
};
use domain::{
    Timestamp,
    device::{Device, lost::LostState},
    protocol::Storage,
    views::{SlotDetail, TimedReport},
};

/// Below this charge the battery is marked as low, in percent.
const LOW_BATTERY: u8 = 15;
/// Below this part the free storage is marked as low, in percent.
const LOW_STORAGE: u64 = 5;

/// The facts, the most urgent first.
pub fn glance(detail: &SlotDetail) -> Vec<FactView> {
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

fn fact(word: &str, name: &str, value: String, at: Option<Timestamp>) -> FactView {
    FactView { word: word.to_owned(), name: name.to_owned(), value, at: at.map(Moment::from), ..FactView::default() }
}

fn lost(device: &Device) -> FactView {
    let (value, at, is_calm) = match device.lost.state() {
        LostState::Off => (text::lost_is_off(), None, true),
        LostState::Requested { requested_at } => (text::lost_is_requested(), Some(requested_at), false),
        LostState::On { since } => (text::lost_is_on(), Some(since), false),
        LostState::EndRequested { requested_at, .. } => (text::lost_is_ending(), Some(requested_at), false),
    };
    FactView { warns: !is_calm, is_since: true, ..fact("lost", text::glance_lost(), value.to_owned(), at) }
}

fn contact(device: &Device) -> FactView {
    FactView { is_since: true, ..fact("contact", text::glance_contact(), String::new(), Some(device.last_contact_at)) }
}

fn battery(report: &TimedReport) -> Option<FactView> {
    let battery = report.report.battery?;
    let level = u32::from(battery.level.min(100));
    let value = if battery.charging { text::battery_charging(level) } else { text::battery_level(level) };
    let view = fact("battery", text::battery(), value, report.reported_at.battery);
    Some(FactView { warns: battery.level < LOW_BATTERY, share: u8::try_from(level).ok(), ..view })
}

fn storage(report: &TimedReport) -> Option<FactView> {
    let Storage { total_bytes, free_bytes } = report.report.storage?;
    let value = text::storage_free(&bytes(free_bytes), &bytes(total_bytes));
    let view = fact("storage", text::storage(), value, report.reported_at.storage);
    let free = u128::from(free_bytes.min(total_bytes)) * 100;
    let used = 100_u128.checked_sub(free / u128::from(total_bytes.max(1)))?;
    let warns = free < u128::from(total_bytes) * u128::from(LOW_STORAGE);
    Some(FactView { warns, share: u8::try_from(used).ok(), ..view })
}

/// How many of the reported permissions are granted, and which are not. Before the first report, those that are
/// required.
fn permissions(device: &Device, report: Option<&TimedReport>) -> Option<FactView> {
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
    let view = fact("permissions", text::permissions(), value, report.and_then(|timed| timed.reported_at.permissions));
    let note = (!missing.is_empty()).then(|| text::permissions_missing(&permissions_text(&missing)));
    Some(FactView { warns: !device.missing_permissions.is_empty(), note, ..view })
}

fn place(report: &TimedReport) -> Option<FactView> {
    let location = report.report.location.as_ref()?;
    // Four decimals are 11 m: enough to recognise a place. The map gets all of them.
    let value = format!("{:.4},\u{a0}{:.4}", location.latitude, location.longitude);
    let note = location.accuracy_m.map(|metres| text::place_accuracy(&format!("{metres:.0}")));
    let view = fact("place", text::glance_place(), value, Some(location.at));
    Some(FactView { is_taken: true, link: Some(position_map(location)), note, ..view })
}

fn network(report: &TimedReport) -> Option<FactView> {
    let kind = network_text(report.report.network.as_deref()?);
    Some(fact("network", text::network(), kind, report.reported_at.network))
}

/// The kinds of networks that agents know, as they are called; any other as it was reported.
fn network_text(kind: &str) -> String {
    match kind.to_ascii_lowercase().as_str() {
        "wifi" => text::network_wifi(),
        "cellular" => text::network_cellular(),
        "ethernet" => text::network_ethernet(),
        _ => kind,
    }
    .to_owned()
}
