//! Single values that are kept by name.

use crate::fault::fault;
use sqlx::SqlitePool;
use store::StoreResult;

/// The value of a name, if there is one.
pub(crate) async fn find(pool: &SqlitePool, name: &str) -> StoreResult<Option<Vec<u8>>> {
    sqlx::query_scalar("select value from facts where name = ?").bind(name).fetch_optional(pool).await.map_err(fault)
}

/// Keeps a value in the place of the one before.
pub(crate) async fn save(pool: &SqlitePool, name: &str, value: &[u8]) -> StoreResult<()> {
    sqlx::query(
        "insert into facts (name, value) values (?, ?) on conflict (name) do update set value = excluded.value",
    )
    .bind(name)
    .bind(value)
    .execute(pool)
    .await
    .map_err(fault)?;
    Ok(())
}
