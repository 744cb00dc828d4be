//! The column of a person that a search looks through. It is recomputed at the next start when the way it is computed
//! changes.

use super::recompute::{self, BATCH};
use crate::{fault::fault, rows::get};
use domain::person::search_text;
use sqlx::{Connection as _, SqliteConnection};
use store::StoreResult;

/// Version of the column. Raise it when [`search_text`] changes.
const VERSION: u8 = 1;
/// The setting that holds the file's version of the column.
const SETTING: &str = "person_columns";

/// Recomputes the column if the file has another version of it.
pub(crate) async fn bring_up_to_date(db: &mut SqliteConnection) -> StoreResult<()> {
    recompute::bring_up_to_date(db, SETTING, VERSION, recompute_batch).await
}

/// Recomputes the column of the people after a key; returns the key of the last one, `None` when there were none.
async fn recompute_batch(db: &mut SqliteConnection, after: i64) -> StoreResult<Option<i64>> {
    let mut transaction = db.begin_with("begin immediate").await.map_err(fault)?;
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
