//! The technical information of a device, as names and values.

use crate::{
    text::{self, bytes},
    wire::FactGroup,
};
use domain::{
    protocol::Location,
    views::{InventoryGroup, InventoryView},
};

/// Technical information, group by group.
pub fn inventory_facts(inventory: &InventoryView) -> Vec<FactGroup> {
    let group = |group: &InventoryGroup| FactGroup {
        name: fact_name(&group.name),
        since: group.since.into(),
        facts: group.facts.iter().map(shown).collect(),
    };
    inventory.groups.iter().map(group).collect()
}

/// A fact as the agent reported it, with a unit for sizes, and "yes" or "no" for truth values.
fn shown((name, value): &(String, String)) -> (String, String) {
    let size = name.strip_suffix("_bytes").and_then(|name| Some((name, value.parse().ok()?)));
    match (size, value.as_str()) {
        (Some((name, size)), _) => (fact_name(name), bytes(size)),
        (None, "true") => (fact_name(name), text::yes().to_owned()),
        (None, "false") => (fact_name(name), text::no().to_owned()),
        (None, _) => (fact_name(name), value.clone()),
    }
}

/// The URL of a map around a position.
pub fn position_map(location: &Location) -> String {
    let (north, east) = (location.latitude, location.longitude);
    format!("https://www.openstreetmap.org/?mlat={north:.6}&mlon={east:.6}#map=16/{north:.6}/{east:.6}")
}

/// The name of a fact in the reader's language. Names of the protocol and of our own agents have phrases. Any other is
/// an identifier such as `os_version`, and shown as `Os version`.
fn fact_name(name: &str) -> String {
    known(name).map_or_else(|| capitalised(&name.replace('_', " ")), str::to_owned)
}

fn known(name: &str) -> Option<&'static str> {
    Some(match name {
        "agent" => text::fact_agent(),
        "api_level" => text::fact_api_level(),
        "architecture" => text::fact_architecture(),
        "build" => text::fact_build(),
        "distribution" => text::fact_distribution(),
        "encrypted_storage" => text::fact_encrypted_storage(),
        "encryption" => text::fact_encryption(),
        "hardware" => text::fact_hardware(),
        "hostname" => text::fact_hostname(),
        "identifier" => text::fact_identifier(),
        "kernel" => text::fact_kernel(),
        "manufacturer" => text::fact_manufacturer(),
        "memory" => text::fact_memory(),
        "model" => text::fact_model(),
        "name" => text::fact_name(),
        "network" => text::network(),
        "passcode_set" => text::fact_passcode_set(),
        "patch_level" => text::fact_patch_level(),
        "processor" => text::fact_processor(),
        "processor_count" => text::fact_processor_count(),
        "security" => text::fact_security(),
        "serial" => text::fact_serial(),
        "storage" => text::storage(),
        "system" => text::fact_system(),
        "termux_version" => text::fact_termux_version(),
        "total" => text::fact_total(),
        "version" => text::fact_version(),
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
    fn facts_for_programs_become_text_for_people() {
        assert_eq!(shown(&pair("total_bytes", "128000000000")), pair("Total", "128.0\u{a0}GB"));
        assert_eq!(shown(&pair("passcode_set", "true")), pair("Passcode set", "Yes"));
        assert_eq!(shown(&pair("free_bytes", "many")), pair("Free bytes", "many"));
        assert_eq!(shown(&pair("memory_bytes", "8000000000")), pair("Memory", "8.0\u{a0}GB"));
        assert_eq!(fact_name("serial"), "Serial number");
    }
}
