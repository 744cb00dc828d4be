//! The column of a person that a search looks through. When the way in which it follows from a person changes, it is
//! written anew at the next start.

use super::facts;
use crate::store::StoreResult;
use domain::search::searchable;
use sqlx::{Row as _, SqlitePool};

/// Counts the ways in which the column followed from people. To be raised when [`search`] says something else.
const DERIVATION: u8 = 1;
/// The fact that says which derivation the file is at.
const FACT: &str = "person_columns";
/// People who are written anew in one transaction.
const BATCH: i64 = 1000;

/// What a person is found by.
pub(super) fn search(name: &str, email: &str) -> String {
    searchable(&format!("{name}\n{email}"))
}

/// Writes the column anew if it follows from people in another way than the file's.
pub(super) async fn bring_up_to_date(pool: &SqlitePool) -> StoreResult<()> {
    if facts::find(pool, FACT).await?.is_some_and(|known| known == [DERIVATION]) {
        return Ok(());
    }
    let mut after = i64::MIN;
    while let Some(last) = rewrite_batch(pool, after).await? {
        after = last;
    }
    facts::save(pool, FACT, &[DERIVATION]).await
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
            .bind(search(row.try_get("name")?, row.try_get("email")?))
            .bind(row.try_get::<Vec<u8>, _>("id")?)
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(found.last().map(|row| row.try_get("key")).transpose()?)
}
