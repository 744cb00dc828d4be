//! Says that this server is there, and whether it leads.

use crate::{Rollcall, ServiceResult, heard::Heard, servers::News, supervision::stopped};
use std::{sync::Arc, time::Duration};
use store::LEAD_S;
use tokio::{sync::watch, time::Instant};

/// How often a server says that it is there.
const INTERVAL: Duration = Duration::from_secs(5);
/// Without an answer for this long a server does not lead any more: another one may.
const LED_FOR: Duration = Duration::from_secs(LEAD_S.unsigned_abs() - 3);

impl Rollcall {
    /// Introduces this server to the others that use the database. Called once, before its workers start.
    ///
    /// # Errors
    /// The store failed.
    pub async fn join_servers(&self) -> ServiceResult<()> {
        self.stand().await?;
        if self.servers.has_others() {
            self.servers.tell(News::Hello);
        }
        Ok(())
    }

    /// Leaves the other servers: they need not wait until this one is missed. Called after its workers ended.
    pub async fn leave_servers(&self) {
        if let Err(error) = self.store.leave(self.servers.id()).await {
            tracing::debug!(%error, "The other servers were not told that this one ends");
        }
    }

    async fn stand(&self) -> ServiceResult<()> {
        let standing = self.store.stand(self.servers.card()).await?;
        if standing.leads && !self.servers.leads() {
            // When the servers were there is what the last one that led has stored.
            *self.heard.lock().await = Heard::default();
        }
        self.servers.take(&standing);
        Ok(())
    }
}

/// Says every few seconds that this server is there, until `stop` is set.
pub(crate) async fn run_standing(rollcall: Arc<Rollcall>, mut stop: watch::Receiver<bool>) -> ServiceResult<()> {
    let mut stood_at = Instant::now();
    loop {
        tokio::select! {
            () = tokio::time::sleep(INTERVAL) => {}
            () = stopped(&mut stop) => return Ok(()),
        }
        // Counted from before the question: the lead may have begun then.
        let asked_at = Instant::now();
        let answer = tokio::select! {
            answer = tokio::time::timeout_at(stood_at + LED_FOR, rollcall.stand()) => answer,
            () = stopped(&mut stop) => return Ok(()),
        };
        match answer {
            Ok(Ok(())) => {
                stood_at = asked_at;
                rollcall.worker_states.works("servers");
            }
            Ok(Err(error)) => {
                if stood_at.elapsed() > LED_FOR {
                    rollcall.servers.lead(false);
                }
                tracing::debug!(%error, "This server could not say that it is there");
            }
            Err(_) => {
                rollcall.servers.lead(false);
                // Asked on, with as much time again.
                stood_at = Instant::now();
            }
        }
    }
}
