//! What can be seen of a running Rollcall, for metrics. It is read when somebody asks, so that nothing has to be kept up to
//! date for it.

use crate::{Rollcall, work_stats::WorkStats};
use std::time::Duration;
use store::EngineState;

/// How long the database is waited for. Metrics are needed most while it is in trouble.
const LONGEST_READ: Duration = Duration::from_secs(2);

/// Rollcall at one moment.
#[derive(Clone, Debug)]
pub struct Gauges {
    /// Polls of devices that wait for a command.
    pub parked_polls: usize,
    /// Browsers that are told of changes.
    pub live_streams: usize,
    /// Devices whose calls are answered from memory.
    pub known_devices: usize,
    /// Mails in the outbox; `None` when the database does not say.
    pub queued_mails: Option<u64>,
    /// Mails that are being handed to the mail server.
    pub sending_mails: usize,
    /// Whether the outbox waits for the mail server.
    pub outbox_is_paused: bool,
    /// Background workers that fail.
    pub failing_workers: usize,
    /// The store's engine.
    pub engine: EngineState,
}

impl Rollcall {
    /// What the background work has done.
    pub fn work_stats(&self) -> &WorkStats {
        &self.work_stats
    }

    /// How things are.
    pub async fn gauges(&self) -> Gauges {
        let queued = tokio::time::timeout(LONGEST_READ, self.store.count_queued_mails()).await;
        Gauges {
            parked_polls: self.hub.polls.count(),
            live_streams: self.hub.rows.count(),
            known_devices: self.register.len(),
            queued_mails: queued.ok().and_then(Result::ok),
            sending_mails: self.outbox.sending(),
            outbox_is_paused: self.outbox.pause().is_some(),
            failing_workers: self.failing_workers().len(),
            engine: self.store.engine_state(),
        }
    }
}
