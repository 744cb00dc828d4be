//! What a decision returns: rows and journal entries that are committed atomically.

pub use crate::types::keyed_hash::KeyedHash;
use crate::{
    Timestamp,
    apple::{AppleEnrollment, IdentityChange},
    device::{Device, command::Command},
    invitation::{
        Invitation,
        job::{InviteJob, JobLine, LineOutcome},
    },
    journal::NewEvent,
    mail::Mail,
    person::Person,
    protocol::{Inventory, StateReport},
    slot::{Slot, SlotRow},
    types::ids::{DeviceId, InvitationId, InviteJobId, SlotId},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    mem::take,
};

/// Secrets of one device that were given out, were not used yet and are valid, besides the last one that was used. Several
/// are, since answers of calls that were sent at once or again may arrive in any order.
pub const UNUSED_SECRETS_MAX: u32 = 8;

/// An invitation's credentials as they are stored: encrypted, to be shown again, and hashed, to be looked up.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedCredentials {
    /// The encrypted token.
    pub token: Vec<u8>,
    /// The encrypted PIN.
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

/// An inventory to store as a device's latest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventoryPut {
    /// The device.
    pub device_id: DeviceId,
    /// When it was received.
    pub at: Timestamp,
    /// Identifies its content: the same facts have the same tag.
    pub etag: String,
    /// The facts.
    pub inventory: Inventory,
    /// Since when each group of facts is unchanged.
    pub since: BTreeMap<String, Timestamp>,
}

/// A heartbeat to store as a device's latest.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportPut {
    /// The device.
    pub device_id: DeviceId,
    /// When it was received.
    pub at: Timestamp,
    /// The heartbeat.
    pub report: StateReport,
}

/// A slot to write, with its list row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotPut {
    /// The slot.
    pub slot: Slot,
    /// Its list row.
    pub row: SlotRow,
}

/// Rows to write and journal entries to append, in one transaction. Optimistic concurrency: every row carries the
/// version at which it was read, and if any row has changed since, nothing is written.
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
    /// The keys by which the hardware of devices is found from now on, where they changed; none for a device that is deleted
    /// or replaced.
    pub hardware: Vec<(DeviceId, BTreeSet<String>)>,
    /// New secrets of devices. The last one that was used stays valid until a newer one is used, however many are given
    /// out in between; of those that were not used the latest [`UNUSED_SECRETS_MAX`] are valid.
    pub secrets: Vec<(DeviceId, KeyedHash)>,
    /// Devices that used the secret with this hash: those that they got before it are forgotten.
    pub used_secrets: Vec<(DeviceId, KeyedHash)>,
    /// Devices that were in contact, and when. Only a later contact than the stored one is written. Not durable by itself:
    /// whoever commits the change may write it later than the rest.
    pub contacts: Vec<(DeviceId, Timestamp)>,
    /// Devices that are not written and must still be at this version: what is written beside them was decided on it.
    pub unchanged_devices: Vec<(DeviceId, u64)>,
    /// Inventories to store.
    pub inventories: Vec<InventoryPut>,
    /// Devices that sent the same inventory again, and when.
    pub confirmed_inventories: Vec<(DeviceId, Timestamp)>,
    /// Heartbeats to store.
    pub reports: Vec<ReportPut>,
    /// Rows of the Mobile devices view to write.
    pub slots: Vec<SlotPut>,
    /// Rows of the Mobile devices view to delete.
    pub closed_slots: Vec<SlotId>,
    /// Commands to write.
    pub commands: Vec<Command>,
    /// Mails to write.
    pub mails: Vec<Mail>,
    /// Invitations whose queued mails are superseded.
    pub supersede_mails_of: Vec<InvitationId>,
    /// New jobs that invite people, with their lines. A conflict when the job exists.
    pub invite_jobs: Vec<(InviteJob, Vec<JobLine>)>,
    /// Outcomes of lines of such jobs. A conflict when the line has one.
    pub line_outcomes: Vec<(InviteJobId, u32, LineOutcome)>,
    /// Jobs of which every line has its outcome, and since when.
    pub ended_jobs: Vec<(InviteJobId, Timestamp)>,
    /// Enrollments of phones under Apple's MDM protocol to write.
    pub apple_enrollments: Vec<AppleEnrollment>,
    /// What changes about certificates of such phones, in this order.
    pub apple_identities: Vec<IdentityChange>,
    /// Such phones that are to be pushed, and when; an earlier time that is stored stays.
    pub apple_pushes: Vec<(DeviceId, Timestamp)>,
    /// Journal entries to append, in order.
    pub events: Vec<NewEvent>,
}

impl Change {
    /// True when there is nothing to write.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether this stores a report and nothing else that lasts.
    pub fn is_report_alone(&self) -> bool {
        let report = Self {
            reports: self.reports.clone(),
            contacts: self.contacts.clone(),
            unchanged_devices: self.unchanged_devices.clone(),
            ..Self::default()
        };
        !self.reports.is_empty() && *self == report
    }

    /// The devices of which this changes something that a call of theirs is answered from.
    pub fn touched_devices(&self) -> BTreeSet<DeviceId> {
        let Self { devices, secrets, used_secrets, commands, reports, events, .. } = self;
        let devices = devices.iter().map(|device| device.id);
        let secrets = secrets.iter().chain(used_secrets).map(|(id, _)| *id);
        let commands = commands.iter().map(|command| command.device_id);
        let reports = reports.iter().map(|put| put.device_id);
        let events = events.iter().filter_map(|event| event.device_id);
        devices.chain(secrets).chain(commands).chain(reports).chain(events).collect()
    }

    /// A contact by itself is true whatever became of the device.
    pub(crate) fn forget_needless_versions(&mut self) {
        let (contacts, versions) = (take(&mut self.contacts), take(&mut self.unchanged_devices));
        if !self.is_empty() {
            self.unchanged_devices = versions;
        }
        self.contacts = contacts;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_empty_when_nothing_is_written_not_even_an_entry() {
        assert!(Change::default().is_empty());
        let closes = Change { closed_slots: vec![SlotId(uuid::Uuid::nil())], ..Change::default() };
        assert!(!closes.is_empty());
    }

    #[test]
    fn what_is_secret_is_not_shown() {
        let hash = KeyedHash([171; 32]);
        let sealed = SealedCredentials { token: vec![171], pin: vec![171], token_hash: hash, pin_hash: hash };
        assert_eq!(format!("{hash:?} {sealed:?}"), "KeyedHash(…) SealedCredentials(…)");
    }
}
