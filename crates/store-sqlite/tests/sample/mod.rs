//! A person with a device, as samples for files of older versions.

pub mod old_file;

use domain::{
    Timestamp,
    actor::Actor,
    aggregate::PersonAggregate,
    decide::{self, Context, Enrollment, InviteOptions},
    device::{Device, DeviceInfo, Ownership, Platform},
    journal::change::{Change, KeyedHash, SealedCredentials},
    types::{
        ids::{DeviceId, IdGenerator, PersonId},
        text::Locale,
    },
};
use uuid::Uuid;

struct Counter(u128);

impl IdGenerator for Counter {
    fn new_uuid(&mut self) -> Uuid {
        self.0 += 1;
        Uuid::from_u128(self.0)
    }
}

/// A person with an invitation whose mail was sent at the beginning of 2026.
pub fn invited() -> Change {
    let at = Timestamp::parse_rfc3339("2026-01-01T00:00:00Z").unwrap();
    let context = Context { now: at, actor: Actor::System };
    let (name, email) = ("Ada Lindqvist".parse().unwrap(), "ada@example.com".parse().unwrap());
    let (person, added) = decide::add_person(PersonId(Uuid::from_u128(99)), name, email, Locale::default(), &context);
    let sealed = SealedCredentials {
        token: vec![1],
        pin: vec![2],
        token_hash: KeyedHash([1; 32]),
        pin_hash: KeyedHash([2; 32]),
    };
    let invited = decide::invite(&person, InviteOptions::default(), sealed, &mut Counter(0), &context).unwrap();
    let mut change = Change { people: added.people, ..invited };
    change.slots[0].row.status = domain::slot::SlotStatus::Sent;
    change
}

/// A device of that person with a serial number, last in contact at the beginning of 2026.
pub fn enrolled() -> Device {
    let at = Timestamp::parse_rfc3339("2026-01-01T00:00:00Z").unwrap();
    let context = Context { now: at, actor: Actor::System };
    let change = invited();
    let aggregate = PersonAggregate {
        person: change.people[0].clone(),
        invitation: change.invitations.first().cloned(),
        devices: Vec::new(),
        slots: vec![change.slots[0].slot.clone()],
    };
    let enrollment = Enrollment {
        invitation_id: change.slots[0].slot.invitation_id,
        known_device: None,
        installation: KeyedHash([3; 32]),
        secret: KeyedHash([4; 32]),
        platform: Platform::Android,
        ownership: Ownership::Company,
        capabilities: None,
        agent_version: "1".to_owned(),
        info: DeviceInfo { serial: Some("SER-J1".to_owned()), ..DeviceInfo::default() },
    };
    let (_, change) = decide::enroll(&aggregate, &enrollment, &mut Counter(500), &context).unwrap();
    change.devices[0].clone()
}

pub fn device(n: u8) -> DeviceId {
    DeviceId(Uuid::from_bytes([n; 16]))
}
