//! Queries for due work.

use super::fixture::Fixture;
use crate::{SilentBefore, Store, StoreError};
use domain::{
    Timestamp,
    decide::{Context, claim_mail, offer_commands, record_inventory, record_progress, record_result, request_command},
    device::{
        EnrollmentStep,
        command::{CommandKind, LEASE_S},
    },
    journal::change::{Change, SlotPut},
    protocol::{CommandResult, Inventory, ProgressReport, ResultStatus},
    slot::{
        attention::{Cause, PENDING_AFTER_S},
        reminder::{Episode, Reminded, ReminderPolicy, ReminderRule},
    },
    types::{
        hearing::Hearing,
        ids::{DeviceId, IdGenerator as _, ServerId},
    },
};
use std::sync::Arc;
use uuid::Uuid;

const SERVER: ServerId = ServerId(Uuid::from_u128(7));

/// The same time for every kind of device that is in use.
const fn before_all(silent: Timestamp, stalled: Timestamp, erased: Timestamp) -> SilentBefore {
    SilentBefore { silent, apple_silent: silent, stalled, erased }
}

pub async fn a_mail_is_claimed_once(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    for n in 0..3 {
        let person = f.person(&format!("p{n}@example.com")).await;
        f.invitation(person, true).await;
    }
    assert_eq!(store.next_mail_at().await.unwrap(), Some(f.now));
    assert_eq!(store.count_queued_mails().await.unwrap(), 3);
    let first = store.due_mails(f.now, 2).await.unwrap();
    for mail in &first {
        let (claimed, change) = claim_mail(mail, SERVER);
        store.commit(change.clone()).await.unwrap();
        assert!(matches!(store.commit(change).await, Err(StoreError::Conflict)), "it was claimed before");
        let stored = store.sending_mails().await.unwrap();
        assert_eq!(stored.iter().find(|stored| stored.id == mail.id), Some(&claimed));
        assert_eq!(claimed.attempts, 1);
    }
    let second = store.due_mails(f.now, 2).await.unwrap();
    assert_eq!((first.len(), second.len()), (2, 1));
    assert_eq!(store.count_queued_mails().await.unwrap(), 1, "what is being sent waits no more");
    assert!(first.iter().all(|mail| mail.id != second[0].id));
    store.commit(claim_mail(&second[0], SERVER).1).await.unwrap();
    assert_eq!(store.sending_mails().await.unwrap().len(), 3);
    assert_eq!(store.next_mail_at().await.unwrap(), None);
}

pub async fn mails_of_a_replaced_invitation_are_superseded(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    let person = f.person("ada@example.com").await;
    let first = f.invitation(person, true).await;
    let second = f.invitation(person, true).await;
    let mails = store.due_mails(f.now, 10).await.unwrap();
    assert_eq!(store.waiting_mails(second).await.unwrap(), mails);
    assert_eq!(store.waiting_mails(first).await.unwrap(), []);
    assert_eq!(mails.iter().map(|m| m.invitation_id).collect::<Vec<_>>(), [second]);
}

pub async fn a_leased_command_waits_for_the_end_of_its_lease(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    let person = f.person("ada@example.com").await;
    f.invitation(person, false).await;
    let device = f.device(person, 1).await;
    let aggregate = store.load_device(device).await.unwrap().unwrap();
    let context = f.context();
    let (command, change) = request_command(&aggregate, device, CommandKind::Lock {}, &mut f.ids, &context).unwrap();
    let id = command.id;
    store.commit(change).await.unwrap();
    let waiting = store.waiting_commands(device, f.now, 10).await.unwrap();
    assert_eq!(waiting.iter().map(|c| c.id).collect::<Vec<_>>(), [id]);
    let (_, change) = offer_commands(&aggregate, device, waiting, &f.context()).unwrap();
    store.commit(change).await.unwrap();
    assert!(store.waiting_commands(device, f.now, 10).await.unwrap().is_empty());
    assert_eq!(store.waiting_commands(device, f.now.plus_seconds(LEASE_S), 10).await.unwrap().len(), 1);
    let command = store.find_command(id).await.unwrap().unwrap();
    assert_eq!(store.expired_commands(command.expires_at, 10).await.unwrap(), [command]);
    assert_eq!(store.open_commands(device).await.unwrap().len(), 1);
}

pub async fn a_contact_is_written_without_the_rest(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    let person = f.person("ada@example.com").await;
    f.invitation(person, false).await;
    let id = f.device(person, 1).await;
    let before = store.load_device(id).await.unwrap().unwrap();
    let contact = |at| Change { contacts: vec![(id, at)], ..Change::default() };
    let later = f.now.plus_seconds(60);
    assert_eq!(store.commit(contact(later)).await.unwrap(), []);
    // An earlier one, and one of a device that is gone, change nothing.
    store.commit(contact(f.now)).await.unwrap();
    let gone = DeviceId(f.ids.new_uuid());
    store.commit(Change { contacts: vec![(gone, later)], ..Change::default() }).await.unwrap();
    let after = store.load_device(id).await.unwrap().unwrap();
    let mut expected = before.clone();
    expected.devices[0].last_contact_at = later;
    assert_eq!(after, expected, "the version stays");
    // A decision on what was read before is no conflict, and does not turn the contact back.
    let progress =
        ProgressReport { step: EnrollmentStep::Permissions, percent: None, missing_permissions: None, error: None };
    let context = Context { now: later.plus_seconds(1), ..f.context() };
    store.commit(record_progress(&before, id, &progress, &context).unwrap()).await.unwrap();
    let stalled = |before| store.silent_devices(before_all(before, before, before), 10);
    assert_eq!(stalled(later.plus_seconds(1)).await.unwrap(), []);
    store.commit(contact(later.plus_seconds(60))).await.unwrap();
    assert_eq!(stalled(later.plus_seconds(60)).await.unwrap(), []);
    assert_eq!(stalled(later.plus_seconds(61)).await.unwrap(), [id]);
}

