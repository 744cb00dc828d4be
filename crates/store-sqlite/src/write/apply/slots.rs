//! Slots: what the domain decides on, and the row of the Mobile devices view with the columns that are computed from it.

use super::{
    super::slot_columns::{self, SlotColumns},
    versioned::{expect_one_row, version_column},
};
use crate::{
    fault::fault,
    rows::{get, to_doc},
};
use domain::{
    journal::change::{Change, SlotPut},
    types::ids::SlotId,
};
use sqlx::SqliteConnection;
use store::{StoreError, StoreResult};

/// Writes slots, and removes those that are closed, with their documents and contacts.
pub(super) async fn write(db: &mut SqliteConnection, change: &Change) -> StoreResult<()> {
    for slot in &change.slots {
        write_slot(db, slot).await?;
    }
    for id in &change.closed_slots {
        remove_slot(db, *id).await?;
    }
    Ok(())
}

async fn write_slot(db: &mut SqliteConnection, put: &SlotPut) -> StoreResult<()> {
    let SlotPut { slot, row } = put;
    let query = if slot.version == 0 {
        sqlx::query(slot_columns::INSERT).bind(slot.person_id.0).bind(slot.created_at.as_millis())
    } else {
        sqlx::query(slot_columns::UPDATE)
    };
    let query = query.bind(slot.invitation_id.0).bind(slot.device_id.map(|id| id.0));
    let written = SlotColumns::of(row)
        .bind(query)
        .bind(slot.id.0)
        .bind(version_column(slot.version))
        .fetch_optional(&mut *db)
        .await
        .map_err(fault)?;
    // Someone else was faster.
    let key: i64 = get(&written.ok_or(StoreError::Conflict)?, "key")?;
    sqlx::query(
        "insert into slot_docs (slot_key, slot_doc, row_doc) values (?, ?, ?) \
         on conflict (slot_key) do update set slot_doc = excluded.slot_doc, row_doc = excluded.row_doc",
    )
    .bind(key)
    .bind(to_doc(slot)?)
    .bind(to_doc(row)?)
    .execute(db)
    .await
    .map_err(fault)?;
    Ok(())
}

async fn remove_slot(db: &mut SqliteConnection, id: SlotId) -> StoreResult<()> {
    let done = sqlx::query("delete from slots where id = ?").bind(id.0).execute(db).await.map_err(fault)?;
    expect_one_row(&done)
}
