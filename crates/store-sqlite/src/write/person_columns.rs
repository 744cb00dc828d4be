//! The column of a person that a search looks through. When the way in which it follows from a person changes, it is
//! written anew at the next start.

use super::recompute::{self, BATCH};
use crate::{fault::fault, rows::get};
use domain::person::search_text;
use sqlx::SqlitePool;
use store::StoreResult;

/// Counts the ways in which the column followed from people. To be raised when [`search_text`] says something else.
const DERIVATION: u8 = 1;
/// The fact that says which derivation the file is at.
const FACT: &str = "person_columns";

/// Writes the column anew if it follows from people in another way than the file's.
pub(crate) async fn bring_up_to_date(pool: &SqlitePool) -> StoreResult<()> {
    recompute::bring_up_to_date(pool, FACT, DERIVATION, async |after| rewrite_batch(pool, after).await).await
}

/// Writes the column of the next people; returns the last one's key, `None` when there were none.
async fn rewrite_batch(pool: &SqlitePool, after: i64) -> StoreResult<Option<i64>> {
    let mut transaction = pool.begin_with("begin immediate").await.map_err(fault)?;
    let found = sqlx::query(
        "select k.key, p.id, p.name, p.email from people_keys k cross join people p on p.id = k.id \
         where k.key > ? order by k.key limit ?",
    )
    .bind(after)
    .bind(BATCH)
    .fetch_all(&mut *transaction)
    .await
    .map_err(fault)?;
    for row in &found {
        sqlx::query("update people set search = ? where id = ?")
            .bind(search_text(get(row, "name")?, get(row, "email")?))
            .bind(get::<Vec<u8>>(row, "id")?)
            .execute(&mut *transaction)
            .await
            .map_err(fault)?;
    }
    transaction.commit().await.map_err(fault)?;
    found.last().map(|row| get(row, "key")).transpose()
}