pub async fn silence_is_found(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    let person = f.person("ada@example.com").await;
    f.invitation(person, false).await;
    let (pending, active) = (f.device(person, 1).await, f.device(person, 2).await);
    let aggregate = store.load_device(active).await.unwrap().unwrap();
    let inventory = Inventory { schema_version: 1, collected_at: None, groups: [].into() };
    store
        .commit(record_inventory(&aggregate, active, inventory, "tag".to_owned(), None, &f.context()).unwrap())
        .await
        .unwrap();
    let aggregate = store.load_device(active).await.unwrap().unwrap();
    let done = ProgressReport {
        step: EnrollmentStep::Done,
        percent: None,
        missing_permissions: Some(Vec::new()),
        error: None,
    };
    store.commit(record_progress(&aggregate, active, &done, &f.context()).unwrap()).await.unwrap();
    let later = f.now.plus_seconds(1);
    let silent = store.silent_devices(before_all(later, later, f.now), 10).await.unwrap();
    assert_eq!(silent, [active], "a device that waits as {pending} is not counted twice");
    assert!(store.silent_devices(before_all(f.now, f.now, f.now), 10).await.unwrap().is_empty());
    // A device that erases itself is looked at earlier.
    let aggregate = store.load_device(active).await.unwrap().unwrap();
    let context = f.context();
    let wipe = CommandKind::Wipe { external: false };
    let (command, change) = request_command(&aggregate, active, wipe, &mut f.ids, &context).unwrap();
    let id = command.id;
    store.commit(change).await.unwrap();
    let (aggregate, wipe) =
        (store.load_device(active).await.unwrap().unwrap(), store.find_command(id).await.unwrap().unwrap());
    let begun = CommandResult { status: ResultStatus::Acknowledged, data: None, error: None };
    store.commit(record_result(&aggregate, &wipe, &[], &begun, &context).unwrap()).await.unwrap();
    assert_eq!(store.silent_devices(before_all(f.now, f.now, later), 10).await.unwrap(), [active]);
}

pub async fn rows_that_may_be_reminded_are_found_once_each(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    for n in 0..5 {
        let person = f.person(&format!("p{n}@example.com")).await;
        f.invitation(person, false).await;
        f.device(person, n).await;
        // Two rows are stuck since the same moment.
        f.now = f.now.plus_seconds(i64::from(n % 2));
    }
    let rule = ReminderRule { cause: Cause::Pending, after_days: 2, at_most: 2 };
    let due = f.now.plus_seconds(PENDING_AFTER_S);
    let (mut found, mut last) = (Vec::new(), None);
    loop {
        let rows = store.remindable_slots(rule, due, last, 2).await.unwrap();
        last = rows.last().copied();
        found.extend(rows);
        if last.is_none() {
            break;
        }
    }
    assert_eq!(found.len(), 5);
    assert!(found.is_sorted_by(|a, b| (a.since, a.slot_id.0.as_bytes()) < (b.since, b.slot_id.0.as_bytes())));
    let first = found[0];
    assert_eq!(first.since, Fixture::new(store.clone()).now.plus_seconds(PENDING_AFTER_S));
    let early = store.remindable_slots(rule, due.plus_seconds(-2), None, 10).await.unwrap();
    assert!(early.len() < 5, "the latest rows are not stuck for long enough");
    for (times, last_at, expected) in [(1, due.plus_seconds(1), 4), (1, f.now, 5), (2, f.now, 4)] {
        let aggregate = f.load(first.person_id).await;
        let mut slot = aggregate.slots[0].clone();
        let mut row = aggregate.row(&slot).unwrap();
        let reminded = Some(Reminded { cause: Cause::Pending, episode: Episode::of(&row), times, last_at });
        (slot.reminded, row.reminded) = (reminded, reminded);
        store.commit(Change { slots: vec![SlotPut { slot, row }], ..Change::default() }).await.unwrap();
        let rows = store.remindable_slots(rule, due, None, 10).await.unwrap();
        assert_eq!(rows.len(), expected, "{reminded:?}");
    }
    let other = ReminderRule { cause: Cause::NotOpened, ..rule };
    assert!(store.remindable_slots(other, due, None, 10).await.unwrap().is_empty());
}

pub async fn when_the_server_was_there_is_stored(store: Arc<dyn Store>) {
    let mut hearing = store.find_hearing().await.unwrap();
    assert_eq!(hearing, Hearing::default());
    for at in [0, 60, 4000] {
        hearing.note(Timestamp::from_millis(1_700_000_000_000).plus_seconds(at));
        store.save_hearing(&hearing).await.unwrap();
        assert_eq!(store.find_hearing().await.unwrap(), hearing);
    }
}

pub async fn reminder_rules_are_stored(store: Arc<dyn Store>) {
    assert_eq!(store.find_reminders().await.unwrap(), ReminderPolicy::default());
    let rule = ReminderRule { cause: Cause::NotOpened, after_days: 3, at_most: 2 };
    for policy in [vec![rule], vec![ReminderRule { cause: Cause::Pending, ..rule }, rule], vec![]] {
        let policy = ReminderPolicy::try_from(policy).unwrap();
        store.save_reminders(&policy).await.unwrap();
        assert_eq!(store.find_reminders().await.unwrap(), policy);
    }
}
