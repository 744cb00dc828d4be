//! What a device reported about itself, as pairs of words.

use super::{label::permission_word, number::bytes};
use crate::say;
use domain::{
    protocol::{Location, StateReport},
    views::{InventoryGroup, InventoryView},
};

/// Names and values, in the order in which they are shown.
type Facts = Vec<(String, String)>;

/// A heartbeat: one group without a name, and the permissions.
pub fn report_facts(report: &StateReport) -> Vec<(String, Facts)> {
    let battery = report.battery.map(|battery| {
        let level = u64::from(battery.level);
        let text = if battery.charging { say::battery_charging(level) } else { say::battery_level(level) };
        (say::battery(), text)
    });
    let storage = report
        .storage
        .map(|storage| (say::storage(), say::storage_free(&bytes(storage.free_bytes), &bytes(storage.total_bytes))));
    let network = report.network.clone().map(|network| (say::network(), network));
    let admin = report.admin_active.map(|admin| (say::device_administration(), granted(admin)));
    let state = [battery, storage, network, admin].into_iter().flatten();
    let state: Facts = state.map(|(name, value)| (name.to_owned(), value)).collect();
    let permissions = report.permissions.iter().flatten();
    let permissions: Facts =
        permissions.map(|(name, is_granted)| (capitalised(&permission_word(name)), granted(*is_granted))).collect();
    let groups = [(String::new(), state), (say::permissions().to_owned(), permissions)];
    groups.into_iter().filter(|(_, facts)| !facts.is_empty()).collect()
}

fn granted(is_granted: bool) -> String {
    if is_granted { say::granted() } else { say::not_granted() }.to_owned()
}

/// Technical information, group by group.
pub fn inventory_facts(inventory: &InventoryView) -> Vec<(String, Facts)> {
    let group = |group: &InventoryGroup| (words(&group.name), group.facts.iter().map(told).collect());
    inventory.groups.iter().map(group).collect()
}

/// A fact as the agent told it: sizes get a unit, and truths become words.
fn told((name, value): &(String, String)) -> (String, String) {
    let size = name.strip_suffix("_bytes").and_then(|name| Some((name, value.parse().ok()?)));
    match (size, value.as_str()) {
        (Some((name, size)), _) => (words(name), bytes(size)),
        (None, "true") => (words(name), say::yes().to_owned()),
        (None, "false") => (words(name), say::no().to_owned()),
        (None, _) => (words(name), value.clone()),
    }
}

/// Coordinates, to a tenth of a metre, with the radius of confidence.
pub fn position_text(location: &Location) -> String {
    format!("{:.6}, {:.6} ± {:.0} m", location.latitude, location.longitude, location.accuracy_m)
}

/// A map around a position.
pub fn position_map(location: &Location) -> String {
    let (north, east) = (location.latitude, location.longitude);
    format!("https://www.openstreetmap.org/?mlat={north:.6}&mlon={east:.6}#map=16/{north:.6}/{east:.6}")
}

/// `os_version` as `Os version`: names of facts are words for programs.
fn words(name: &str) -> String {
    capitalised(&name.replace('_', " "))
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn facts_for_programs_become_words_for_people() {
        assert_eq!(told(&pair("total_bytes", "128000000000")), pair("Total", "128.0 GB"));
        assert_eq!(told(&pair("passcode_set", "true")), pair("Passcode set", "Yes"));
        assert_eq!(told(&pair("free_bytes", "many")), pair("Free bytes", "many"));
    }

    #[test]
    fn a_report_that_says_nothing_has_no_groups() {
        assert_eq!(report_facts(&StateReport::default()), []);
    }
}
