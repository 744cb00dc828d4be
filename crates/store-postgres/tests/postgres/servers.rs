//! Several servers on one database: one order of the journal, and nothing missed.

use crate::support::TestDatabase;
use domain::{
    decide::record_state,
    device::Platform,
    journal::{
        JournalEvent,
        change::{Change, KeyedHash},
    },
    list::{PersonQuery, SlotQuery},
    protocol::StateReport,
    views::TimedReport,
};
use std::{sync::Arc, time::Duration};
use store::{
    AccountStore as _, AggregateStore as _, HardwareStore as _, KeyEvidence, Store, StoreError, TelemetryPut,
    TelemetryStore as _, TrustStore as _, ViewStore as _, contract::fixture::Fixture,
};
use store_postgres::{OpenError, PostgresStore, key_evidence};
use tokio::{
    sync::broadcast,
    time::{Instant, timeout},
};

/// Longest wait for news: more than the interval at which servers look without a hint.
const SOON: Duration = Duration::from_secs(20);

async fn open(database: &TestDatabase) -> Arc<PostgresStore> {
    Arc::new(PostgresStore::open(&database.url()).await.unwrap())
}

/// The next entries that a subscriber gets.
async fn next(news: &mut broadcast::Receiver<JournalEvent>, count: usize) -> Vec<JournalEvent> {
    let mut entries = Vec::with_capacity(count);
    while entries.len() < count {
        entries.push(timeout(SOON, news.recv()).await.unwrap().unwrap());
    }
    entries
}

/// Changes that add people, with ids of their own for each writer.
fn people(store: &Arc<PostgresStore>, writer: u128, count: usize) -> Vec<Change> {
    let mut fixture = Fixture::new(store.clone());
    (0..count)
        .map(|n| {
            let (_, mut change) = fixture.new_person(&format!("w{writer}-{n}@example.com"));
            let id = domain::types::ids::PersonId(uuid::Uuid::from_u128(writer << 64 | n as u128));
            for person in &mut change.people {
                person.id = id;
            }
            for event in &mut change.events {
                event.person_id = id;
            }
            change
        })
        .collect()
}

