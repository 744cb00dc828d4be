//! Changes that come at once, which a store may write together.

use super::fixture::Fixture;
use crate::{Store, StoreError, StoreResult};
use domain::{
    aggregate::PersonAggregate,
    decide::{delete_device, offer_commands, record_inventory, record_state, request_command, rotate_secret, unenroll},
    device::{DeviceState, command::CommandKind},
    journal::{
        JournalEvent,
        change::{Change, KeyedHash},
    },
    protocol::{Battery, Inventory, StateReport},
    types::ids::{DeviceId, PersonId},
};
use std::{collections::BTreeMap, sync::Arc};

/// What becomes of a device in these tests: each kind of change is written together with those of the same and other kinds.
pub const KINDS: usize = 7;

/// A person's device.
pub struct Phone {
    person: PersonId,
    id: DeviceId,
}

impl Phone {
    async fn load(&self, f: &Fixture) -> PersonAggregate {
        f.load(self.person).await
    }

    async fn rotated(&self, f: &Fixture, secret: u8) -> Change {
        rotate_secret(&self.load(f).await, self.id, KeyedHash([secret; 32]), &f.context()).unwrap()
    }

    async fn secrets(&self, f: &Fixture) -> Vec<KeyedHash> {
        f.store.find_calling_device(self.id).await.unwrap().unwrap().secrets.0
    }
}

/// People with a device each. Then a minute passes.
pub async fn phones(f: &mut Fixture, count: usize) -> Vec<Phone> {
    let mut phones = Vec::new();
    for n in 0..count {
        let person = f.person(&format!("p{n}@example.com")).await;
        f.invitation(person, false).await;
        phones.push(Phone { person, id: f.device(person, 1).await });
    }
    f.now = f.now.plus_seconds(60);
    phones
}

/// Commits changes at once.
async fn commit_all(store: &Arc<dyn Store>, changes: Vec<Change>) -> Vec<StoreResult<Vec<JournalEvent>>> {
    let commit = |change| {
        let store = Arc::clone(store);
        tokio::spawn(async move { store.commit(change).await })
    };
    let (tasks, mut results): (Vec<_>, Vec<_>) = (changes.into_iter().map(commit).collect(), Vec::new());
    for task in tasks {
        results.push(task.await.unwrap());
    }
    results
}

fn report(seq: u64, level: Option<u8>) -> StateReport {
    StateReport { seq, battery: level.map(|level| Battery { level, charging: false }), ..StateReport::default() }
}

fn inventory(n: usize) -> Inventory {
    let facts = BTreeMap::from([("imei".to_owned(), format!("35693803{n:06}").into())]);
    Inventory { schema_version: 1, collected_at: None, groups: BTreeMap::from([("hardware".to_owned(), facts)]) }
}

async fn changed(f: &mut Fixture, n: usize, phone: &Phone) -> Change {
    let (whole, context, id) = (phone.load(f).await, f.context(), phone.id);
    match n % KINDS {
        0 => record_state(&whole, id, report(1, Some(n.try_into().unwrap())), &context).unwrap(),
        1 => record_inventory(&whole, id, inventory(n), format!("tag {n}"), None, &context).unwrap(),
        2 => request_command(&whole, id, CommandKind::Lock {}, &mut f.ids, &context).unwrap().1,
        3 => phone.rotated(f, 2).await,
        4 => unenroll(&whole, id, &[], &context).unwrap(),
        5 => delete_device(&whole, id, &[], false, &context).unwrap(),
        _ => f.corrected(&whole, &format!("Renamed {n}"), whole.person.email.as_str()),
    }
}

/// A second change of those that have one, which meets what the first one stored.
async fn changed_again(f: &Fixture, n: usize, phone: &Phone) -> Option<Change> {
    let (whole, context, id) = (phone.load(f).await, f.context(), phone.id);
    Some(match n % KINDS {
        0 => record_state(&whole, id, report(2, None), &context).unwrap(),
        1 => {
            let known = f.store.find_inventory(id).await.unwrap();
            record_inventory(&whole, id, inventory(n), format!("tag {n}"), known.as_ref(), &context).unwrap()
        }
        2 => {
            let waiting = f.store.waiting_commands(id, f.now, 10).await.unwrap();
            offer_commands(&whole, id, waiting, &context).unwrap().1
        }
        3 => domain::decide::record_used_secret(id, KeyedHash([2; 32])),
        _ => return None,
    })
}

