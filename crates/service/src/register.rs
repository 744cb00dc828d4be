//! The register: what calls of devices are answered from, kept in memory. Nearly all calls change nothing that is decided on,
//! and need neither the person nor the row.
//!
//! An entry is a copy. Whatever changes its device makes it be forgotten, on the same way that wakes its polls, and the next
//! call reads it anew. Nothing is *decided* on it: reports are written only if the device still has the version that the
//! entry was read at, and everything else loads the aggregate. There is a bound: those that called least are forgotten first.

use domain::{
    Timestamp,
    decide::{SettledFacts, takes_plain_reports},
    device::DeviceState,
    protocol::StateReport,
    types::{
        ids::{DeviceId, InvitationId, PersonId, SlotId},
        keyed_hash::KeyedHash,
    },
    views::TimedReport,
};
use quick_cache::sync::Cache;
use std::{
    hash::{BuildHasher as _, RandomState},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use store::CallingDevice;

/// Counters of changes; devices share them by their hash.
const STRIPES: usize = 256;

/// What is known of a device that calls.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct KnownDevice {
    /// The person.
    pub(crate) person_id: PersonId,
    /// The invitation that it enrolled with.
    pub(crate) invitation_id: InvitationId,
    /// Its row.
    pub(crate) slot_id: SlotId,
    /// Its state.
    pub(crate) state: DeviceState,
    /// Whether it confirmed that it is in lost mode.
    pub(crate) is_lost: bool,
    /// Its version, which reports are written for.
    pub(crate) version: u64,
    /// Its secrets, in the order of [`store::DeviceSecrets`].
    pub(crate) secrets: Arc<[KeyedHash]>,
    /// Number of its latest report.
    pub(crate) seq: u64,
    /// Its latest report.
    pub(crate) report: Option<TimedReport>,
    /// What its reports said without effect at this version; `None` until one was decided on.
    pub(crate) settled: Option<SettledFacts>,
    /// When the next command may be offered, which may be past; `None` when it has none.
    pub(crate) next_offer_at: Option<Timestamp>,
}

impl KnownDevice {
    /// Whether a report changes nothing but measured values.
    pub(crate) fn is_plain(&self, report: &StateReport) -> bool {
        takes_plain_reports(self.state) && self.settled.is_some_and(|settled| settled.cover(report))
    }

    /// Whether a command may be offered now.
    pub(crate) fn has_offer(&self, now: Timestamp) -> bool {
        self.next_offer_at.is_some_and(|at| at <= now)
    }
}

impl From<CallingDevice> for KnownDevice {
    fn from(calling: CallingDevice) -> Self {
        let CallingDevice { device, secrets, report, next_offer_at } = calling;
        Self {
            person_id: device.person_id,
            invitation_id: device.invitation_id,
            slot_id: device.slot_id,
            state: device.state,
            is_lost: device.lost.on.is_some(),
            version: device.version,
            secrets: secrets.0.into(),
            seq: device.last_report_seq,
            report,
            settled: None,
            next_offer_at,
        }
    }
}

/// The devices that are known.
pub(crate) struct Register {
    devices: Cache<DeviceId, Arc<KnownDevice>>,
    /// Counts changes, so that what was read before one is not kept after it.
    changes: Vec<Mutex<u64>>,
    hasher: RandomState,
}

/// How many changes there were when something was read.
#[derive(Clone, Copy)]
pub(crate) struct ReadMark(u64);

impl Register {
    /// A register for about `capacity` devices.
    pub(crate) fn new(capacity: usize) -> Self {
        let changes = (0..STRIPES).map(|_| Mutex::default()).collect();
        Self { devices: Cache::new(capacity), changes, hasher: RandomState::new() }
    }

    /// What is known of a device.
    pub(crate) fn get(&self, id: DeviceId) -> Option<Arc<KnownDevice>> {
        self.devices.get(&id)
    }

    /// How many devices are known.
    pub(crate) fn len(&self) -> usize {
        self.devices.len()
    }

    /// To be taken before a device is read.
    pub(crate) fn mark(&self, id: DeviceId) -> ReadMark {
        ReadMark(*self.stripe(id))
    }

    /// Keeps what was read after `mark`, unless the device has changed since.
    pub(crate) fn keep(&self, id: DeviceId, mark: ReadMark, known: KnownDevice) -> Arc<KnownDevice> {
        let known = Arc::new(known);
        let changes = self.stripe(id);
        if *changes == mark.0 {
            self.devices.insert(id, Arc::clone(&known));
        }
        known
    }

    /// Forgets a device that has changed.
    pub(crate) fn forget(&self, id: DeviceId) {
        let mut changes = self.stripe(id);
        *changes += 1;
        self.devices.remove(&id);
    }

    /// Forgets all: any of them may have changed.
    pub(crate) fn forget_all(&self) {
        // All stripes first, so that nothing that is being read is kept afterwards.
        let mut stripes: Vec<_> = self.changes.iter().map(lock).collect();
        for changes in &mut stripes {
            **changes += 1;
        }
        self.devices.clear();
    }

    fn stripe(&self, id: DeviceId) -> MutexGuard<'_, u64> {
        #[expect(clippy::cast_possible_truncation, reason = "any bits of the hash will do")]
        let place = self.hasher.hash_one(id) as usize % STRIPES;
        lock(&self.changes[place])
    }
}

fn lock(changes: &Mutex<u64>) -> MutexGuard<'_, u64> {
    changes.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const PHONE: DeviceId = DeviceId(Uuid::from_u128(1));

    fn known(version: u64) -> KnownDevice {
        KnownDevice {
            person_id: PersonId(Uuid::nil()),
            invitation_id: InvitationId(Uuid::nil()),
            slot_id: SlotId(Uuid::nil()),
            state: DeviceState::Active,
            is_lost: false,
            version,
            secrets: Arc::new([]),
            seq: 0,
            report: None,
            settled: None,
            next_offer_at: None,
        }
    }

    fn version(register: &Register) -> Option<u64> {
        register.get(PHONE).map(|known| known.version)
    }

    #[test]
    fn what_was_read_before_a_change_is_not_kept_after_it() {
        let register = Register::new(9);
        let before = register.mark(PHONE);
        register.forget(PHONE);
        register.keep(PHONE, before, known(1));
        assert_eq!(version(&register), None);
        register.keep(PHONE, register.mark(PHONE), known(2));
        assert_eq!(version(&register), Some(2));
        let before = register.mark(PHONE);
        register.forget_all();
        register.keep(PHONE, before, known(3));
        assert_eq!(version(&register), None);
    }

    #[test]
    fn there_is_a_bound() {
        let register = Register::new(100);
        let ids = (0..1000).map(|n| DeviceId(Uuid::from_u128(n)));
        for id in ids.clone() {
            register.keep(id, register.mark(id), known(1));
        }
        let kept = ids.filter(|id| register.get(*id).is_some()).count();
        assert!((50..=100).contains(&kept), "{kept}");
        assert_eq!(register.len(), kept);
    }

    #[test]
    fn a_device_takes_plain_reports_once_its_facts_are_settled() {
        let report = StateReport::default();
        assert!(!known(1).is_plain(&report));
        let settled = KnownDevice { settled: Some(SettledFacts::default()), ..known(1) };
        assert!(settled.is_plain(&report));
        assert!(!KnownDevice { state: DeviceState::NotSynchronizing, ..settled }.is_plain(&report));
    }
}