async fn add(store: &Arc<PostgresStore>, writer: u128, count: usize) {
    for change in people(store, writer, count) {
        store.commit(change).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_tell_of_all_entries_in_one_order() {
    let Some(database) = TestDatabase::new().await else { return };
    let (one, other) = (open(&database).await, open(&database).await);
    let mut news = [one.subscribe(), other.subscribe()];
    let writers: Vec<_> = (0..8)
        .map(|writer| {
            let store = Arc::clone(if writer % 2 == 0 { &one } else { &other });
            tokio::spawn(async move { add(&store, writer, 40).await })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let all = one.journal_after(0, 1000).await.unwrap();
    assert_eq!(all.len(), 320);
    assert!(all.is_sorted_by_key(|entry| entry.seq));
    for news in &mut news {
        assert_eq!(next(news, 320).await, all);
        assert!(news.try_recv().is_err(), "each once");
    }
}

#[tokio::test]
async fn by_the_time_that_a_commit_returns_its_entries_are_told_of() {
    let Some(database) = TestDatabase::new().await else { return };
    let store = open(&database).await;
    let mut news = store.subscribe();
    for change in people(&store, 1, 20) {
        let written = store.commit(change).await.unwrap();
        assert_eq!(news.try_recv().as_ref(), Ok(&written[0]));
    }
}

#[tokio::test]
async fn entries_of_others_are_told_of_promptly() {
    let Some(database) = TestDatabase::new().await else { return };
    let (one, other) = (open(&database).await, open(&database).await);
    let mut news = one.subscribe();
    // The first hint may come before the connection listens; from then on they come at once.
    add(&other, 1, 1).await;
    next(&mut news, 1).await;
    for n in 2..7 {
        let begun = Instant::now();
        add(&other, n, 1).await;
        next(&mut news, 1).await;
        assert!(begun.elapsed() < Duration::from_secs(3), "by a hint, not by the clock: {:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn killed_connections_heal_and_no_entry_is_missed() {
    let Some(database) = TestDatabase::new().await else { return };
    let (one, other) = (open(&database).await, open(&database).await);
    let mut news = one.subscribe();
    let mut fixture = Fixture::new(one.clone());
    for round in 1..6 {
        add(&one, round * 10, 3).await;
        add(&other, round * 10 + 1, 3).await;
        assert!(database.end_connections("true").await >= 2);
        // A write may meet the dead connection; it is not lost silently, and the next one succeeds.
        for (n, store) in [(2, &one), (3, &other)] {
            for change in people(store, round * 10 + n, 1) {
                match store.commit(change.clone()).await {
                    Ok(_) => {}
                    Err(StoreError::Unusable { .. }) => drop(store.commit(change).await.unwrap()),
                    Err(StoreError::Unknown { .. }) => match store.commit(change).await {
                        Ok(_) | Err(StoreError::Conflict | StoreError::EmailTaken) => {}
                        Err(error) => panic!("{error}"),
                    },
                    Err(error) => panic!("{error}"),
                }
            }
        }
        // A read does not notice.
        assert!(!one.has_accounts().await.unwrap());
        assert!(one.load_person(fixture.new_person("nobody@example.com").0).await.unwrap().is_none());
        one.ready().await.unwrap();
        other.ready().await.unwrap();
    }
    let all = one.journal_after(0, 1000).await.unwrap();
    assert_eq!(all.len(), 5 * 8);
    assert_eq!(next(&mut news, all.len()).await, all);
    assert!(news.try_recv().is_err(), "each once");
}

#[tokio::test]
async fn a_server_that_hears_no_hints_learns_of_entries_all_the_same() {
    let Some(database) = TestDatabase::new().await else { return };
    let store = open(&database).await;
    let mut news = store.subscribe();
    add(&store, 1, 1).await;
    next(&mut news, 1).await;
    // Written by something that does not tell.
    database
        .run(
            "insert into journal (at, person_id, invitation_id, slot_id, device_id, doc) \
              select at, person_id, invitation_id, slot_id, device_id, doc from journal",
        )
        .await;
    next(&mut news, 1).await;
}

#[tokio::test]
async fn servers_that_start_at_once_share_one_set_of_tables() {
    let Some(database) = TestDatabase::new().await else { return };
    let url = database.url();
    let opened = futures::future::join_all((0..4).map(|_| PostgresStore::open(&url))).await;
    for store in opened {
        store.unwrap().ready().await.unwrap();
    }
}

#[tokio::test]
async fn a_database_that_finds_only_english_names_is_refused() {
    for (options, hint) in [("encoding 'UTF8' locale 'C'", "C.UTF-8"), ("encoding 'SQL_ASCII' locale 'C'", "UTF8")] {
        let Some(database) = TestDatabase::with(options).await else { return };
        let error = PostgresStore::open(&database.url()).await.err().unwrap();
        assert!(matches!(error, OpenError::Letters { .. } | OpenError::Encoding { .. }), "{error}");
        assert!(error.to_string().contains(hint), "{error}");
    }
}

#[tokio::test]
async fn a_database_tells_of_its_key_before_it_is_opened() {
    let Some(database) = TestDatabase::new().await else { return };
    assert_eq!(key_evidence(&database.url()).await.unwrap(), KeyEvidence::default(), "an empty one tells nothing");
    let store = open(&database).await;
    let mut fixture = Fixture::new(store.clone());
    let person = fixture.person("ada@example.com").await;
    fixture.invitation(person, false).await;
    let check = KeyedHash([7; 32]);
    store.save_key_check(check).await.unwrap();
    let expected = KeyEvidence { check: Some(check), sealed_tokens: vec![vec![1, 2, 3]] };
    assert_eq!(key_evidence(&database.url()).await.unwrap(), expected);
}

#[tokio::test]
async fn columns_of_another_version_are_computed_anew() {
    let Some(database) = TestDatabase::new().await else { return };
    let store = open(&database).await;
    let mut fixture = Fixture::new(store.clone());
    let person = fixture.person("ada@example.com").await;
    fixture.invitation(person, false).await;
    let device = fixture.device(person, 1).await;
    let keys = fixture.load(person).await.devices[0].hardware_keys();
    store.close().await;
    database
        .run("update people set search = '', name_key = ''; update slots set search = '', platform = ''; \
              delete from device_hardware; update settings set value = '\\x00' where name like '%\\_columns' or name like '%\\_keys'")
        .await;
    let store = open(&database).await;
    let people = PersonQuery { search: "ada@".to_owned(), ..PersonQuery::default() };
    assert_eq!(store.list_people(&people).await.unwrap().total, 1);
    let slots = SlotQuery { search: "slate".to_owned(), platform: Some(Platform::Android), ..SlotQuery::default() };
    assert_eq!(store.list_slots(&slots, fixture.now).await.unwrap().total, 1);
    let found = store.devices_with_hardware(&keys, 10).await.unwrap();
    assert_eq!(found.iter().map(|device| device.id).collect::<Vec<_>>(), [device]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn contacts_and_reports_of_two_servers_do_not_wait_for_each_other() {
    let Some(database) = TestDatabase::new().await else { return };
    let (one, other) = (open(&database).await, open(&database).await);
    let mut fixture = Fixture::new(one.clone());
    let mut devices = Vec::new();
    for n in 0..30 {
        let person = fixture.person(&format!("p{n}@example.com")).await;
        fixture.invitation(person, false).await;
        devices.push(fixture.device(person, 1).await);
    }
    let report = |seq| StateReport { seq, ..StateReport::default() };
    for id in &devices {
        let aggregate = one.load_device(*id).await.unwrap().unwrap();
        let change = record_state(&aggregate, *id, report(1), &fixture.context()).unwrap();
        one.commit(change).await.unwrap();
    }
    let now = fixture.now;
    let writers: Vec<_> = [(&one, false), (&other, true)]
        .into_iter()
        .map(|(store, is_reversed)| {
            let (store, mut devices) = (Arc::clone(store), devices.clone());
            if is_reversed {
                devices.reverse();
            }
            tokio::spawn(async move {
                for n in 2..30 {
                    let at = now.plus_seconds(n);
                    let contacts = devices.iter().map(|id| (*id, at)).collect();
                    store.commit(Change { contacts, ..Change::default() }).await.unwrap();
                    let puts = devices.iter().map(|id| {
                        let report = TimedReport::new(at, report(n.unsigned_abs()));
                        let (device_id, previous_seq) = (*id, n.unsigned_abs() - 1);
                        store.write_telemetry(TelemetryPut { device_id, version: 1, previous_seq, report })
                    });
                    for written in futures::future::join_all(puts).await {
                        written.unwrap();
                    }
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    for id in devices {
        let device = one.load_device(id).await.unwrap().unwrap().devices.remove(0);
        assert_eq!((device.version, device.last_report_seq), (1, 29));
        assert!(device.last_contact_at >= now.plus_seconds(28), "at most the latest was left out");
    }
}

#[tokio::test]
async fn what_one_server_wrote_is_refused_to_another() {
    let Some(database) = TestDatabase::new().await else { return };
    let (one, other) = (open(&database).await, open(&database).await);
    let mut fixture = Fixture::new(one.clone());
    let person = fixture.person("ada@example.com").await;
    let stale = fixture.new_invitation(person, false).await;
    fixture.invitation(person, false).await;
    assert!(matches!(other.commit(stale).await, Err(StoreError::Conflict)));
    let mut again = fixture.new_person("ada@example.com").1;
    // A batch of which one change is refused is written without that one.
    let fine = fixture.new_person("bob@example.com").1;
    again.people[0].version = 0;
    let (refused, written) = tokio::join!(other.commit(again), other.commit(fine));
    assert!(matches!(refused, Err(StoreError::EmailTaken)), "{refused:?}");
    assert_eq!(written.unwrap().len(), 1);
}
