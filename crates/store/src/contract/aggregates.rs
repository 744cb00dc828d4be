//! Loading and committing.

use super::fixture::Fixture;
use crate::{Store, StoreError};
use domain::{
    decide::{delete_device, record_used_secret, request_command, rotate_secret, unenroll},
    device::command::CommandKind,
    journal::change::{KeyedHash, UNUSED_SECRETS_MAX},
    types::ids::DeviceId,
};
use std::sync::Arc;

pub async fn a_change_is_read_back_as_it_was_written(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    let person = f.person("ada@example.com").await;
    let change = f.new_invitation(person, true).await;
    let (invitation, slot, sealed) =
        (change.invitations[0].clone(), change.slots[0].clone(), change.credentials[0].1.clone());
    store.commit(change).await.unwrap();
    let aggregate = f.load(person).await;
    let stored = aggregate.invitation.unwrap();
    assert_eq!((stored.version, domain::invitation::Invitation { version: 0, ..stored.clone() }), (1, invitation));
    assert_eq!(aggregate.slots[0].id, slot.slot.id);
    assert_eq!(store.find_slot(slot.slot.id).await.unwrap().unwrap(), slot.row);
    assert_eq!(store.find_invitation_by_token(sealed.token_hash).await.unwrap().unwrap().id, stored.id);
    assert_eq!(store.find_credentials(stored.id).await.unwrap().unwrap(), sealed);
    let device = f.device(person, 7).await;
    assert_eq!(store.find_device(person, KeyedHash([7; 32])).await.unwrap(), Some(device));
    assert_eq!(store.load_device(device).await.unwrap().unwrap().slots.len(), 1);
}

pub async fn a_stale_change_is_refused_as_a_whole(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    let person = f.person("ada@example.com").await;
    let stale = f.new_invitation(person, false).await;
    f.invitation(person, false).await;
    let (before, head) = (f.load(person).await, store.journal_head().await.unwrap());
    assert!(matches!(store.commit(stale).await, Err(StoreError::Conflict)));
    assert_eq!((f.load(person).await, store.journal_head().await.unwrap()), (before, head));
}

pub async fn an_email_belongs_to_one_person(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    f.person("ada@example.com").await;
    let other = f.person("bob@example.com").await;
    let (_, again) = f.new_person("ada@example.com");
    assert!(matches!(store.commit(again).await, Err(StoreError::EmailTaken)));
    let aggregate = f.load(other).await;
    let renamed = f.corrected(&aggregate, aggregate.person.name.as_str(), "ada@example.com");
    assert!(matches!(store.commit(renamed).await, Err(StoreError::EmailTaken)));
}

pub async fn a_person_has_one_active_invitation(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    let person = f.person("ada@example.com").await;
    let mut second = f.new_invitation(person, false).await;
    f.invitation(person, false).await;
    // Even a change that claims no version cannot make a second one.
    second.people.clear();
    assert!(matches!(store.commit(second).await, Err(StoreError::Conflict)));
}

pub async fn concurrent_changes_are_each_written_once(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    let mut changes: Vec<_> = (0..200).map(|n| f.new_person(&format!("p{n}@example.com")).1).collect();
    // One of them cannot be written; it must take no other with it.
    changes.push(f.new_person("p7@example.com").1);
    let tasks: Vec<_> = changes
        .into_iter()
        .map(|change| {
            let store = store.clone();
            tokio::spawn(async move { store.commit(change).await.is_ok() })
        })
        .collect();
    let mut written = 0;
    for task in tasks {
        written += usize::from(task.await.unwrap());
    }
    assert_eq!(written, 200);
    assert_eq!(store.list_people(&domain::list::PersonQuery::default()).await.unwrap().total, 200);
    assert_eq!(store.journal_after(0, 1000).await.unwrap().len(), 200);
}

