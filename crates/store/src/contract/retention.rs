//! Removing what is old.

use super::fixture::Fixture;
use crate::Store;
use domain::{
    Timestamp,
    decide::{claim_mail, record_state},
    protocol::{Battery, Location, StateReport},
    types::ids::ServerId,
};
use std::sync::Arc;
use uuid::Uuid;

const SERVER: ServerId = ServerId(Uuid::from_u128(7));
const DAY: i64 = 86_400;

/// Adds a person some days after the beginning.
async fn on_day(f: &mut Fixture, begin: Timestamp, day: i64) {
    f.now = begin.plus_seconds(day * DAY);
    let email = format!("day{}of{}@example.com", day.unsigned_abs(), f.store.journal_head().await.unwrap());
    f.person(&email).await;
}

/// The days of the entries in their order.
async fn days(f: &Fixture, begin: Timestamp) -> Vec<i64> {
    let entries = f.store.journal_after(0, 1000).await.unwrap();
    entries.iter().map(|entry| (entry.event.at.as_millis() - begin.as_millis()) / 1000 / DAY).collect()
}

pub async fn the_oldest_entries_of_the_journal_are_deleted_and_never_the_latest(store: Arc<dyn Store>) {
    let mut f = Fixture::new(Arc::clone(&store));
    let begin = f.now;
    assert_eq!(store.journal_start().await.unwrap(), 0);
    for day in [0, 1, 2, 9] {
        on_day(&mut f, begin, day).await;
    }
    let (now, head) = (f.now, store.journal_head().await.unwrap());
    let prune = async |day: i64, limit| store.prune_journal(begin.plus_seconds(day * DAY), now, limit).await.unwrap();
    assert_eq!(prune(0, 10).await, 0);
    // Two at a time, up to the first that is kept.
    assert_eq!((prune(3, 2).await, prune(3, 2).await, prune(3, 2).await), (2, 1, 0));
    assert_eq!(days(&f, begin).await, [9]);
    assert_eq!(prune(99, 10).await, 0, "the latest stays");
    assert_eq!((store.journal_start().await.unwrap(), store.journal_head().await.unwrap()), (head, head));
    on_day(&mut f, begin, 10).await;
    assert!(store.journal_head().await.unwrap() > head);
}

pub async fn an_entry_of_a_wrong_clock_keeps_no_other_and_deletes_no_other(store: Arc<dyn Store>) {
    let mut f = Fixture::new(Arc::clone(&store));
    let begin = f.now;
    for day in [0, 5000, 1, 8, -5000, 9] {
        on_day(&mut f, begin, day).await;
    }
    let now = f.now;
    assert_eq!(store.prune_journal(begin.plus_seconds(3 * DAY), now, 10).await.unwrap(), 3);
    assert_eq!(days(&f, begin).await, [8, -5000, 9]);
}

pub async fn mails_that_ended_are_deleted_by_their_age(store: Arc<dyn Store>) {
    let mut f = Fixture::new(Arc::clone(&store));
    for n in 0..3 {
        let person = f.person(&format!("p{n}@example.com")).await;
        // The first mail is superseded by the second, which waits.
        f.invitation(person, true).await;
        f.invitation(person, true).await;
    }
    let later = f.now.plus_seconds(1);
    let due = store.due_mails(f.now, 10).await.unwrap();
    store.commit(claim_mail(&due[0], SERVER).1).await.unwrap();
    assert_eq!(store.prune_mails(f.now, 10).await.unwrap(), 0);
    assert_eq!(store.prune_mails(later, 2).await.unwrap(), 2);
    assert_eq!(store.prune_mails(later, 2).await.unwrap(), 1);
    assert_eq!(store.prune_mails(later, 2).await.unwrap(), 0);
    let waiting = store.count_queued_mails().await.unwrap();
    assert_eq!((waiting, store.sending_mails().await.unwrap().len()), (2, 1), "those that have not ended stay");
}

pub async fn old_positions_are_removed_from_reports_and_nothing_else(store: Arc<dyn Store>) {
    let mut f = Fixture::new(Arc::clone(&store));
    let mut devices = Vec::new();
    for n in 1..=3 {
        let person = f.person(&format!("p{n}@example.com")).await;
        f.invitation(person, false).await;
        let id = f.device(person, n).await;
        let place =
            Location { latitude: 50.1, longitude: 14.4, accuracy_m: None, at: f.now.plus_seconds(-i64::from(n)) };
        let battery = Some(Battery { level: n, charging: false });
        let report = StateReport { seq: 1, battery, location: Some(place), ..StateReport::default() };
        let aggregate = store.load_device(id).await.unwrap().unwrap();
        store.commit(record_state(&aggregate, id, report, &f.context()).unwrap()).await.unwrap();
        devices.push(id);
    }
    devices.sort_by_key(|id| id.0);
    let before = store.find_report(devices[0]).await.unwrap().unwrap();
    let oldest = f.now.plus_seconds(-3);
    let none = store.prune_positions(oldest, None, 10).await.unwrap();
    assert_eq!((none.last, none.removed), (devices.last().copied(), Vec::new()));
    // Two at a time, in the order of their ids.
    let first = store.prune_positions(f.now, None, 2).await.unwrap();
    assert_eq!((first.last, first.removed.as_slice()), (Some(devices[1]), &devices[..2]));
    let second = store.prune_positions(f.now, first.last, 2).await.unwrap();
    assert_eq!((second.last, second.removed.as_slice()), (Some(devices[2]), &devices[2..]));
    assert_eq!(store.prune_positions(f.now, second.last, 2).await.unwrap().last, None);
    let after = store.find_report(devices[0]).await.unwrap().unwrap();
    assert_eq!((after.report.location, after.reported_at.location), (None, None));
    assert_eq!((after.at, after.report.seq, after.report.battery), (before.at, 1, before.report.battery));
}
