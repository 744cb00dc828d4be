//! A file as the source of a copy.
#![expect(clippy::unwrap_used, reason = "these are tests")]

use std::path::Path;
use store::{
    Store as _,
    sql::copy::{TABLES, is_known},
};
use store_sqlite::{CopySource, OpenError, SqliteStore};

async fn file(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("rollcall.db");
    SqliteStore::open(&path).await.unwrap().close().await;
    path
}

/// Somebody who adds a table has to say whether it is copied: in [`store::sql::copy`].
#[tokio::test]
async fn every_table_is_copied_or_left_out_on_purpose() {
    let dir = tempfile::tempdir().unwrap();
    let mut source = CopySource::open(&file(dir.path()).await, |_| panic!("it is new")).await.unwrap();
    let found = source.tables().await.unwrap();
    let forgotten: Vec<_> = found.iter().filter(|table| !is_known(table)).collect();
    assert!(forgotten.is_empty(), "neither in TABLES nor in NOT_COPIED: {forgotten:?}");
    let gone: Vec<_> = TABLES.into_iter().filter(|table| !found.iter().any(|name| name == table)).collect();
    assert!(gone.is_empty(), "in TABLES, and not in the file: {gone:?}");
}

#[tokio::test]
async fn a_file_of_something_else_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("other.db");
    std::fs::write(&path, "").unwrap();
    let opened = CopySource::open(&path, |_| panic!("it is none")).await;
    assert!(matches!(opened.err(), Some(OpenError::Foreign { .. })));
}
