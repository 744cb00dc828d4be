//! How entries of this server reach subscribers: by the same way as those of others.

use crate::relay::Relay;
use async_trait::async_trait;
use std::{sync::Arc, time::Duration};
use store::sql::write::{
    connection::WriteConnection,
    publisher::{Finished, Publisher},
};
use tokio::{runtime::Handle, time::timeout};

/// How long callers wait at most until subscribers can have their entries, which are durable already.
const WAIT: Duration = Duration::from_secs(2);

/// Lets the relay read what was written, before callers are told.
pub(crate) struct RelayPublisher {
    relay: Arc<Relay>,
    /// Where the relay lives: the writer's thread has a runtime of its own, and ends before the last callers are told.
    runtime: Handle,
}

impl RelayPublisher {
    pub(crate) fn new(relay: Arc<Relay>) -> Self {
        Self { relay, runtime: Handle::current() }
    }
}

#[async_trait]
impl Publisher for RelayPublisher {
    async fn publish(&mut self, _: &mut dyn WriteConnection, finished: Finished) {
        if finished.entries().next().is_none() && !finished.is_in_doubt() {
            return finished.answer();
        }
        let relay = Arc::clone(&self.relay);
        // Beside the next transaction. What fails here is made good by the relay itself.
        self.runtime.spawn(async move {
            let _ = timeout(WAIT, relay.catch_up()).await;
            finished.answer();
        });
    }

    async fn catch_up(&mut self, _: &mut dyn WriteConnection) {
        // The relay reads what a commit wrote that seemed to fail, like everything else.
    }
}
