//! A database as the target of a copy.

use crate::support::TestDatabase;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use std::collections::BTreeSet;
use store::{
    Store as _,
    sql::copy::{TABLES, is_known},
};
use store_postgres::{CopyError, CopyTarget, PostgresStore};

const TABLES_OF_DATABASE: &str = "select tablename::text from pg_tables where schemaname = current_schema()";
/// Indexes and constraints as they are described.
const RULES: &str = "select indexdef from pg_indexes where schemaname = current_schema() \
    union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated \
    from pg_constraint where connamespace = current_schema()::regnamespace";

async fn texts(url: &str, sql: &str) -> BTreeSet<String> {
    let mut db = PgConnection::connect(url).await.unwrap();
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_all(&mut db).await.unwrap().into_iter().collect()
}

/// Somebody who adds a table has to say whether it is copied: in [`store::sql::copy`].
#[tokio::test]
async fn every_table_is_copied_or_left_out_on_purpose() {
    let Some(database) = TestDatabase::new().await else { return };
    PostgresStore::open(&database.url()).await.unwrap().close().await;
    let found = texts(&database.url(), TABLES_OF_DATABASE).await;
    let forgotten: Vec<_> = found.iter().filter(|table| !is_known(table)).collect();
    assert!(forgotten.is_empty(), "neither in TABLES nor in NOT_COPIED: {forgotten:?}");
    let gone: Vec<_> = TABLES.into_iter().filter(|table| !found.contains(*table)).collect();
    assert!(gone.is_empty(), "in TABLES, and not in the database: {gone:?}");
}

#[tokio::test]
async fn indexes_and_references_are_the_same_after_a_copy() {
    let Some(database) = TestDatabase::new().await else { return };
    PostgresStore::open(&database.url()).await.unwrap().close().await;
    let before = texts(&database.url(), RULES).await;
    assert!(before.iter().any(|rule| rule.contains("FOREIGN KEY")), "{before:?}");
    let mut target = CopyTarget::open(&database.url()).await.unwrap();
    target.build_indexes().await.unwrap();
    target.finish().await.unwrap();
    assert_eq!(texts(&database.url(), RULES).await, before);
}

#[tokio::test]
async fn a_row_that_became_another_one_is_found() {
    let Some(database) = TestDatabase::new().await else { return };
    let (url, sql) = (database.url(), "insert into settings (name, value) values ('a', 'b')");
    let target = CopyTarget::open(&url).await.unwrap();
    let table = target.tables().into_iter().find(|table| table.name == "settings").unwrap();
    target.finish().await.unwrap();
    database.run(sql).await;
    let mut target = CopyTarget::open(&url).await.unwrap();
    // What was in the settings before was deleted with the beginning of the copy: there are no rows.
    let nothing = store::sql::copy::Digest::default().finish();
    target.verify(&table, nothing).await.unwrap();
    let mut digest = store::sql::copy::Digest::default();
    digest.add(&[]);
    let error = target.verify(&table, digest.finish()).await.unwrap_err();
    assert!(matches!(error, CopyError::Differs { table: "settings" }), "{error}");
}
