//! What a decision wants done: committed as a whole, or not at all.

use crate::{
    Timestamp,
    device::{Device, command::Command},
    invitation::Invitation,
    journal::NewEvent,
    mail::Mail,
    person::Person,
    protocol::{Inventory, StateReport},
    slot::{Slot, SlotRow},
    types::ids::{DeviceId, InvitationId, SlotId},
};
use std::{collections::BTreeMap, fmt};

/// A keyed hash (BLAKE3, 256 bits) by which a secret is found without being stored.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyedHash(pub [u8; 32]);

impl fmt::Debug for KeyedHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyedHash(…)")
    }
}

/// An invitation's credentials as they are stored: sealed, to be shown again, and hashed, to be found.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedCredentials {
    /// The token, sealed.
    pub token: Vec<u8>,
    /// The PIN, sealed.
    pub pin: Vec<u8>,
    /// Finds the invitation of a token.
    pub token_hash: KeyedHash,
    /// Checks a PIN.
    pub pin_hash: KeyedHash,
}

impl fmt::Debug for SealedCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealedCredentials(…)")
    }
}

/// An inventory to keep as a device's latest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventoryPut {
    /// Whose.
    pub device_id: DeviceId,
    /// When it came.
    pub at: Timestamp,
    /// Names its content: the same facts have the same tag.
    pub etag: String,
    /// The facts.
    pub inventory: Inventory,
    /// Since when each group of facts has been as it is.
    pub since: BTreeMap<String, Timestamp>,
}

/// A heartbeat to keep as a device's latest.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportPut {
    /// Whose.
    pub device_id: DeviceId,
    /// When it came.
    pub at: Timestamp,
    /// What it said.
    pub report: StateReport,
}

/// A row with how it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotPut {
    /// The row.
    pub slot: Slot,
    /// How it is listed.
    pub row: SlotRow,
}

/// Rows to write and journal entries to append, in one transaction. Every row carries the version it was read at; when
/// one was changed since, nothing is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// People to write.
    pub people: Vec<Person>,
    /// Invitations to write.
    pub invitations: Vec<Invitation>,
    /// Credentials of new invitations.
    pub credentials: Vec<(InvitationId, SealedCredentials)>,
    /// Devices to write.
    pub devices: Vec<Device>,
    /// Hashed installation ids of new devices.
    pub installations: Vec<(DeviceId, KeyedHash)>,
    /// New secrets of devices; the one before stays valid until the new one is used.
    pub secrets: Vec<(DeviceId, KeyedHash)>,
    /// Devices that used the secret with this hash: the one before is forgotten, unless there is a newer one by now.
    pub used_secrets: Vec<(DeviceId, KeyedHash)>,
    /// Inventories to keep.
    pub inventories: Vec<InventoryPut>,
    /// Devices that told the same inventory again.
    pub confirmed_inventories: Vec<(DeviceId, Timestamp)>,
    /// Heartbeats to keep.
    pub reports: Vec<ReportPut>,
    /// Rows of the Mobile devices view to write.
    pub slots: Vec<SlotPut>,
    /// Rows that go away.
    pub closed_slots: Vec<SlotId>,
    /// Commands to write.
    pub commands: Vec<Command>,
    /// Mails to write.
    pub mails: Vec<Mail>,
    /// Invitations whose waiting mails are not needed any more.
    pub supersede_mails_of: Vec<InvitationId>,
    /// What happened, in order.
    pub events: Vec<NewEvent>,
}

impl Change {
    /// True when there is nothing to write.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
