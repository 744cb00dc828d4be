//! Secrets of devices.

use super::rows::Rows;
use crate::{
    StoreResult,
    sql::database::{Connection, RowStatement, Values},
};
use domain::{
    journal::change::{Change, KeyedHash, UNUSED_SECRETS_MAX},
    types::ids::DeviceId,
};
use uuid::Uuid;

const INSERT: RowStatement = RowStatement::insert("insert into device_secrets (device_id, hash)", "$1, $2", "");

/// The first is the last one that was used, and stays; of the others there are at most as many as `$2`.
const FORGET_TOO_MANY: RowStatement = RowStatement::delete(
    "delete from device_secrets",
    "where device_id = $1 and seq > (select min(seq) from device_secrets where device_id = $1) \
     and seq not in (select seq from device_secrets where device_id = $1 order by seq desc limit $2)",
);

/// A device that used a secret has it: those that it got before are not needed any more, and those that it got later may
/// still be on their way.
const FORGET_EARLIER: RowStatement = RowStatement::delete(
    "delete from device_secrets",
    "where device_id = $1 and seq < (select max(seq) from device_secrets where device_id = $1 and hash = $2)",
);

/// Adds secrets, and forgets the oldest of those that were not used when there are too many; then forgets those that came
/// before one that was used.
pub(super) async fn write(db: &mut dyn Connection, changes: &[&Change]) -> StoreResult<()> {
    let added = || changes.iter().flat_map(|change| &change.secrets);
    Rows::new(added().map(row)).write(db, &INSERT).await?;
    let bounded = added().map(|(id, _)| (id.0, vec![id.0.into(), UNUSED_SECRETS_MAX.into()]));
    Rows::new(bounded).write(db, &FORGET_TOO_MANY).await?;
    let used = changes.iter().flat_map(|change| &change.used_secrets);
    Rows::new(used.map(row)).write(db, &FORGET_EARLIER).await?;
    Ok(())
}

fn row((id, hash): &(DeviceId, KeyedHash)) -> (Uuid, Values<'_>) {
    (id.0, vec![id.0.into(), hash.0[..].into()])
}
