//! By what the hardware of devices is found.

use super::rows::{Rows, rounds};
use crate::{
    StoreResult,
    sql::database::{Connection, RowStatement, Values},
};
use domain::{journal::change::Change, types::ids::DeviceId};

/// Version of the keys. Raise it when `domain::device::hardware` changes them: those of devices that are stored are computed
/// anew at the next start.
pub const VERSION: u8 = 1;
/// The setting that holds the database's version of the keys.
pub const SETTING: &str = "hardware_keys";

const FORGET: RowStatement = RowStatement::delete("delete from device_hardware", "where device_id = $1");
const INSERT: RowStatement = RowStatement::insert("insert into device_hardware (key, device_id)", "$1, $2", "");

/// Writes the keys of devices whose hardware became known, changed, or is no longer to be found.
pub(super) async fn write(db: &mut dyn Connection, changes: &[&Change]) -> StoreResult<()> {
    // Of one device the keys of a later change replace those of an earlier one.
    for round in rounds(changes.iter().flat_map(|change| &change.hardware).map(|known| (known.0, known))) {
        let forgotten = round.iter().map(|(id, _)| (id.0, vec![id.0.into()]));
        Rows::new(forgotten).write(db, &FORGET).await?;
        let keys = round.iter().flat_map(|(id, keys)| keys.iter().map(|key| row(key, *id)));
        Rows::new(keys).write(db, &INSERT).await?;
    }
    Ok(())
}

/// Replaces the keys of a device.
pub async fn replace_keys(
    db: &mut dyn Connection,
    id: DeviceId,
    keys: impl IntoIterator<Item = &String>,
) -> StoreResult<()> {
    Rows::new([(id.0, vec![id.0.into()])]).write(db, &FORGET).await?;
    Rows::new(keys.into_iter().map(|key| row(key, id))).write(db, &INSERT).await?;
    Ok(())
}

fn row(key: &str, id: DeviceId) -> ((&str, DeviceId), Values<'_>) {
    ((key, id), vec![key.into(), id.0.into()])
}
