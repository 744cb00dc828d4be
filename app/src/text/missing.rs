//! What a device lacks, and permissions, in the reader's language. Only in the server.

use crate::text;

/// What is missing, as a list. The domain names it in English; a permission that is not known here keeps its name.
pub fn missing_words<'a>(missing: impl IntoIterator<Item = &'a String>) -> String {
    missing.into_iter().map(|name| missing_word(name)).collect::<Vec<_>>().join(", ")
}

fn missing_word(name: &str) -> &str {
    match name {
        "location" => text::missing_location(),
        "notifications" => text::missing_notifications(),
        "device admin" => text::missing_device_admin(),
        "technical information" => text::missing_inventory(),
        other => other,
    }
}

/// A permission of the agent protocol in words.
pub fn permission_word(name: &str) -> String {
    missing_word(&domain::device::permission_label(name)).to_owned()
}

/// Permissions as a list.
pub fn permission_words(names: &[String]) -> String {
    names.iter().map(|name| permission_word(name)).collect::<Vec<_>>().join(", ")
}
