//! What a device lacks, and permissions, in the reader's language. Only in the server.

use crate::text;

/// What is missing, as a list. The domain names it in English. An unknown permission keeps its name.
pub fn missing_text<'a>(missing: impl IntoIterator<Item = &'a String>) -> String {
    missing.into_iter().map(|name| missing_name(name)).collect::<Vec<_>>().join(", ")
}

fn missing_name(name: &str) -> &str {
    match name {
        "location" => text::missing_location(),
        "notifications" => text::missing_notifications(),
        "device admin" => text::missing_device_admin(),
        "technical information" => text::missing_inventory(),
        other => other,
    }
}

/// A permission of the agent protocol, by its name for people.
pub fn permission_text(name: &str) -> String {
    missing_name(&domain::device::permission_label(name)).to_owned()
}

/// Permissions as a list.
pub fn permissions_text(names: &[String]) -> String {
    names.iter().map(|name| permission_text(name)).collect::<Vec<_>>().join(", ")
}
