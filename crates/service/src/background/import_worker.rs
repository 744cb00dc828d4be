//! The worker that imports people: it runs imports as they are confirmed, and those that were running when their server ended.

use crate::{Rollcall, ServiceResult, supervision::stopped};
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// Longest sleep. An import that was confirmed at another server, which could not tell, is found after this time at the latest.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);

/// Runs until `stop` is set.
pub(crate) async fn run_imports(rollcall: Arc<Rollcall>, mut stop: watch::Receiver<bool>) -> ServiceResult<()> {
    loop {
        // Listen before looking, so that one that is confirmed in between wakes the worker.
        let confirmed = rollcall.hub.imports.notified();
        // Lines are imported each by itself, so it is safe to stop between two.
        tokio::select! {
            round = rollcall.run_imports() => round?,
            () = stopped(&mut stop) => return Ok(()),
        }
        rollcall.worker_states.works("imports");
        tokio::select! {
            () = tokio::time::sleep(LONGEST_SLEEP) => {}
            () = confirmed => {}
            () = stopped(&mut stop) => return Ok(()),
        }
    }
}
