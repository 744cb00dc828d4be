//! The computed columns of slots, which are computed anew at the next start when the way they are computed changes.

use super::recompute::{self, BATCH};
use crate::{connection::Link, statements::slots};
use domain::slot::SlotRow;
use store::{
    StoreResult,
    sql::{
        damaged::unless_damaged,
        database::{Connection, get, query},
        documents::from_doc,
        write::slot_columns::{SETTING, VERSION},
    },
};

/// Recomputes the columns if the file has another version of them.
pub(crate) async fn bring_up_to_date(db: &mut Link) -> StoreResult<()> {
    recompute::bring_up_to_date(db, SETTING, VERSION, recompute_batch).await
}

/// Recomputes the columns of the rows after a key; returns the key of the last one, `None` when there were none.
async fn recompute_batch(db: &mut Link, after: i64) -> StoreResult<Option<i64>> {
    recompute::begin(db).await?;
    let found = query(
        "select key, id, row_doc from slots join slot_docs on slot_key = key where key > $1 order by key limit $2",
    )
    .bind(after)
    .bind(BATCH)
    .fetch_all(db as &mut dyn Connection)
    .await?;
    for row in &found {
        // A damaged row keeps its columns, and does not keep the others from theirs.
        if let Some(slot) = unless_damaged("slots", row, |row| from_doc::<SlotRow>(get(row, "row_doc")?))? {
            slots::recompute(db, get(row, "key")?, &slot).await?;
        }
    }
    recompute::commit(db).await?;
    found.last().map(|row| get(row, "key")).transpose()
}
