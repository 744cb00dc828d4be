//! What a database tells of its key before it is opened: nothing is written to it, and its tables may be those of any version.

use crate::{OpenError, connection::Link, fault::fault, open};
use sqlx::Connection as _;
use store::{
    KeyEvidence, StoreResult,
    sql::{
        KEY_CHECK,
        database::{Connection, query},
        records, settings,
    },
};

/// How many sealed tokens are enough: some may be damaged.
const TOKENS: u32 = 100;

/// Reads what the database at an address tells of its key.
///
/// # Errors
/// It cannot be reached or read.
pub async fn key_evidence(url: &str) -> Result<KeyEvidence, OpenError> {
    let (options, name) = open::address(url)?;
    let opened = |source| OpenError::Open { name: name.clone(), source };
    let mut db = Link(open::connect(&options).await.map_err(opened)?);
    let evidence = read(&mut db).await.map_err(|source| OpenError::Read { name: name.clone(), source });
    // Nothing was written: an error of closing costs nothing.
    let _ = db.0.close().await.map_err(fault);
    evidence
}

async fn read(db: &mut dyn Connection) -> StoreResult<KeyEvidence> {
    let mut evidence = KeyEvidence::default();
    if has_table(db, "settings").await? {
        let check = settings::find(&mut *db, KEY_CHECK).await?;
        evidence.check = check.map(|bytes| records::keyed_hash(bytes, KEY_CHECK)).transpose()?;
    }
    if has_table(db, "invitations").await? {
        let tokens = query("select token_sealed from invitations order by created_at desc limit $1").bind(TOKENS);
        evidence.sealed_tokens = tokens.fetch_values(db).await?;
    }
    Ok(evidence)
}

async fn has_table(db: &mut dyn Connection, name: &str) -> StoreResult<bool> {
    let found = query("select to_regclass($1) is not null").bind(name).fetch_value(db).await?;
    Ok(found.unwrap_or_default())
}
