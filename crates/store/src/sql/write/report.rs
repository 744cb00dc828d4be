//! Reports that change nothing but measured values: many in one statement, each a narrow row.

use super::apply::rounds;
use crate::{
    StoreResult,
    sql::{database::Connection, documents::TelemetryRow},
};
use std::{collections::HashSet, time::Duration};
use tokio::{sync::oneshot, time::Instant};

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
pub(super) async fn write(db: &mut dyn Connection, reports: &[WaitingReport]) -> StoreResult<Vec<bool>> {
    let mut written = vec![false; reports.len()];
    // Several of one device: one after the other, so that each is compared with the one before.
    let devices = reports.iter().map(|report| report.row.device_id);
    for places in rounds(devices.zip(0..)) {
        let rows: Vec<_> = places.iter().map(|place| &reports[*place].row).collect();
        let devices: HashSet<_> = db.write_telemetry(&rows).await?.into_iter().collect();
        for place in places {
            written[place] = devices.contains(&reports[place].row.device_id);
        }
    }
    Ok(written)
}
