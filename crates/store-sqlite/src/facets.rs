//! Status, platform and ownership in the full-text index. Each is a word of three characters, that is one trigram, so that
//! one query finds a text together with facets, and no row is read for it.

use domain::{
    device::{Ownership, Platform},
    slot::{SlotRow, SlotStatus},
};

/// The facets of a row.
pub(crate) fn of(row: &SlotRow) -> String {
    let mut facets = status(row.status).to_owned();
    if let Some(device) = &row.device {
        facets.push_str(platform(device.platform));
        facets.push_str(ownership(device.ownership));
    }
    facets
}

/// The facet of a status.
pub(crate) const fn status(status: SlotStatus) -> &'static str {
    match status {
        SlotStatus::Created => "|c|",
        SlotStatus::Queued => "|q|",
        SlotStatus::Sent => "|s|",
        SlotStatus::Opened => "|o|",
        SlotStatus::Pending => "|p|",
        SlotStatus::Enrolling => "|e|",
        SlotStatus::Active => "|a|",
        SlotStatus::PermissionsLost => "|l|",
        SlotStatus::NotSynchronizing => "|n|",
        SlotStatus::Unenrolled => "|u|",
        SlotStatus::Wiped => "|w|",
        SlotStatus::Replaced => "|r|",
    }
}

/// The facet of a platform.
pub(crate) const fn platform(platform: Platform) -> &'static str {
    match platform {
        Platform::Android => "|A|",
        Platform::Ios => "|I|",
        Platform::Ipados => "|P|",
        Platform::Linux => "|L|",
    }
}

/// The facet of an ownership.
pub(crate) const fn ownership(ownership: Ownership) -> &'static str {
    match ownership {
        Ownership::Company => "|1|",
        Ownership::Personal => "|2|",
    }
}
