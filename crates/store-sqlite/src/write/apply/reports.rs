//! Heartbeats and inventories.

use crate::{
    fault::fault,
    rows::{InventoryDoc, ReportDoc, to_doc},
};
use domain::{
    journal::change::{Change, InventoryPut, ReportPut},
    views::ReportedAt,
};
use sqlx::SqliteConnection;
use store::StoreResult;

/// Writes inventories and heartbeats.
pub(super) async fn write(db: &mut SqliteConnection, change: &Change) -> StoreResult<()> {
    for put in &change.inventories {
        write_inventory(db, put).await?;
    }
    for (id, at) in &change.confirmed_inventories {
        let confirm = sqlx::query("update inventories set at = ? where device_id = ?");
        confirm.bind(at.as_millis()).bind(id.0).execute(&mut *db).await.map_err(fault)?;
    }
    for put in &change.reports {
        write_report(db, put).await?;
    }
    Ok(())
}

async fn write_inventory(db: &mut SqliteConnection, put: &InventoryPut) -> StoreResult<()> {
    sqlx::query(
        "insert into inventories (device_id, at, etag, doc) values (?, ?, ?, ?) \
         on conflict (device_id) do update set at = excluded.at, etag = excluded.etag, doc = excluded.doc",
    )
    .bind(put.device_id.0)
    .bind(put.at.as_millis())
    .bind(&put.etag)
    .bind(to_doc(&InventoryDoc { inventory: put.inventory.clone(), since: put.since.clone() })?)
    .execute(db)
    .await
    .map_err(fault)?;
    Ok(())
}

/// Merges the heartbeat into the stored one (RFC 7396): a part that it leaves out stays as an earlier one reported it. It
/// replaces a damaged one.
async fn write_report(db: &mut SqliteConnection, put: &ReportPut) -> StoreResult<()> {
    let doc = ReportDoc { report: put.report.clone(), reported_at: Some(ReportedAt::of(&put.report, put.at)) };
    sqlx::query(
        "insert into reports (device_id, at, doc) values (?, ?, ?) \
         on conflict (device_id) do update set at = excluded.at, \
         doc = case when json_valid(doc) then json_patch(doc, excluded.doc) else excluded.doc end",
    )
    .bind(put.device_id.0)
    .bind(put.at.as_millis())
    .bind(to_doc(&doc)?)
    .execute(db)
    .await
    .map_err(fault)?;
    Ok(())
}
