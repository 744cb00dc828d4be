//! Single values that are kept by name.

use crate::store::StoreResult;
use sqlx::SqlitePool;

/// The value of a name, if there is one.
pub(super) async fn find(pool: &SqlitePool, name: &str) -> StoreResult<Option<Vec<u8>>> {
    Ok(sqlx::query_scalar("select value from facts where name = ?").bind(name).fetch_optional(pool).await?)
}

/// Keeps a value in the place of the one before.
pub(super) async fn save(pool: &SqlitePool, name: &str, value: &[u8]) -> StoreResult<()> {
    sqlx::query(
        "insert into facts (name, value) values (?, ?) on conflict (name) do update set value = excluded.value",
    )
    .bind(name)
    .bind(value)
    .execute(pool)
    .await?;
    Ok(())
}
