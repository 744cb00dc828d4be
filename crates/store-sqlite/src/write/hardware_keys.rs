//! The keys by which the hardware of devices is found. They are computed from the devices' documents at the next start when
//! the way they are computed changes.

use super::recompute::{self, BATCH};
use crate::connection::Link;
use domain::device::Device;
use store::{
    StoreResult,
    sql::{
        database::{Connection, get, query},
        documents::from_doc,
        write::apply::hardware::{SETTING, VERSION, replace_keys},
    },
};

/// Recomputes the keys if the file has another version of them.
pub(crate) async fn bring_up_to_date(db: &mut Link) -> StoreResult<()> {
    recompute::bring_up_to_date(db, SETTING, VERSION, recompute_batch).await
}

/// Recomputes the keys of the devices after a row number; returns that of the last one, `None` when there were none.
async fn recompute_batch(db: &mut Link, after: i64) -> StoreResult<Option<i64>> {
    recompute::begin(db).await?;
    let found = query("select rowid as key, id, doc from devices where rowid > $1 order by rowid limit $2")
        .bind(after)
        .bind(BATCH)
        .fetch_all(db as &mut dyn Connection)
        .await?;
    for row in &found {
        // A damaged device is found by nothing, which keeps nobody from starting.
        if let Ok(device) = from_doc::<Device>(get(row, "doc")?) {
            replace_keys(db, device.id, &device.findable_by()).await?;
        }
    }
    recompute::commit(db).await?;
    found.last().map(|row| get(row, "key")).transpose()
}