async fn expect_changed(f: &Fixture, n: usize, phone: &Phone) {
    let (store, whole) = (&f.store, phone.load(f).await);
    if n % KINDS == 5 {
        let row = store.find_slot(whole.slots[0].id).await.unwrap().unwrap();
        assert!(whole.devices.is_empty() && row.device.is_none(), "the invitation item is back");
        return;
    }
    let (device, row) = (&whole.devices[0], store.find_slot(whole.slots[0].id).await.unwrap().unwrap());
    let is_contact = !matches!(n % KINDS, 2 | 6);
    assert_eq!(device.last_contact_at, f.now.plus_seconds(if is_contact { 0 } else { -60 }), "{n}");
    match n % KINDS {
        0 => {
            let stored = store.find_report(phone.id).await.unwrap().unwrap().report;
            assert_eq!((stored.seq, stored.battery.map(|battery| usize::from(battery.level))), (2, Some(n)));
        }
        1 => {
            let stored = store.find_inventory(phone.id).await.unwrap().unwrap();
            assert_eq!((stored.inventory, stored.etag, stored.at), (inventory(n), format!("tag {n}"), f.now));
            let keys = device.hardware_keys().into_iter().filter(|key| key.contains("35693803")).collect();
            let found = store.devices_with_hardware(&keys, 10).await.unwrap();
            assert_eq!(found.iter().map(|device| device.id).collect::<Vec<_>>(), [phone.id], "{keys:?}");
        }
        2 => {
            assert!(store.waiting_commands(phone.id, f.now, 10).await.unwrap().is_empty());
            assert_eq!(store.open_commands(phone.id).await.unwrap().len(), 1);
        }
        3 => assert_eq!(phone.secrets(f).await, [KeyedHash([2; 32])]),
        4 => {
            assert_eq!((device.state, row.status.as_str()), (DeviceState::Unenrolled, "unenrolled"));
        }
        _ => assert_eq!(row.person_name, format!("Renamed {n}")),
    }
}

/// Changes all devices at once, twice.
pub async fn change_all(f: &mut Fixture, phones: &[Phone]) {
    let mut changes = Vec::new();
    for (n, phone) in phones.iter().enumerate() {
        changes.push(changed(f, n, phone).await);
    }
    for result in commit_all(&f.store, changes).await {
        result.unwrap();
    }
    let mut changes = Vec::new();
    for (n, phone) in phones.iter().enumerate() {
        changes.extend(changed_again(f, n, phone).await);
    }
    for result in commit_all(&f.store, changes).await {
        result.unwrap();
    }
}

pub async fn changes_that_come_at_once_are_written_as_if_they_came_alone(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    let phones = phones(&mut f, 6 * KINDS).await;
    change_all(&mut f, &phones).await;
    for (n, phone) in phones.iter().enumerate() {
        expect_changed(&f, n, phone).await;
    }
}

pub async fn of_changes_that_come_at_once_a_stale_one_is_refused_alone(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    let phones = phones(&mut f, 40).await;
    let mut changes = Vec::new();
    for (n, phone) in phones.iter().enumerate() {
        let change = phone.rotated(&f, 2).await;
        if n == 20 {
            store.commit(change.clone()).await.unwrap();
        }
        changes.push(change);
    }
    let head = store.journal_head().await.unwrap();
    for (n, result) in commit_all(&store, changes).await.into_iter().enumerate() {
        match result {
            Ok(_) => assert_ne!(n, 20),
            Err(error) => assert!(n == 20 && matches!(error, StoreError::Conflict), "{n}: {error}"),
        }
        assert_eq!(phones[n].secrets(&f).await, [1, 2].map(|hash| KeyedHash([hash; 32])), "{n}");
    }
    assert_eq!(store.journal_after(head, 100).await.unwrap().len(), 39);
}

pub async fn of_two_changes_of_one_device_that_come_at_once_one_is_refused(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    let phones = phones(&mut f, 10).await;
    let mut changes = Vec::new();
    for phone in &phones {
        changes.extend([phone.rotated(&f, 2).await, phone.rotated(&f, 3).await]);
    }
    let results = commit_all(&store, changes).await;
    for (results, phone) in results.chunks(2).zip(&phones) {
        // Of two that come at once one is written, whichever it is.
        let written = if results[0].is_ok() { 2 } else { 3 };
        assert!(matches!(results, [Ok(_), Err(StoreError::Conflict)] | [Err(StoreError::Conflict), Ok(_)]));
        assert_eq!(phone.secrets(&f).await, [1, written].map(|hash| KeyedHash([hash; 32])));
    }
}

pub async fn reports_of_one_device_that_come_at_once_are_put_over_each_other(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    let phones = phones(&mut f, 10).await;
    let mut changes = Vec::new();
    for phone in &phones {
        // All were decided on the same row, which reports do not change.
        let whole = phone.load(&f).await;
        let reports = [report(1, Some(7)), report(2, None), report(3, None)];
        changes.extend(reports.map(|report| record_state(&whole, phone.id, report, &f.context()).unwrap()));
    }
    for result in commit_all(&store, changes).await {
        result.unwrap();
    }
    for phone in &phones {
        let stored = store.find_report(phone.id).await.unwrap().unwrap().report;
        assert_eq!((stored.seq, stored.battery.map(|battery| battery.level)), (3, Some(7)));
    }
}
