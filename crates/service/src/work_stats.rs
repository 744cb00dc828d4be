//! What the background work has done since the start, for metrics. Nothing is decided on it.

use meters::{Counter, Histogram};

/// How long a round of background work takes, in microseconds.
const TIMES: [u64; 11] =
    [1_000, 5_000, 10_000, 50_000, 100_000, 500_000, 1_000_000, 5_000_000, 10_000_000, 30_000_000, 120_000_000];

/// Counts of the background work.
#[derive(Debug)]
pub struct WorkStats {
    /// How long each sweep took.
    pub sweeps: Histogram,
    /// How long each write of contacts took.
    pub contact_writes: Histogram,
    /// Pushes to Apple.
    pub pushes: PushStats,
}

/// Pushes that were sent to Apple, by what came of them.
#[derive(Debug, Default)]
pub struct PushStats {
    /// Apple took it.
    pub accepted: Counter,
    /// Apple says that it cannot reach the phone.
    pub refused: Counter,
    /// Apple asks to try again later.
    pub later: Counter,
    /// Apple could not be reached, or does not take the push certificate.
    pub failed: Counter,
}

impl Default for WorkStats {
    fn default() -> Self {
        Self { sweeps: Histogram::new(&TIMES), contact_writes: Histogram::new(&TIMES), pushes: PushStats::default() }
    }
}
