//! The keys by which the hardware of devices is found. They are computed from the devices' documents at the next start when
//! the way they are computed changes.

use super::{
    apply::hardware::replace_keys,
    recompute::{self, BATCH},
};
use crate::{
    fault::fault,
    rows::{from_doc, get},
};
use domain::device::Device;
use sqlx::{Connection as _, SqliteConnection};
use store::StoreResult;

/// Version of the keys. Raise it when `domain::device::hardware` changes them.
const VERSION: u8 = 1;
/// The setting that holds the file's version of the keys.
const SETTING: &str = "hardware_keys";

/// Recomputes the keys if the file has another version of them.
pub(crate) async fn bring_up_to_date(db: &mut SqliteConnection) -> StoreResult<()> {
    recompute::bring_up_to_date(db, SETTING, VERSION, recompute_batch).await
}

/// Recomputes the keys of the devices after a row number; returns that of the last one, `None` when there were none.
async fn recompute_batch(db: &mut SqliteConnection, after: i64) -> StoreResult<Option<i64>> {
    let mut transaction = db.begin_with("begin immediate").await.map_err(fault)?;
    let found = sqlx::query(
        "select rowid as key, id, doc from devices where rowid > ? order by rowid limit ?",
    )
    .bind(after)
    .bind(BATCH)
    .fetch_all(&mut *transaction)
    .await
    .map_err(fault)?;
    for row in &found {
        // A damaged device is found by nothing, which keeps nobody from starting.
        if let Ok(device) = from_doc::<Device>(get(row, "doc")?) {
            replace_keys(&mut transaction, device.id, &device.findable_by()).await?;
        }
    }
    transaction.commit().await.map_err(fault)?;
    found.last().map(|row| get(row, "key")).transpose()
}
