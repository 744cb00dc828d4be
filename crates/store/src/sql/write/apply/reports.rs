//! Heartbeats and inventories.

use super::rows::{Rows, rounds};
use crate::{
    StoreResult,
    sql::{
        database::{Connection, Row, RowStatement, Values, get},
        documents::{InventoryDoc, ReportDoc, to_doc},
        records,
    },
};
use domain::{
    journal::change::{Change, InventoryPut, ReportPut},
    views::TimedReport,
};
use std::collections::HashMap;
use uuid::Uuid;

const PUT_INVENTORY: RowStatement = RowStatement::insert(
    "insert into inventories (device_id, at, etag, doc)",
    "$1, $2, $3, $4",
    "on conflict (device_id) do update set at = excluded.at, etag = excluded.etag, doc = excluded.doc",
);

const CONFIRM_INVENTORY: RowStatement = RowStatement::update("update inventories set at = $1", "where device_id = $2");

const STORED: RowStatement = RowStatement::select("select device_id, at, doc from telemetry", "where device_id = $1");

const PUT_REPORT: RowStatement = RowStatement::insert(
    "insert into telemetry (device_id, at, seq, doc)",
    "$1, $2, $3, $4",
    "on conflict (device_id) do update set at = excluded.at, seq = excluded.seq, doc = excluded.doc \
     where excluded.seq >= telemetry.seq",
);

/// Writes inventories and heartbeats.
pub(super) async fn write(db: &mut dyn Connection, changes: &[&Change]) -> StoreResult<()> {
    let inventories = changes.iter().flat_map(|change| &change.inventories);
    Rows::with_docs(inventories.map(inventory))?.write(db, &PUT_INVENTORY).await?;
    let confirmed = changes.iter().flat_map(|change| &change.confirmed_inventories);
    let confirmed = confirmed.map(|(id, at)| (id.0, vec![at.as_millis().into(), id.0.into()]));
    Rows::new(confirmed).write(db, &CONFIRM_INVENTORY).await?;
    let reports = changes.iter().flat_map(|change| &change.reports);
    // Of one device each is put over the one before.
    for round in rounds(reports.map(|put| (put.device_id.0, put))) {
        write_reports(db, &round).await?;
    }
    Ok(())
}

fn inventory(put: &InventoryPut) -> StoreResult<(Uuid, Values<'_>)> {
    let doc = to_doc(&InventoryDoc { inventory: put.inventory.clone(), since: put.since.clone() })?;
    let id = put.device_id.0;
    Ok((id, vec![id.into(), put.at.as_millis().into(), (&put.etag).into(), doc.into()]))
}

/// Writes heartbeats of different devices over the stored ones, unless those came after them.
async fn write_reports(db: &mut dyn Connection, puts: &[&ReportPut]) -> StoreResult<()> {
    let devices = puts.iter().map(|put| (put.device_id.0, vec![put.device_id.0.into()]));
    let stored = Rows::new(devices).read(db, &STORED).await?;
    let stored =
        stored.iter().map(|row| Ok((get(row, "device_id")?, row))).collect::<StoreResult<HashMap<Uuid, _>>>()?;
    let rows = puts.iter().map(|put| report(put, stored.get(&put.device_id.0).copied()));
    Rows::with_docs(rows)?.write(db, &PUT_REPORT).await?;
    Ok(())
}

/// A heartbeat over the stored one; a part that it leaves out stays as an earlier one reported it.
fn report<'q>(put: &ReportPut, stored: Option<&Row>) -> StoreResult<(Uuid, Values<'q>)> {
    let received = TimedReport::new(put.at, put.report.clone());
    // A damaged one is replaced: the device reports again what it still knows.
    let whole = match stored.map(records::report) {
        Some(Ok(earlier)) => received.after(earlier),
        Some(Err(_)) | None => received,
    };
    let doc = to_doc(&ReportDoc { report: whole.report, reported_at: Some(whole.reported_at) })?;
    let (id, seq) = (put.device_id.0, i64::try_from(put.report.seq).unwrap_or(i64::MAX));
    Ok((id, vec![id.into(), put.at.as_millis().into(), seq.into(), doc.into()]))
}