pub async fn a_secret_is_valid_until_its_successor_is_used(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    let person = f.person("ada@example.com").await;
    f.invitation(person, false).await;
    let device = f.device(person, 1).await;
    let hash = |n: u8| KeyedHash([n; 32]);
    for n in 2..=4 {
        renew(&f, device, n).await;
    }
    assert_eq!(secrets(&f, device).await, [1, 2, 3, 4].map(hash), "none was used but the first");
    store.commit(record_used_secret(device, hash(1))).await.unwrap();
    assert_eq!(secrets(&f, device).await, [1, 2, 3, 4].map(hash), "the first is still the one that is used");
    store.commit(record_used_secret(device, hash(3))).await.unwrap();
    assert_eq!(secrets(&f, device).await, [3, 4].map(hash), "a later one may be on its way");
    store.commit(record_used_secret(device, hash(2))).await.unwrap();
    assert_eq!(secrets(&f, device).await, [3, 4].map(hash));
}

pub async fn the_secret_that_is_used_stays_valid_however_many_are_given_out(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    let person = f.person("ada@example.com").await;
    f.invitation(person, false).await;
    let device = f.device(person, 1).await;
    for n in 2..60 {
        renew(&f, device, n).await;
    }
    let secrets = secrets(&f, device).await;
    assert_eq!(secrets.len(), 1 + UNUSED_SECRETS_MAX as usize);
    assert_eq!((secrets[0], secrets.last()), (KeyedHash([1; 32]), Some(&KeyedHash([59; 32]))));
}

async fn renew(f: &Fixture, device: DeviceId, n: u8) {
    let aggregate = f.store.load_device(device).await.unwrap().unwrap();
    let change = rotate_secret(&aggregate, device, KeyedHash([n; 32]), &f.context()).unwrap();
    f.store.commit(change).await.unwrap();
}

async fn secrets(f: &Fixture, device: DeviceId) -> Vec<KeyedHash> {
    f.store.find_calling_device(device).await.unwrap().unwrap().secrets.0
}

pub async fn a_command_and_the_end_of_its_device_exclude_each_other(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    for unenrolls in [false, true] {
        for command_is_first in [false, true] {
            let person = f.person(&format!("{unenrolls}-{command_is_first}@example.com")).await;
            f.invitation(person, false).await;
            let device = f.device(person, 1).await;
            let (whole, own) = (f.load(person).await, store.load_device(device).await.unwrap().unwrap());
            let context = f.context();
            // Both are decided on the same state; whoever is second has to decide again.
            let (_, command) = request_command(&own, device, CommandKind::Lock {}, &mut f.ids, &context).unwrap();
            let end = if unenrolls {
                unenroll(&own, device, &[], &context)
            } else {
                delete_device(&whole, device, &[], false, &context)
            };
            let (first, second) = if command_is_first { (command, end.unwrap()) } else { (end.unwrap(), command) };
            store.commit(first).await.unwrap();
            assert!(matches!(store.commit(second).await, Err(StoreError::Conflict)), "{unenrolls} {command_is_first}");
        }
    }
}

pub async fn a_deleted_device_has_no_secret(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    let person = f.person("ada@example.com").await;
    f.invitation(person, false).await;
    let device = f.device(person, 1).await;
    store.commit(delete_device(&f.load(person).await, device, &[], false, &f.context()).unwrap()).await.unwrap();
    assert!(store.find_calling_device(device).await.unwrap().is_none());
    assert!(store.load_device(device).await.unwrap().is_none());
    assert_eq!(store.find_device(person, KeyedHash([1; 32])).await.unwrap(), None);
    assert_eq!(f.load(person).await.slots.len(), 1, "the invitation item is back");
}

pub async fn journal_entries_are_published_in_their_order(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    let mut published = store.subscribe();
    for n in 0..5 {
        f.person(&format!("p{n}@example.com")).await;
    }
    for entry in store.journal_after(0, 100).await.unwrap() {
        assert_eq!(published.recv().await.unwrap(), entry);
    }
}
