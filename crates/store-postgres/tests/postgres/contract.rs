//! The contract of every store, on PostgreSQL.

use crate::support::TestDatabase;
use std::sync::Arc;
use store::Store;
use store_postgres::PostgresStore;

/// A store with the database that it is in.
async fn open() -> Option<(TestDatabase, Arc<dyn Store>)> {
    let database = TestDatabase::new().await?;
    let store = PostgresStore::open(&database.url()).await.unwrap();
    Some((database, Arc::new(store)))
}

store::contract_tests! { open }
