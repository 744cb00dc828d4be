//! What can be seen of an engine at work, for metrics. Nothing is decided on it.

use meters::{Counter, Histogram};
use std::sync::Arc;

/// Jobs or reports in one transaction.
const SIZES: [u64; 11] = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512];
/// How long a transaction takes, in microseconds.
const TIMES: [u64; 13] =
    [250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 2_500_000, 10_000_000];

/// What an engine's writer has done since it was opened.
#[derive(Debug)]
pub struct WriterStats {
    /// Changes in each transaction.
    pub jobs: Histogram,
    /// Reports in each transaction that change nothing else.
    pub reports: Histogram,
    /// How long each transaction took, with its flush to the disk.
    pub transactions: Histogram,
    /// Transactions of which nothing was written because the database as a whole failed.
    pub failed: Counter,
    /// Changes and reports that were refused because too many waited, or because they waited for too long.
    pub refused: Counter,
}

impl Default for WriterStats {
    fn default() -> Self {
        Self {
            jobs: Histogram::new(&SIZES),
            reports: Histogram::new(&SIZES),
            transactions: Histogram::new(&TIMES),
            failed: Counter::default(),
            refused: Counter::default(),
        }
    }
}

/// An engine at one moment.
#[derive(Clone, Debug)]
pub struct EngineState {
    /// What its writer has done.
    pub writer: Arc<WriterStats>,
    /// Changes and reports that wait for the writer.
    pub queued: usize,
    /// Size of the database file in bytes; `None` when it cannot be seen.
    pub database_bytes: Option<u64>,
    /// Size of the write-ahead log in bytes.
    pub log_bytes: Option<u64>,
}
