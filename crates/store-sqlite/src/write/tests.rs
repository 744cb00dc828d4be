//! The writer when something goes wrong in a transaction.

use super::{connection::FileWriting, publisher::FilePublisher};
use crate::{SqliteStore, connection::Link};
use domain::{
    Timestamp,
    actor::Actor,
    decide::{Context, add_person},
    journal::change::Change,
    types::{
        ids::PersonId,
        text::{EmailAddress, Locale, PersonName},
    },
};
use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use std::time::Duration;
use store::{
    AccountStore as _, AggregateStore as _, Outage, Store as _, StoreError, StoreResult,
    sql::{
        SqlStore as _,
        database::{Connection, get, query},
        retention, settings,
        write::{connection::WriteConnection as _, publisher::Publisher as _, writer::Writer},
    },
};
use tempfile::TempDir;
use tokio::{sync::broadcast, time::Instant};
use uuid::Uuid;

async fn open() -> (TempDir, SqliteStore) {
    let dir = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&dir.path().join("rollcall.db")).await.unwrap();
    (dir, store)
}

async fn run(db: &mut dyn Connection, sql: &'static str) -> StoreResult<()> {
    query(sql).execute(db).await?;
    Ok(())
}

/// SQLite's plan chooses between a look at the oldest and a look at all.
#[tokio::test]
async fn what_is_old_is_found_by_an_index() {
    let (_dir, store) = open().await;
    for statement in retention::searches(&store.index_hint("mails_ended")) {
        let plan = query(format!("explain query plan {statement}")).fetch_all(store.readers()).await.unwrap();
        let steps: Vec<String> = plan.iter().map(|step| get(step, "detail").unwrap()).collect();
        let is_found = |step: &String| !step.starts_with("SCAN") && !step.contains("TEMP B-TREE");
        assert!(!steps.is_empty() && steps.iter().all(is_found), "{statement}: {steps:?}");
    }
}

async fn save(writer: &Writer, name: &'static str) -> StoreResult<()> {
    writer.write(name, |name, db| Box::pin(settings::save(db, name, b"value"))).await
}

/// Writes more than a file of this many pages can hold.
async fn fill(writer: &Writer) -> StoreResult<()> {
    writer
        .write((), |(), db| {
            Box::pin(async {
                run(&mut *db, "pragma max_page_count = 1").await?;
                run(db, "insert into settings (name, value) values ('large', zeroblob(1000000))").await
            })
        })
        .await
}

#[tokio::test]
async fn writes_go_on_after_the_disk_was_full() {
    let (_dir, store) = open().await;
    for _ in 0..3 {
        let error = fill(&store.writer).await.unwrap_err();
        assert!(matches!(error, StoreError::Unusable { outage: Outage::Full, .. }), "{error}");
        save(&store.writer, "after").await.unwrap();
    }
    assert_eq!(settings::find(store.readers(), "large").await.unwrap(), None);
    store.ready().await.unwrap();
}

#[tokio::test]
async fn writes_go_on_after_sqlite_rolled_back_by_itself() {
    let (_dir, store) = open().await;
    let trigger = "create trigger refuse before insert on settings when new.name = 'refused' \
        begin select raise(rollback, 'refused'); end";
    store.writer.write(trigger, |trigger, db| Box::pin(run(db, trigger))).await.unwrap();
    // All of one transaction: the others are written one by one.
    let (before, refused, after) =
        tokio::join!(save(&store.writer, "before"), save(&store.writer, "refused"), save(&store.writer, "after"));
    assert!(matches!(refused, Err(StoreError::Engine(_))), "{refused:?}");
    before.unwrap();
    after.unwrap();
    for name in ["before", "after"] {
        assert!(settings::find(store.readers(), name).await.unwrap().is_some(), "{name}");
    }
}

#[tokio::test]
async fn a_panic_in_one_write_ends_neither_the_writer_nor_the_others() {
    let (_dir, store) = open().await;
    let panics = store.writer.write((), |(), _| Box::pin(async { panic!("on purpose") }));
    let (panicked, other): (StoreResult<()>, _) = tokio::join!(panics, save(&store.writer, "other"));
    assert!(matches!(panicked, Err(StoreError::Engine(_))), "{panicked:?}");
    other.unwrap();
    save(&store.writer, "later").await.unwrap();
}

#[tokio::test]
async fn a_database_that_was_deleted_is_not_written_and_not_ready() {
    for name in ["rollcall.db", "rollcall.db-wal"] {
        let (dir, store) = open().await;
        store.ready().await.unwrap();
        std::fs::remove_file(dir.path().join(name)).unwrap();
        let refused = [store.ready().await, save(&store.writer, "lost").await];
        for result in refused {
            assert!(matches!(result, Err(StoreError::Unusable { outage: Outage::Replaced, .. })), "{name}: {result:?}");
        }
        assert!(!dir.path().join(name).exists());
    }
}

