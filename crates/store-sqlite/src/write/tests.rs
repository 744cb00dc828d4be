//! The writer when something goes wrong in a transaction.

use crate::{SqliteStore, fault::fault, settings, write::writer::Writer};
use sqlx::SqliteConnection;
use store::{AccountStore as _, Outage, Store as _, StoreError, StoreResult};
use tempfile::TempDir;

async fn open() -> (TempDir, SqliteStore) {
    let dir = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&dir.path().join("rollcall.db")).await.unwrap();
    (dir, store)
}

async fn run(db: &mut SqliteConnection, sql: &'static str) -> StoreResult<()> {
    sqlx::query(sql).execute(db).await.map_err(fault)?;
    Ok(())
}

async fn save(writer: &Writer, name: &'static str) -> StoreResult<()> {
    writer.write(name, |name, db| Box::pin(settings::save(db, name, b"value"))).await
}

/// Writes more than a file of this many pages can hold.
async fn fill(writer: &Writer) -> StoreResult<()> {
    writer
        .write((), |(), db| {
            Box::pin(async {
                run(db, "pragma max_page_count = 1").await?;
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
    assert_eq!(settings::find(&store.readers, "large").await.unwrap(), None);
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
        assert!(settings::find(&store.readers, name).await.unwrap().is_some(), "{name}");
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
    assert_eq!(settings::find(&store.readers, "probe").await.unwrap().as_deref(), Some(&b"written"[..]));
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
    assert_eq!(settings::find(&store.readers, "abandoned").await.unwrap(), None);
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
