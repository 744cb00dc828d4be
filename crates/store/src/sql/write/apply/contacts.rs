//! When devices were last in contact. Apart from devices and rows, which stay as they are.

use crate::{
    StoreResult, Watch,
    sql::database::{Connection, query},
};
use domain::{
    Timestamp,
    device::Device,
    journal::change::{Change, SlotPut},
    types::ids::SlotId,
};

/// Writes contacts. Every row has one: that of an invitation item is 0.
pub(super) async fn write(db: &mut dyn Connection, change: &Change) -> StoreResult<()> {
    for SlotPut { slot, row } in &change.slots {
        if slot.version == 0 || slot.device_id.is_none() {
            let at = row.device.as_ref().map(|device| device.last_contact_at);
            write_unwatched(db, slot.id, at.unwrap_or_default()).await?;
        }
    }
    for device in change.devices.iter().filter(|device| device.deleted_at.is_none()) {
        write_watched(db, device).await?;
    }
    if change.contacts.is_empty() { Ok(()) } else { db.write_contacts(&change.contacts).await }
}

/// A row that is new, or whose device is gone. A device that comes with it is written afterwards.
async fn write_unwatched(db: &mut dyn Connection, id: SlotId, at: Timestamp) -> StoreResult<()> {
    query(
        "insert into contacts (slot_key, slot_id, at, watch) select key, id, $1, null from slots where id = $2 \
         on conflict (slot_key) do update set at = excluded.at, watch = null",
    )
    .bind(at)
    .bind(id.0)
    .execute(db)
    .await?;
    Ok(())
}

/// A device that is written itself: its contact is as durable as the rest, and what its silence means may have changed.
async fn write_watched(db: &mut dyn Connection, device: &Device) -> StoreResult<()> {
    query(
        "insert into contacts (slot_key, slot_id, at, watch) select key, id, $1, $2 from slots where id = $3 \
         on conflict (slot_key) do update set watch = excluded.watch, \
         at = case when excluded.at > contacts.at then excluded.at else contacts.at end",
    )
    .bind(device.last_contact_at)
    .bind(Watch::of(device).map(|watch| i64::from(watch.number())))
    .bind(device.slot_id.0)
    .execute(db)
    .await?;
    Ok(())
}
