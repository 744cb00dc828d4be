//! Heartbeats and inventories.

use crate::{
    StoreResult,
    sql::{
        database::{Connection, query},
        documents::{InventoryDoc, ReportDoc, to_doc},
        records,
    },
};
use domain::{
    journal::change::{Change, InventoryPut, ReportPut},
    views::TimedReport,
};

/// Writes inventories and heartbeats.
pub(super) async fn write(db: &mut dyn Connection, change: &Change) -> StoreResult<()> {
    for put in &change.inventories {
        write_inventory(db, put).await?;
    }
    for (id, at) in &change.confirmed_inventories {
        let confirm = query("update inventories set at = $1 where device_id = $2");
        confirm.bind(at.as_millis()).bind(id.0).execute(&mut *db).await?;
    }
    for put in &change.reports {
        write_report(db, put).await?;
    }
    Ok(())
}

async fn write_inventory(db: &mut dyn Connection, put: &InventoryPut) -> StoreResult<()> {
    query(
        "insert into inventories (device_id, at, etag, doc) values ($1, $2, $3, $4) \
         on conflict (device_id) do update set at = excluded.at, etag = excluded.etag, doc = excluded.doc",
    )
    .bind(put.device_id.0)
    .bind(put.at.as_millis())
    .bind(&put.etag)
    .bind(to_doc(&InventoryDoc { inventory: put.inventory.clone(), since: put.since.clone() })?)
    .execute(db)
    .await?;
    Ok(())
}

/// Writes a heartbeat over the stored one, unless that came after it; a part that it leaves out stays as an earlier one reported it.
async fn write_report(db: &mut dyn Connection, put: &ReportPut) -> StoreResult<()> {
    let stored = query("select at, doc from telemetry where device_id = $1").bind(put.device_id.0);
    let stored = stored.fetch_optional(&mut *db).await?;
    let received = TimedReport::new(put.at, put.report.clone());
    // A damaged one is replaced: the device reports again what it still knows.
    let whole = match stored.as_ref().map(records::report) {
        Some(Ok(earlier)) => received.after(earlier),
        Some(Err(_)) | None => received,
    };
    let doc = ReportDoc { report: whole.report, reported_at: Some(whole.reported_at) };
    query(
        "insert into telemetry (device_id, at, seq, doc) values ($1, $2, $3, $4) \
         on conflict (device_id) do update set at = excluded.at, seq = excluded.seq, doc = excluded.doc \
         where excluded.seq >= telemetry.seq",
    )
    .bind(put.device_id.0)
    .bind(put.at.as_millis())
    .bind(i64::try_from(put.report.seq).unwrap_or(i64::MAX))
    .bind(to_doc(&doc)?)
    .execute(db)
    .await?;
    Ok(())
}