#[tokio::test]
async fn readiness_writes_a_row_and_says_why_it_cannot() {
    let (_dir, store) = open().await;
    store.ready().await.unwrap();
    assert_eq!(settings::find(store.readers(), "probe").await.unwrap().as_deref(), Some(&b"written"[..]));
    // A transaction that failed a moment ago is not forgotten because an earlier one succeeded.
    fill(&store.writer).await.unwrap_err();
    let error = store.ready().await.unwrap_err();
    assert!(matches!(error, StoreError::Unusable { outage: Outage::Full, .. }), "{error}");
}

#[tokio::test]
async fn what_nobody_waits_for_is_not_written() {
    let (_dir, store) = open().await;
    {
        // Asked once, so that it is in the queue, and then dropped.
        let mut abandoned = std::pin::pin!(save(&store.writer, "abandoned"));
        assert!(futures::poll!(&mut abandoned).is_pending());
    }
    save(&store.writer, "wanted").await.unwrap();
    assert_eq!(settings::find(store.readers(), "abandoned").await.unwrap(), None);
    assert!(!store.has_accounts().await.unwrap());
}

#[tokio::test]
async fn more_than_the_queue_holds_is_refused_at_once() {
    let (_dir, store) = open().await;
    let many = (0..6000).map(|_| save(&store.writer, "same"));
    let results = futures::future::join_all(many).await;
    let refused = results.iter().filter(|result| matches!(result, Err(StoreError::Busy))).count();
    let written = results.iter().filter(|result| result.is_ok()).count();
    assert_eq!(refused + written, 6000);
    assert!(refused > 0 && written >= 4096, "{refused} refused, {written} written");
}

#[tokio::test]
async fn a_file_in_the_place_of_the_database_is_told_apart_from_one_that_cannot_be_reached() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("data");
    std::fs::create_dir(&place).unwrap();
    let store = SqliteStore::open(&place.join("rollcall.db")).await.unwrap();
    // Another file with the same name.
    std::fs::write(dir.path().join("other"), "other").unwrap();
    std::fs::rename(dir.path().join("other"), place.join("rollcall.db")).unwrap();
    let refused = save(&store.writer, "lost").await;
    assert!(matches!(&refused, Err(StoreError::Unusable { outage: Outage::Replaced, .. })), "{refused:?}");
    // A folder that has become a file.
    std::fs::rename(&place, dir.path().join("away")).unwrap();
    std::fs::write(&place, "no folder").unwrap();
    let refused = save(&store.writer, "lost").await;
    assert!(matches!(&refused, Err(StoreError::Unusable { outage: Outage::Unreachable, .. })), "{refused:?}");
}

/// A person, whose commit writes an entry of the journal.
fn added(n: u128) -> Change {
    let (id, context) = (PersonId(Uuid::from_u128(n)), Context { now: Timestamp::default(), actor: Actor::System });
    let email = EmailAddress::parse(&format!("p{n}@example.com")).unwrap();
    add_person(id, PersonName::parse("Ada").unwrap(), email, Locale::default(), &context).1
}

#[tokio::test]
async fn entries_of_a_commit_that_seemed_to_fail_are_published_once() {
    let (dir, store) = open().await;
    store.commit(added(1)).await.unwrap();
    let options = SqliteConnectOptions::new().filename(dir.path().join("rollcall.db"));
    let open = Link(SqliteConnection::connect_with(&options).await.unwrap());
    let mut connection = FileWriting::new(dir.path().join("rollcall.db"), options, open).unwrap();
    let (sender, mut entries) = broadcast::channel(8);
    let mut publisher = FilePublisher::new(sender, connection.get().await.unwrap()).await.unwrap();
    let entry = store.commit(added(2)).await.unwrap().remove(0);
    publisher.catch_up(&mut connection).await;
    assert!(entries.try_recv().is_err(), "nothing is in doubt");
    publisher.is_in_doubt = true;
    for _ in 0..2 {
        publisher.catch_up(&mut connection).await;
    }
    assert_eq!(entries.try_recv().map(|found| found.seq), Ok(entry.seq));
    assert!(entries.try_recv().is_err(), "once");
}

#[tokio::test]
async fn after_a_failure_the_connection_is_tried_again_with_longer_and_longer_pauses() {
    let (dir, _store) = open().await;
    let path = dir.path().join("rollcall.db");
    let options = SqliteConnectOptions::new().filename(&path);
    let open = Link(SqliteConnection::connect_with(&options).await.unwrap());
    // The next connection is opened elsewhere, where nothing is.
    let mut connection = FileWriting::new(path, options.filename(dir.path().join("gone")), open).unwrap();
    connection.discard().await;
    tokio::time::pause();
    for pause_ms in [50, 100, 200, 400, 800, 1600, 2000, 2000] {
        let failed = Instant::now();
        assert!(connection.get().await.is_err());
        assert_eq!(connection.next_try(), Some(failed + Duration::from_millis(pause_ms)), "{pause_ms}");
        assert!(connection.get().await.is_err(), "without another try");
        assert_eq!(connection.next_try(), Some(failed + Duration::from_millis(pause_ms)), "{pause_ms}");
        tokio::time::advance(Duration::from_millis(pause_ms)).await;
    }
}

#[tokio::test]
async fn a_closed_database_is_one_file() {
    let (dir, store) = open().await;
    save(&store.writer, "value").await.unwrap();
    store.close().await;
    let files: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(files, ["rollcall.db"]);
}
