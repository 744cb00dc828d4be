//! Reports that change nothing but measured values: many in one statement, each a narrow row.

use crate::{
    fault::fault,
    rows::{ReportDoc, to_doc},
};
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::{collections::HashSet, fmt::Write as _, time::Duration};
use store::{StoreResult, TelemetryPut};
use tokio::{sync::oneshot, time::Instant};
use uuid::Uuid;

/// Reports in one statement. Few sizes make few statements, which the connection keeps prepared.
const SIZES: [usize; 4] = [64, 16, 4, 1];

/// A report as it is stored.
pub(crate) struct TelemetryRow {
    device_id: Uuid,
    version: i64,
    at: i64,
    seq: i64,
    doc: String,
}

impl TelemetryRow {
    /// Writes the document, so that the writer does not have to.
    pub(crate) fn of(put: TelemetryPut) -> StoreResult<Self> {
        let number = |number| i64::try_from(number).unwrap_or(i64::MAX);
        let TelemetryPut { device_id, version, report } = put;
        let (at, seq) = (report.at.as_millis(), number(report.report.seq));
        let doc = to_doc(&ReportDoc { report: report.report, reported_at: Some(report.reported_at) })?;
        Ok(Self { device_id: device_id.0, version: number(version), at, seq, doc })
    }
}

/// A report in the writer's queue.
pub(super) struct WaitingReport {
    row: TelemetryRow,
    since: Instant,
    caller: oneshot::Sender<StoreResult<bool>>,
}

impl WaitingReport {
    pub(super) fn new(row: TelemetryRow, caller: oneshot::Sender<StoreResult<bool>>) -> Self {
        Self { row, since: Instant::now(), caller }
    }

    /// How long it has waited.
    pub(super) fn waited(&self) -> Duration {
        self.since.elapsed()
    }

    /// Whether its caller has gone away.
    pub(super) fn is_abandoned(&self) -> bool {
        self.caller.is_closed()
    }

    /// Tells the caller whether it was written.
    pub(super) fn answer(self, result: StoreResult<bool>) {
        // The caller may have gone away meanwhile: it was written all the same.
        let _ = self.caller.send(result);
    }
}

/// Writes reports inside a transaction; returns for each whether it was written.
pub(super) async fn write(db: &mut SqliteConnection, reports: &[WaitingReport]) -> StoreResult<Vec<bool>> {
    let mut written = vec![false; reports.len()];
    let (first, later) = apart(reports);
    let mut rest = first.as_slice();
    for size in SIZES {
        while rest.len() >= size {
            let (some, others) = rest.split_at(size);
            write_some(db, reports, some, &mut written).await?;
            rest = others;
        }
    }
    // Several of one device: one after the other, so that each is compared with the one before.
    for place in later {
        write_some(db, reports, &[place], &mut written).await?;
    }
    Ok(written)
}

/// The places of the first report of each device, and those of the others.
fn apart(reports: &[WaitingReport]) -> (Vec<usize>, Vec<usize>) {
    let mut seen = HashSet::with_capacity(reports.len());
    (0..reports.len()).partition(|place| seen.insert(reports[*place].row.device_id))
}

/// Writes the reports at `places`, which are of different devices.
async fn write_some(
    db: &mut SqliteConnection,
    reports: &[WaitingReport],
    places: &[usize],
    written: &mut [bool],
) -> StoreResult<()> {
    let rows = places.iter().map(|place| &reports[*place].row);
    let sql = AssertSqlSafe(statement(places.len()));
    let mut query = sqlx::query(sql);
    for row in rows {
        query = query.bind(row.device_id).bind(row.version).bind(row.at).bind(row.seq).bind(&row.doc);
    }
    let done = query.execute(&mut *db).await.map_err(fault)?.rows_affected();
    if done == places.len() as u64 {
        places.iter().for_each(|place| written[*place] = true);
    } else if places.len() > 1 {
        // Those that were written have their own number now.
        for place in places {
            written[*place] = is_stored(db, &reports[*place].row).await?;
        }
    }
    Ok(())
}

/// The statement for a number of reports. The device is read for its version, and not written.
fn statement(reports: usize) -> String {
    let mut sql = "with sent (device_id, version, at, seq, doc) as materialized (values (?, ?, ?, ?, ?)".to_owned();
    for _ in 1..reports {
        let _ = write!(sql, ", (?, ?, ?, ?, ?)");
    }
    sql.push_str(
        ") update telemetry set at = found.at, seq = found.seq, doc = found.doc from (\
         select sent.device_id, sent.at, sent.seq, sent.doc from sent cross join devices on devices.id = sent.device_id \
         where devices.version = sent.version and devices.deleted_at is null) as found \
         where telemetry.device_id = found.device_id and telemetry.seq < found.seq",
    );
    sql
}

async fn is_stored(db: &mut SqliteConnection, row: &TelemetryRow) -> StoreResult<bool> {
    let found: Option<i64> =
        sqlx::query_scalar("select 1 from telemetry where device_id = ? and seq = ? and at = ? and doc = ?")
            .bind(row.device_id)
            .bind(row.seq)
            .bind(row.at)
            .bind(&row.doc)
            .fetch_optional(db)
            .await
            .map_err(fault)?;
    Ok(found.is_some())
}
