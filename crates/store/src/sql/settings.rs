//! Single values that are stored by name.

use super::database::{Connection, Source, query};
use crate::StoreResult;

/// The value of a setting, if it has one.
pub async fn find(db: impl Source, name: &str) -> StoreResult<Option<Vec<u8>>> {
    query("select value from settings where name = $1").bind(name).fetch_value(db).await
}

/// Stores a value; it replaces the one before.
pub async fn save(db: &mut dyn Connection, name: &str, value: &[u8]) -> StoreResult<()> {
    query("insert into settings (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value")
        .bind(name)
        .bind(value)
        .execute(db)
        .await?;
    Ok(())
}
