//! The worker that invites people: it works on jobs as they are asked for, and on those that were open when the process
//! ended.

use crate::{Rollcall, background::workers::stopped, enrollment::invite_jobs::FailedRounds};
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// Pause before lines that failed are tried again.
const RETRY_PAUSE: Duration = Duration::from_secs(5);
/// Longest sleep. A job that was asked for through another server with the same database is found after this time at the
/// latest.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);

/// Runs until `stop` is set.
pub(crate) async fn run_invite_jobs(rollcall: Arc<Rollcall>, mut stop: watch::Receiver<bool>) {
    let mut failed = FailedRounds::default();
    loop {
        // Listen before reading the jobs, so that one that is asked for in between wakes the worker.
        let asked = rollcall.hub.invite_jobs.notified();
        // Each line is committed by itself, so it is safe to stop between two.
        let round = tokio::select! {
            round = rollcall.run_invite_jobs(&mut failed) => round,
            () = stopped(&mut stop) => return,
        };
        let pause = match round {
            Ok(false) => LONGEST_SLEEP,
            Ok(true) => RETRY_PAUSE,
            Err(error) => {
                tracing::warn!(%error, "A round of jobs that invite people failed and will be retried");
                RETRY_PAUSE
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = asked => {}
            () = stopped(&mut stop) => return,
        }
    }
}
