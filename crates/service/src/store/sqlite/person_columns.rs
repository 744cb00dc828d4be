//! The column of a person that a search looks through. When the way in which it follows from a person changes, it is
//! written anew at the next start.

use super::derived::{self, BATCH};
use crate::store::StoreResult;
use domain::person::search_text;
use sqlx::{Row as _, SqlitePool};

/// Counts the ways in which the column followed from people. To be raised when [`search_text`] says something else.
const DERIVATION: u8 = 1;
/// The fact that says which derivation the file is at.
const FACT: &str = "person_columns";

/// Writes the column anew if it follows from people in another way than the file's.
pub(super) async fn bring_up_to_date(pool: &SqlitePool) -> StoreResult<()> {
    derived::bring_up_to_date(pool, FACT, DERIVATION, async |after| rewrite_batch(pool, after).await).await
}

/// Writes the column of the next people; returns the last one's key, `None` when there were none.
async fn rewrite_batch(pool: &SqlitePool, after: i64) -> StoreResult<Option<i64>> {
    let mut transaction = pool.begin_with("begin immediate").await?;
    let found = sqlx::query(
        "select k.key, p.id, p.name, p.email from people_keys k cross join people p on p.id = k.id \
         where k.key > ? order by k.key limit ?",
    )
    .bind(after)
    .bind(BATCH)
    .fetch_all(&mut *transaction)
    .await?;
    for row in &found {
        sqlx::query("update people set search = ? where id = ?")
            .bind(search_text(row.try_get("name")?, row.try_get("email")?))
            .bind(row.try_get::<Vec<u8>, _>("id")?)
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(found.last().map(|row| row.try_get("key")).transpose()?)
}
