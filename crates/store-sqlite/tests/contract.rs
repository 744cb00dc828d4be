//! The contract of every store, on SQLite.
#![expect(clippy::unwrap_used, reason = "these are tests")]

use std::sync::Arc;
use store::{AggregateStore as _, Store, contract::fixture::Fixture};
use store_sqlite::SqliteStore;

/// A store with the folder it lives in.
async fn open() -> Option<(tempfile::TempDir, Arc<dyn Store>)> {
    let dir = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&dir.path().join("rollcall.db")).await.unwrap();
    Some((dir, Arc::new(store)))
}

store::contract_tests! { open }

#[tokio::test]
async fn what_was_committed_survives_closing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("rollcall.db");
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&path).await.unwrap());
    let mut fixture = Fixture::new(store.clone());
    let person = fixture.person("ada@example.com").await;
    store.close().await;
    let store = SqliteStore::open(&path).await.unwrap();
    assert!(store.load_person(person).await.unwrap().is_some());
}
