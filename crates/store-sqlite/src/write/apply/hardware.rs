//! By what the hardware of devices is found.

use crate::fault::fault;
use domain::{journal::change::Change, types::ids::DeviceId};
use sqlx::SqliteConnection;
use store::StoreResult;

/// Writes the keys of devices whose hardware became known, changed, or is no longer to be found.
pub(super) async fn write(db: &mut SqliteConnection, change: &Change) -> StoreResult<()> {
    for (id, keys) in &change.hardware {
        replace_keys(db, *id, keys).await?;
    }
    Ok(())
}

/// Replaces the keys of a device.
pub(crate) async fn replace_keys(
    db: &mut SqliteConnection,
    id: DeviceId,
    keys: impl IntoIterator<Item = &String>,
) -> StoreResult<()> {
    sqlx::query("delete from device_hardware where device_id = ?").bind(id.0).execute(&mut *db).await.map_err(fault)?;
    for key in keys {
        sqlx::query("insert into device_hardware (key, device_id) values (?, ?)")
            .bind(key)
            .bind(id.0)
            .execute(&mut *db)
            .await
            .map_err(fault)?;
    }
    Ok(())
}
