//! When devices were last in contact by a poll. Devices poll all the time, so this is kept in memory and written together
//! once a minute: a process that is killed loses a minute of it, and nothing else.

use domain::{Timestamp, types::ids::DeviceId};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The latest contacts of devices.
#[derive(Default)]
pub(crate) struct Contacts(Mutex<HashMap<DeviceId, Contact>>);

#[derive(Clone, Copy)]
struct Contact {
    at: Timestamp,
    is_written: bool,
}

impl Contacts {
    /// Notes a contact.
    pub(crate) fn note(&self, id: DeviceId, at: Timestamp) {
        self.lock().insert(id, Contact { at, is_written: false });
    }

    /// The later one of what is stored and what was noted.
    pub(crate) fn later(&self, id: DeviceId, stored: Timestamp) -> Timestamp {
        self.lock().get(&id).map_or(stored, |contact| contact.at.max(stored))
    }

    /// What is not written yet.
    pub(crate) fn unwritten(&self) -> Vec<(DeviceId, Timestamp)> {
        let contacts = self.lock();
        contacts.iter().filter(|(_, contact)| !contact.is_written).map(|(id, contact)| (*id, contact.at)).collect()
    }

    /// These were written. One that was noted again in the meantime was not.
    pub(crate) fn mark_written(&self, written: &[(DeviceId, Timestamp)]) {
        let mut contacts = self.lock();
        for (id, at) in written {
            if let Some(contact) = contacts.get_mut(id).filter(|contact| contact.at == *at) {
                contact.is_written = true;
            }
        }
    }

    /// Forgets what was written long ago.
    pub(crate) fn forget_before(&self, oldest: Timestamp) {
        self.lock().retain(|_, contact| !contact.is_written || contact.at >= oldest);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<DeviceId, Contact>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_contact_is_written_once_and_one_that_came_meanwhile_next_time() {
        let (contacts, id, at) = (Contacts::default(), DeviceId(Uuid::from_u128(1)), Timestamp::from_millis);
        contacts.note(id, at(1000));
        let first = contacts.unwritten();
        contacts.note(id, at(2000));
        contacts.mark_written(&first);
        assert_eq!(contacts.unwritten(), [(id, at(2000))]);
        contacts.mark_written(&[(id, at(2000))]);
        assert_eq!(contacts.unwritten(), []);
    }

    #[test]
    fn the_later_one_shows_and_only_what_was_written_is_forgotten() {
        let (contacts, id, at) = (Contacts::default(), DeviceId(Uuid::from_u128(1)), Timestamp::from_millis);
        contacts.note(id, at(2000));
        assert_eq!(contacts.later(id, at(1000)), at(2000));
        assert_eq!(contacts.later(id, at(3000)), at(3000));
        contacts.forget_before(at(5000));
        assert_eq!(contacts.unwritten(), [(id, at(2000))]);
        contacts.mark_written(&[(id, at(2000))]);
        contacts.forget_before(at(5000));
        assert_eq!(contacts.later(id, at(1000)), at(1000));
    }
}
