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
}
