//! The server goes away and comes back.

use crate::support::{TestDatabase, gate::Gate};
use domain::journal::change::Change;
use std::time::Duration;
use store::{AccountStore as _, AggregateStore as _, Outage, Store as _, StoreError, ViewStore as _};
use store_postgres::{OpenError, PostgresStore};
use tokio::time::{Instant, sleep, timeout};

/// Waits until a store works.
async fn until_ready(store: &PostgresStore) {
    let begun = Instant::now();
    while let Err(error) = store.ready().await {
        assert!(begun.elapsed() < Duration::from_secs(20), "{error}");
        sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn a_store_recovers_without_a_restart() {
    let Some(database) = TestDatabase::new().await else { return };
    let (mut gate, url) = Gate::to(&database.url()).await;
    let store = std::sync::Arc::new(PostgresStore::open(&url).await.unwrap());
    let mut news = store.subscribe();
    let mut fixture = store::contract::fixture::Fixture::new(store.clone());
    fixture.person("before@example.com").await;
    store.ready().await.unwrap();
    gate.close().await;
    let (_, change) = fixture.new_person("while@example.com");
    for _ in 0..2 {
        let refused = store.commit(change.clone()).await.unwrap_err();
        assert!(matches!(refused, StoreError::Unusable { outage: Outage::Unreachable, .. }), "{refused}");
    }
    let refused = store.ready().await.unwrap_err();
    assert!(matches!(refused, StoreError::Unusable { outage: Outage::Unreachable, .. }), "{refused}");
    let refused = store.has_accounts().await.unwrap_err();
    assert!(matches!(refused, StoreError::Unusable { outage: Outage::Unreachable, .. }), "{refused}");
    // Meanwhile something is written by another server.
    let other = std::sync::Arc::new(PostgresStore::open(&database.url()).await.unwrap());
    let from_elsewhere = other.commit(change).await.unwrap();
    gate.open().await;
    until_ready(&store).await;
    let (_, change) = fixture.new_person("after@example.com");
    store.commit(change).await.unwrap();
    assert!(!store.has_accounts().await.unwrap());
    let all = store.journal_after(0, 100).await.unwrap();
    assert_eq!((all.len(), &all[1]), (3, &from_elsewhere[0]));
    for entry in all {
        assert_eq!(timeout(Duration::from_secs(20), news.recv()).await.unwrap().unwrap(), entry);
    }
    // At the end nothing hangs.
    timeout(Duration::from_secs(20), store.close()).await.unwrap();
    assert!(matches!(
        store.commit(Change { contacts: vec![], ..fixture.new_person("late@example.com").1 }).await,
        Err(StoreError::Closed)
    ));
}

#[tokio::test]
async fn who_cannot_be_reached_is_told_without_its_password() {
    let (mut gate, url) = Gate::to("postgres://rollcall:secret@127.0.0.1:5432/nowhere").await;
    gate.close().await;
    let error = PostgresStore::open(&url).await.err().unwrap();
    assert!(matches!(error, OpenError::Open { .. }), "{error}");
    let told = error.to_string();
    assert!(told.contains("nowhere") && !told.contains("secret"), "{told}");
    assert!(matches!(PostgresStore::open("no address").await, Err(OpenError::Address(_))));
}
