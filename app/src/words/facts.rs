//! What a device reported about itself, as pairs of words.

use super::number::bytes;
use crate::{say, views::FactGroup};
use domain::{
    protocol::Location,
    views::{InventoryGroup, InventoryView},
};

/// Technical information, group by group.
pub fn inventory_facts(inventory: &InventoryView) -> Vec<FactGroup> {
    let group = |group: &InventoryGroup| FactGroup {
        name: words(&group.name),
        since: group.since.into(),
        facts: group.facts.iter().map(told).collect(),
    };
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

/// A map around a position.
pub fn position_map(location: &Location) -> String {
    let (north, east) = (location.latitude, location.longitude);
    format!("https://www.openstreetmap.org/?mlat={north:.6}&mlon={east:.6}#map=16/{north:.6}/{east:.6}")
}

/// A name in words: those of the protocol and of our agents are in the catalogue; any other is a word for programs,
/// `os_version`, and shown as `Os version`.
fn words(name: &str) -> String {
    known(name).map_or_else(|| capitalised(&name.replace('_', " ")), str::to_owned)
}

fn known(name: &str) -> Option<&'static str> {
    Some(match name {
        "agent" => say::fact_agent(),
        "api_level" => say::fact_api_level(),
        "architecture" => say::fact_architecture(),
        "build" => say::fact_build(),
        "distribution" => say::fact_distribution(),
        "encrypted_storage" => say::fact_encrypted_storage(),
        "encryption" => say::fact_encryption(),
        "hardware" => say::fact_hardware(),
        "hostname" => say::fact_hostname(),
        "identifier" => say::fact_identifier(),
        "kernel" => say::fact_kernel(),
        "manufacturer" => say::fact_manufacturer(),
        "memory" => say::fact_memory(),
        "model" => say::fact_model(),
        "name" => say::fact_name(),
        "network" => say::network(),
        "passcode_set" => say::fact_passcode_set(),
        "patch_level" => say::fact_patch_level(),
        "processor" => say::fact_processor(),
        "processor_count" => say::fact_processor_count(),
        "security" => say::fact_security(),
        "serial" => say::fact_serial(),
        "storage" => say::storage(),
        "system" => say::fact_system(),
        "termux_version" => say::fact_termux_version(),
        "total" => say::fact_total(),
        "version" => say::fact_version(),
        _ => return None,
    })
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
        assert_eq!(told(&pair("memory_bytes", "8000000000")), pair("Memory", "8.0 GB"));
        assert_eq!(words("serial"), "Serial number");
    }
}
