//! A store in memory that applies changes as every store must: atomically, and only to the versions that were read.

use super::apple::AppleRows;
use crate::{
    Timestamp,
    actor::Actor,
    aggregate::PersonAggregate,
    decide::{Context, Enrollment, add_person},
    device::{
        Device, DeviceInfo, DeviceState, Ownership, Platform,
        command::{Command, CommandState},
    },
    invitation::Invitation,
    journal::{
        EventKind, NewEvent,
        change::{Change, KeyedHash, SealedCredentials},
        replay::Projection,
    },
    mail::{Mail, MailState},
    person::Person,
    slot::{Slot, SlotRow},
    types::ids::{CommandId, DeviceId, IdGenerator, InvitationId, MailId, PersonId, SlotId},
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Counted ids, so that a failing sequence is the same in every run.
#[derive(Default)]
pub(super) struct Counter(u128);

impl IdGenerator for Counter {
    fn new_uuid(&mut self) -> Uuid {
        self.0 += 1;
        Uuid::from_u128(self.0)
    }
}

#[derive(Default)]
pub(super) struct MemoryStore {
    pub(super) ids: Counter,
    pub(super) now: Timestamp,
    pub(super) people: BTreeMap<PersonId, Person>,
    pub(super) invitations: BTreeMap<InvitationId, Invitation>,
    pub(super) devices: BTreeMap<DeviceId, Device>,
    pub(super) installations: BTreeMap<DeviceId, KeyedHash>,
    hardware: BTreeMap<DeviceId, BTreeSet<String>>,
    pub(super) slots: BTreeMap<SlotId, (Slot, SlotRow)>,
    pub(super) commands: BTreeMap<CommandId, Command>,
    pub(super) mails: BTreeMap<MailId, Mail>,
    pub(super) journal: Vec<NewEvent>,
    pub(super) apple: AppleRows,
}

/// The command that an entry is about, and its new state; no state for an answer after the end.
fn command_entry(kind: &EventKind) -> Option<(CommandId, Option<CommandState>)> {
    use EventKind as E;
    Some(match kind {
        E::CommandRequested { command_id, .. } => (*command_id, Some(CommandState::Requested)),
        E::CommandDelivered { command_id, .. } => (*command_id, Some(CommandState::Delivered)),
        E::CommandAcknowledged { command_id, .. } => (*command_id, Some(CommandState::Acknowledged)),
        E::CommandCompleted { command_id, .. } => (*command_id, Some(CommandState::Completed)),
        E::CommandFailed { command_id, .. } => (*command_id, Some(CommandState::Failed)),
        E::CommandExpired { command_id, .. } => (*command_id, Some(CommandState::Expired)),
        E::CommandCancelled { command_id, .. } => (*command_id, Some(CommandState::Cancelled)),
        E::CommandDoneLate { command_id, .. } => (*command_id, None),
        _ => return None,
    })
}

fn put<K: Ord + Copy, V>(rows: &mut BTreeMap<K, V>, key: K, value: V, version: u64, stored: Option<u64>) {
    assert_eq!(stored.unwrap_or(0), version, "the version was changed since it was read");
    rows.insert(key, value);
}

impl MemoryStore {
    pub(super) fn with_person() -> (Self, PersonId) {
        let mut store = Self { now: Timestamp::from_millis(1_700_000_000_000), ..Self::default() };
        let id = PersonId(store.ids.new_uuid());
        let (name, email) = ("Ada Example".parse().unwrap(), "ada@example.com".parse().unwrap());
        let (_, change) = add_person(id, name, email, crate::types::text::Locale::default(), &store.context());
        store.apply(change);
        (store, id)
    }

    pub(super) fn context(&self) -> Context {
        Context { now: self.now, actor: Actor::Account("admin@example.com".to_owned()) }
    }

    pub(super) fn sealed() -> SealedCredentials {
        SealedCredentials { token: vec![1], pin: vec![2], token_hash: KeyedHash([1; 32]), pin_hash: KeyedHash([2; 32]) }
    }

    pub(super) fn enrollment(&self, invitation_id: InvitationId, installation: u8) -> Enrollment {
        let installation = KeyedHash([installation; 32]);
        let known = self
            .installations
            .iter()
            .find(|(id, hash)| **hash == installation && self.devices[id].deleted_at.is_none());
        Enrollment {
            invitation_id,
            known_device: known.map(|(id, _)| *id),
            installation,
            secret: KeyedHash([9; 32]),
            platform: Platform::Android,
            ownership: Ownership::Company,
            capabilities: None,
            agent_version: "1.0".to_owned(),
            info: DeviceInfo {
                manufacturer: "Acme".to_owned(),
                model: "One".to_owned(),
                os_version: "16".to_owned(),
                // Two installations on the same hardware; of the others it is not known.
                serial: (installation.0[0] < 2).then(|| "SER-J1".to_owned()),
            },
        }
    }

    pub(super) fn aggregate(&self, person: PersonId) -> PersonAggregate {
        let is_active = |i: &&Invitation| i.person_id == person && i.state.is_active();
        assert!(self.invitations.values().filter(is_active).count() <= 1, "at most one active invitation");
        PersonAggregate {
            person: self.people[&person].clone(),
            invitation: self.invitations.values().find(is_active).cloned(),
            devices: self
                .devices
                .values()
                .filter(|d| d.person_id == person && d.deleted_at.is_none())
                .cloned()
                .collect(),
            slots: self.slots.values().map(|(slot, _)| slot).filter(|s| s.person_id == person).cloned().collect(),
        }
    }

    /// The aggregate that a store loads for a device's own reports.
    pub(super) fn aggregate_of(&self, device: DeviceId) -> PersonAggregate {
        let whole = self.aggregate(self.devices[&device].person_id);
        PersonAggregate {
            devices: whole.devices.into_iter().filter(|d| d.id == device).collect(),
            slots: whole.slots.into_iter().filter(|s| s.device_id == Some(device)).collect(),
            ..whole
        }
    }

    pub(super) fn apply(&mut self, change: Change) {
        for mut row in change.people {
            let stored = self.people.get(&row.id).map(|r| r.version);
            let version = row.version;
            row.version += 1;
            put(&mut self.people, row.id, row, version, stored);
        }
        for mut row in change.invitations {
            let stored = self.invitations.get(&row.id).map(|r| r.version);
            let version = row.version;
            assert!(
                version > 0 || change.credentials.iter().any(|(id, _)| *id == row.id),
                "a new invitation has credentials"
            );
            row.version += 1;
            put(&mut self.invitations, row.id, row, version, stored);
        }
        for mut row in change.devices {
            let stored = self.devices.get(&row.id).map(|r| r.version);
            let version = row.version;
            assert!(version > 0 || change.secrets.iter().any(|(id, _)| *id == row.id), "a new device has a secret");
            row.version += 1;
            put(&mut self.devices, row.id, row, version, stored);
        }
        for (id, version) in change.unchanged_devices {
            assert_eq!(self.devices[&id].version, version, "the version was changed since it was read");
        }
        for (id, at) in change.contacts {
            self.note_contact(id, at);
        }
        for put in change.reports {
            let seq = &mut self.devices.get_mut(&put.device_id).unwrap().last_report_seq;
            *seq = put.report.seq.max(*seq);
        }
        self.installations.extend(change.installations);
        self.hardware.extend(change.hardware);
        for mut row in change.slots {
            let stored = self.slots.get(&row.slot.id).map(|(slot, _)| slot.version);
            let version = row.slot.version;
            row.slot.version += 1;
            put(&mut self.slots, row.slot.id, (row.slot, row.row), version, stored);
        }
        for id in change.closed_slots {
            assert!(self.slots.remove(&id).is_some(), "a row that is deleted exists");
        }
        for mut row in change.commands {
            let before = self.commands.get(&row.id);
            assert!(before.is_none_or(|b| !b.state.is_final() || b.state == row.state), "a final state stays");
            let stored = before.map(|r| r.version);
            let version = row.version;
            row.version += 1;
            put(&mut self.commands, row.id, row, version, stored);
        }
        for id in change.supersede_mails_of {
            for mail in self.mails.values_mut().filter(|m| m.invitation_id == id && m.state == MailState::Queued) {
                mail.state = MailState::Superseded;
                mail.version += 1;
            }
        }
        for mut row in change.mails {
            let stored = self.mails.get(&row.id).map(|r| r.version);
            let version = row.version;
            row.version += 1;
            put(&mut self.mails, row.id, row, version, stored);
        }
        self.apple.apply(change.apple_enrollments, change.apple_identities, change.apple_pushes);
        self.journal.extend(change.events);
    }

    /// Contacts are stored apart from the device, and shown by its row.
    fn note_contact(&mut self, id: DeviceId, at: Timestamp) {
        let device = self.devices.get_mut(&id).unwrap();
        device.last_contact_at = device.last_contact_at.max(at);
    }

    /// Checks the invariants, which hold after any sequence of actions.
    pub(super) fn check(&self) {
        for person in self.people.keys() {
            self.check_slots(*person);
        }
        self.check_journal();
        for device in self.devices.values() {
            self.check_hardware(device);
        }
        for command in self.commands.values() {
            self.check_command(command);
        }
    }

    /// The journal has each state of a command once, in a possible order, and ends with the stored state.
    fn check_command(&self, command: &Command) {
        let entries: Vec<_> =
            self.journal.iter().filter_map(|e| command_entry(&e.kind)).filter(|e| e.0 == command.id).collect();
        let states: Vec<_> = entries.iter().filter_map(|(_, state)| *state).collect();
        assert!(states.is_sorted() && states.windows(2).all(|w| w[0] != w[1]), "each state once: {states:?}");
        assert_eq!(states.first(), Some(&CommandState::Requested));
        assert_eq!(states.last(), Some(&command.state), "the journal ends with the stored state");
        assert!(states.iter().filter(|s| s.is_final()).count() <= 1, "one end: {states:?}");
        let late = entries.iter().filter(|(_, state)| state.is_none()).count();
        assert_eq!(late, usize::from(command.late_answer_at.is_some()), "a late answer is recorded once");
        assert_eq!(command.finished_at.is_some(), command.state.is_final());
        let device = &self.devices[&command.device_id];
        let is_gone = device.deleted_at.is_some() || !device.state.is_in_use();
        assert!(!is_gone || command.state.is_final(), "nothing open survives its device");
    }

    /// Whoever looks for the hardware of a device finds it, and a row that leaves the lists says where to.
    fn check_hardware(&self, device: &Device) {
        let found_by = self.hardware.get(&device.id).cloned().unwrap_or_default();
        assert_eq!(found_by, device.findable_by(), "{:?}", device.state);
        let is_replaced = device.relatives.replaced_by.is_some();
        assert_eq!(is_replaced, device.state == DeviceState::Replaced, "a replaced device has a newer one");
        if let Some(newer) = device.relatives.replaced_by.filter(|_| device.deleted_at.is_none()) {
            assert!(self.devices[&newer.device_id].deleted_at.is_none(), "it goes with the one that replaced it");
        }
        assert!(device.wipe.is_none() || device.state.is_in_use(), "{:?}", device.state);
    }

    fn check_slots(&self, person: PersonId) {
        let aggregate = self.aggregate(person);
        for device in &aggregate.devices {
            let own: Vec<_> = aggregate.slots.iter().filter(|s| s.device_id == Some(device.id)).collect();
            assert_eq!(own.len(), 1, "a device has exactly one row");
            assert_eq!((own[0].id, own[0].invitation_id), (device.slot_id, device.invitation_id));
        }
        let items: Vec<_> = aggregate.slots.iter().filter(|s| s.device_id.is_none()).collect();
        let waiting = aggregate.invitation.as_ref().filter(|i| aggregate.is_unused(i.id));
        let expected: Vec<_> = waiting.iter().map(|i| i.id).collect();
        let found: Vec<_> = items.iter().map(|s| s.invitation_id).collect();
        assert_eq!(found, expected, "one invitation item exactly while the active invitation has no device");
        assert_eq!(aggregate.slots.len(), aggregate.devices.len() + items.len(), "every row has an item");
        for slot in &aggregate.slots {
            let (_, row) = &self.slots[&slot.id];
            let current = aggregate.row(slot).unwrap();
            assert!(row.is_same_but_contact(&current), "the list row is up to date: {row:?} {current:?}");
        }
    }

    fn check_journal(&self) {
        let mut replayed = Projection::default();
        for event in &self.journal {
            replayed.apply(event);
        }
        let stored = Projection {
            invitations: self.invitations.values().map(|i| (i.id, i.state.as_str())).collect(),
            devices: self.devices.values().filter(|d| d.deleted_at.is_none()).map(|d| (d.id, d.state)).collect(),
            lost: self
                .devices
                .values()
                .filter(|d| d.deleted_at.is_none() && d.lost.on.is_some())
                .map(|d| d.id)
                .collect(),
            slots: self.slots.values().map(|(s, _)| (s.id, (s.invitation_id, s.device_id))).collect(),
        };
        assert_eq!(replayed, stored, "replaying the journal reproduces the stored states");
    }
}
