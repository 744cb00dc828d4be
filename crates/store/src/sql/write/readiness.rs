//! Whether the database can be written. Beginning a transaction says nothing: on a full disk that succeeds. A row has to be
//! written.

use super::writer::Writer;
use crate::{
    Outage, StoreError, StoreResult,
    sql::{
        database::{Readers, query},
        settings,
    },
};
use std::time::Duration;
use tokio::{sync::Mutex, time::timeout};

/// A commit that is no older shows that the database can be written.
const FRESH: Duration = Duration::from_secs(5);
/// A failure that is no older is not tried again: whoever asks often does not write often.
const FAILED: Duration = Duration::from_secs(1);
/// Longest time that writing a row, or reading one, may take.
const LIMIT: Duration = Duration::from_secs(5);
/// The setting that is written.
const PROBE: &str = "probe";

/// Asks the writer, one question at a time.
#[derive(Default)]
pub struct Readiness(Mutex<()>);

impl Readiness {
    /// # Errors
    /// Why the database cannot be used.
    pub async fn check(&self, writer: &Writer, readers: &dyn Readers) -> StoreResult<()> {
        if !matches!(writer.latest_within(FRESH), Some(Ok(()))) {
            self.write(writer).await?;
        }
        let read = query("select name from settings limit 1").fetch_all(readers);
        timeout(LIMIT, read).await.map_err(|_| too_slow("a row was not read"))??;
        Ok(())
    }

    async fn write(&self, writer: &Writer) -> StoreResult<()> {
        // Those who ask meanwhile get the same answer.
        let _asking = self.0.lock().await;
        if let Some(result) = writer.latest_within(FAILED) {
            return result;
        }
        let written = writer.write((), |(), db| Box::pin(settings::save(db, PROBE, b"written")));
        timeout(LIMIT, written).await.map_err(|_| too_slow("a row was not written"))?
    }
}

fn too_slow(what: &str) -> StoreError {
    StoreError::unusable(Outage::Slow, format_args!("{what} within {} seconds", LIMIT.as_secs()))
}
