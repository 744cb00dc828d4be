//! When devices were last in contact. Devices call all the time, so this is kept in memory, and written together: for each
//! device once a minute, once in five minutes when there are very many. A process that is killed loses so much of it, and
//! nothing else.

use domain::{Timestamp, types::ids::DeviceId};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// How far what is written may be behind, in seconds.
const GRAIN_S: i64 = 60;
/// The same when there are [`MANY`] devices.
const COARSE_GRAIN_S: i64 = 300;
/// Devices from which on contacts are written less often.
const MANY: usize = 200_000;
/// Parts that are locked apart from each other.
const SHARDS: usize = 64;

type Shard = HashMap<DeviceId, Contact>;

/// The latest contacts of devices.
pub(crate) struct Contacts([Mutex<Shard>; SHARDS]);

#[derive(Clone, Copy)]
struct Contact {
    at: Timestamp,
    /// What was written; the beginning of time when nothing was.
    written: Timestamp,
}

impl Default for Contacts {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Mutex::default()))
    }
}

impl Contacts {
    /// Notes a contact.
    pub(crate) fn note(&self, id: DeviceId, at: Timestamp) {
        let mut shard = self.shard(id);
        let contact = shard.entry(id).or_insert(Contact { at, written: Timestamp::default() });
        contact.at = contact.at.max(at);
    }

    /// The later one of what is stored and what was noted.
    pub(crate) fn later(&self, id: DeviceId, stored: Timestamp) -> Timestamp {
        self.shard(id).get(&id).map_or(stored, |contact| contact.at.max(stored))
    }

    /// What is not written yet.
    pub(crate) fn unwritten(&self) -> Vec<(DeviceId, Timestamp)> {
        self.collect(|contact| contact.at > contact.written)
    }

    /// What is not written yet and will soon be too far behind.
    pub(crate) fn due(&self) -> Vec<(DeviceId, Timestamp)> {
        let known: usize = self.0.iter().map(|shard| lock(shard).len()).sum();
        let grain = if known < MANY { GRAIN_S } else { COARSE_GRAIN_S };
        self.collect(|contact| contact.at.seconds_since(contact.written) >= grain)
    }

    fn collect(&self, is_wanted: impl Fn(&Contact) -> bool) -> Vec<(DeviceId, Timestamp)> {
        let mut found = Vec::new();
        for shard in &self.0 {
            let shard = lock(shard);
            found.extend(shard.iter().filter(|(_, contact)| is_wanted(contact)).map(|(id, contact)| (*id, contact.at)));
        }
        found
    }

    /// These were written. One that was noted again in the meantime was not.
    pub(crate) fn mark_written(&self, written: &[(DeviceId, Timestamp)]) {
        for (id, at) in written {
            if let Some(contact) = self.shard(*id).get_mut(id) {
                contact.written = contact.written.max(*at);
            }
        }
    }

    /// Forgets what was written long ago.
    pub(crate) fn forget_before(&self, oldest: Timestamp) {
        for shard in &self.0 {
            lock(shard).retain(|_, contact| contact.at > contact.written || contact.at >= oldest);
        }
    }

    fn shard(&self, id: DeviceId) -> MutexGuard<'_, Shard> {
        // The last byte of an id is random.
        let place = id.0.as_bytes().last().copied().unwrap_or_default();
        lock(&self.0[usize::from(place) % SHARDS])
    }
}

fn lock(shard: &Mutex<Shard>) -> MutexGuard<'_, Shard> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const PHONE: DeviceId = DeviceId(Uuid::from_u128(1));

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(1_700_000_000_000).plus_seconds(seconds)
    }

    #[test]
    fn a_contact_is_written_once_and_one_that_came_meanwhile_next_time() {
        let contacts = Contacts::default();
        contacts.note(PHONE, at(1));
        let first = contacts.unwritten();
        contacts.note(PHONE, at(2));
        contacts.mark_written(&first);
        assert_eq!(contacts.unwritten(), [(PHONE, at(2))]);
        contacts.mark_written(&[(PHONE, at(2))]);
        assert_eq!(contacts.unwritten(), []);
    }

    #[test]
    fn the_later_one_shows_and_only_what_was_written_is_forgotten() {
        let contacts = Contacts::default();
        contacts.note(PHONE, at(2));
        contacts.note(PHONE, at(1));
        assert_eq!(contacts.later(PHONE, at(1)), at(2));
        assert_eq!(contacts.later(PHONE, at(3)), at(3));
        contacts.forget_before(at(5));
        assert_eq!(contacts.unwritten(), [(PHONE, at(2))]);
        contacts.mark_written(&[(PHONE, at(2))]);
        contacts.forget_before(at(5));
        assert_eq!(contacts.later(PHONE, at(1)), at(1));
    }

    #[test]
    fn a_device_that_calls_all_the_time_is_written_once_a_minute() {
        let contacts = Contacts::default();
        let mut writes = Vec::new();
        for second in (0..=150).step_by(5) {
            contacts.note(PHONE, at(second));
            let due = contacts.due();
            contacts.mark_written(&due);
            writes.extend(due.iter().map(|(_, due)| due.seconds_since(at(0))));
        }
        assert_eq!(writes, [0, 60, 120]);
        assert_eq!(contacts.unwritten(), [(PHONE, at(150))], "the rest is written at the end");
    }
}
