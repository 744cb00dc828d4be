//! When devices were last in contact. Apart from devices and rows, which stay as they are.

use crate::fault::fault;
use domain::{
    Timestamp,
    device::Device,
    journal::change::{Change, SlotPut},
    types::ids::{DeviceId, SlotId},
};
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::fmt::Write as _;
use store::{StoreResult, Watch};

/// Contacts in one statement. Few sizes make few statements, which the connection keeps prepared.
const SIZES: [usize; 4] = [256, 64, 8, 1];

/// Writes contacts. Every row has one: that of an invitation item is 0.
pub(super) async fn write(db: &mut SqliteConnection, change: &Change) -> StoreResult<()> {
    for SlotPut { slot, row } in &change.slots {
        if slot.version == 0 || slot.device_id.is_none() {
            let at = row.device.as_ref().map(|device| device.last_contact_at);
            write_unwatched(db, slot.id, at.unwrap_or_default()).await?;
        }
    }
    for device in change.devices.iter().filter(|device| device.deleted_at.is_none()) {
        write_watched(db, device).await?;
    }
    let mut contacts = change.contacts.as_slice();
    for size in SIZES {
        while contacts.len() >= size {
            let (some, rest) = contacts.split_at(size);
            write_some(db, some).await?;
            contacts = rest;
        }
    }
    Ok(())
}

/// A row that is new, or whose device is gone. A device that comes with it is written afterwards.
async fn write_unwatched(db: &mut SqliteConnection, id: SlotId, at: Timestamp) -> StoreResult<()> {
    sqlx::query(
        "insert into contacts (slot_key, slot_id, at, watch) select key, id, ?, null from slots where id = ? \
         on conflict (slot_key) do update set at = excluded.at, watch = null",
    )
    .bind(at.as_millis())
    .bind(id.0)
    .execute(db)
    .await
    .map_err(fault)?;
    Ok(())
}

/// A device that is written itself: its contact is as durable as the rest, and what its silence means may have changed.
async fn write_watched(db: &mut SqliteConnection, device: &Device) -> StoreResult<()> {
    sqlx::query(
        "insert into contacts (slot_key, slot_id, at, watch) select key, id, ?, ? from slots where id = ? \
         on conflict (slot_key) do update set at = max(contacts.at, excluded.at), watch = excluded.watch",
    )
    .bind(device.last_contact_at.as_millis())
    .bind(Watch::of(device).map(Watch::number))
    .bind(device.slot_id.0)
    .execute(db)
    .await
    .map_err(fault)?;
    Ok(())
}

/// Writes as many contacts as one of [`SIZES`]. Those of devices that are gone change nothing.
async fn write_some(db: &mut SqliteConnection, contacts: &[(DeviceId, Timestamp)]) -> StoreResult<()> {
    let mut sql = "with noted (device_id, at) as materialized (values (?, ?)".to_owned();
    for _ in 1..contacts.len() {
        let _ = write!(sql, ", (?, ?)");
    }
    sql.push_str(
        ") update contacts set at = found.at from (select slots.key, noted.at from noted cross join slots \
         indexed by slots_by_device on slots.device_id = noted.device_id) as found \
         where contacts.slot_key = found.key and contacts.at < found.at and contacts.at > 0",
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for (id, at) in contacts {
        query = query.bind(id.0).bind(at.as_millis());
    }
    query.execute(db).await.map_err(fault)?;
    Ok(())
}
