//! Single values that are stored by name.

use crate::fault::fault;
use sqlx::{SqliteConnection, SqliteExecutor};
use store::StoreResult;

/// The value of a setting, if it has one.
pub(crate) async fn find(db: impl SqliteExecutor<'_>, name: &str) -> StoreResult<Option<Vec<u8>>> {
    sqlx::query_scalar("select value from settings where name = ?").bind(name).fetch_optional(db).await.map_err(fault)
}

/// Stores a value; it replaces the one before.
pub(crate) async fn save(db: &mut SqliteConnection, name: &str, value: &[u8]) -> StoreResult<()> {
    sqlx::query(
        "insert into settings (name, value) values (?, ?) on conflict (name) do update set value = excluded.value",
    )
    .bind(name)
    .bind(value)
    .execute(db)
    .await
    .map_err(fault)?;
    Ok(())
}
