//! By what the hardware of devices is found.

use crate::{
    StoreResult,
    sql::database::{Connection, query},
};
use domain::{journal::change::Change, types::ids::DeviceId};

/// Version of the keys. Raise it when `domain::device::hardware` changes them: those of devices that are stored are computed
/// anew at the next start.
pub const VERSION: u8 = 1;
/// The setting that holds the database's version of the keys.
pub const SETTING: &str = "hardware_keys";

/// Writes the keys of devices whose hardware became known, changed, or is no longer to be found.
pub(super) async fn write(db: &mut dyn Connection, change: &Change) -> StoreResult<()> {
    for (id, keys) in &change.hardware {
        replace_keys(db, *id, keys).await?;
    }
    Ok(())
}

/// Replaces the keys of a device.
pub async fn replace_keys(
    db: &mut dyn Connection,
    id: DeviceId,
    keys: impl IntoIterator<Item = &String>,
) -> StoreResult<()> {
    query("delete from device_hardware where device_id = $1").bind(id.0).execute(&mut *db).await?;
    for key in keys {
        query("insert into device_hardware (key, device_id) values ($1, $2)")
            .bind(key)
            .bind(id.0)
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}
