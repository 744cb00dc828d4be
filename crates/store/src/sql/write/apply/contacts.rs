//! When devices were last in contact. Apart from devices and rows, which stay as they are.

use super::rows::Rows;
use crate::{
    StoreResult, Watch,
    sql::database::{Connection, RowStatement, Values},
};
use domain::{
    device::Device,
    journal::change::{Change, SlotPut},
};
use uuid::Uuid;

/// A row that is new, or whose device is gone. A device that comes with it is written afterwards.
const UNWATCHED: RowStatement = RowStatement::select(
    "insert into contacts (slot_key, slot_id, at, watch) select key, id, $1, null from slots",
    "where id = $2 on conflict (slot_key) do update set at = excluded.at, watch = null",
);

/// A device that is written itself: its contact is as durable as the rest, and what its silence means may have changed.
const WATCHED: RowStatement = RowStatement::select(
    "insert into contacts (slot_key, slot_id, at, watch) select key, id, $1, $2 from slots",
    "where id = $3 on conflict (slot_key) do update set watch = excluded.watch, \
     at = case when excluded.at > contacts.at then excluded.at else contacts.at end",
);

/// Writes contacts. Every row has one: that of an invitation item is 0.
pub(super) async fn write(db: &mut dyn Connection, changes: &[&Change]) -> StoreResult<()> {
    let slots = changes.iter().flat_map(|change| &change.slots);
    let without = slots.filter(|put| put.slot.version == 0 || put.slot.device_id.is_none());
    Rows::new(without.map(unwatched)).write(db, &UNWATCHED).await?;
    let devices = changes.iter().flat_map(|change| &change.devices);
    let kept = devices.filter(|device| device.deleted_at.is_none());
    Rows::new(kept.map(watched)).write(db, &WATCHED).await?;
    let alone: Vec<_> = changes.iter().flat_map(|change| &change.contacts).copied().collect();
    if alone.is_empty() { Ok(()) } else { db.write_contacts(&alone).await }
}

fn unwatched(SlotPut { slot, row }: &SlotPut) -> (Uuid, Values<'_>) {
    let at = row.device.as_ref().map(|device| device.last_contact_at).unwrap_or_default();
    (slot.id.0, vec![at.into(), slot.id.0.into()])
}

fn watched(device: &Device) -> (Uuid, Values<'_>) {
    let watch = Watch::of(device).map(|watch| i64::from(watch.number()));
    (device.slot_id.0, vec![device.last_contact_at.into(), watch.into(), device.slot_id.0.into()])
}
