//! Heartbeats and inventories.

use crate::{
    fault::fault,
    rows::{self, InventoryDoc, ReportDoc, to_doc},
};
use domain::{
    journal::change::{Change, InventoryPut, ReportPut},
    views::TimedReport,
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

/// The number of a report as it is stored.
fn report_number(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
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

/// Writes a heartbeat over the stored one, unless that came after it; a part that it leaves out stays as an earlier one reported it.
async fn write_report(db: &mut SqliteConnection, put: &ReportPut) -> StoreResult<()> {
    let stored = sqlx::query("select at, doc from telemetry where device_id = ?").bind(put.device_id.0);
    let stored = stored.fetch_optional(&mut *db).await.map_err(fault)?;
    let received = TimedReport::new(put.at, put.report.clone());
    // A damaged one is replaced: the device reports again what it still knows.
    let whole = match stored.as_ref().map(rows::report) {
        Some(Ok(earlier)) => received.after(earlier),
        Some(Err(_)) | None => received,
    };
    let doc = ReportDoc { report: whole.report, reported_at: Some(whole.reported_at) };
    sqlx::query(
        "insert into telemetry (device_id, at, seq, doc) values (?, ?, ?, ?) \
         on conflict (device_id) do update set at = excluded.at, seq = excluded.seq, doc = excluded.doc \
         where excluded.seq >= telemetry.seq",
    )
    .bind(put.device_id.0)
    .bind(put.at.as_millis())
    .bind(report_number(put.report.seq))
    .bind(to_doc(&doc)?)
    .execute(db)
    .await
    .map_err(fault)?;
    Ok(())
}
