//! What a file tells of its key before it is opened: nothing is written to it, and its tables may be those of any version.

use crate::{BUSY_TIMEOUT, OpenError};
use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use std::path::Path;
use store::{
    KeyEvidence, StoreError,
    sql::{KEY_CHECK, records},
};

/// How many sealed tokens are enough: some may be damaged.
const TOKENS: i64 = 100;

/// Reads what a file tells of its key.
///
/// # Errors
/// The file cannot be read, or is no database.
pub async fn key_evidence(path: &Path) -> Result<KeyEvidence, OpenError> {
    let opened = |source| OpenError::Open { path: path.display().to_string(), source };
    let options = SqliteConnectOptions::new().filename(path).read_only(true).busy_timeout(BUSY_TIMEOUT);
    let mut db = SqliteConnection::connect_with(&options).await.map_err(opened)?;
    let evidence = read(&mut db).await.map_err(opened);
    // Nothing was written: an error of closing costs nothing.
    drop(db.close().await);
    evidence
}

async fn read(db: &mut SqliteConnection) -> Result<KeyEvidence, sqlx::Error> {
    let mut evidence = KeyEvidence::default();
    if has_table(db, "settings").await? {
        let check: Option<Vec<u8>> = sqlx::query_scalar("select value from settings where name = ?")
            .bind(KEY_CHECK)
            .fetch_optional(&mut *db)
            .await?;
        let check = check.map(|bytes| records::keyed_hash(bytes, KEY_CHECK)).transpose();
        evidence.check = check.map_err(|error: StoreError| sqlx::Error::Decode(error.into()))?;
    }
    if has_table(db, "invitations").await? {
        evidence.sealed_tokens =
            sqlx::query_scalar("select token_sealed from invitations order by created_at desc limit ?")
                .bind(TOKENS)
                .fetch_all(&mut *db)
                .await?;
    }
    Ok(evidence)
}

async fn has_table(db: &mut SqliteConnection, name: &str) -> Result<bool, sqlx::Error> {
    let found: Option<i64> = sqlx::query_scalar("select 1 from sqlite_schema where type = 'table' and name = ?")
        .bind(name)
        .fetch_optional(db)
        .await?;
    Ok(found.is_some())
}
