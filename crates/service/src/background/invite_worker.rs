//! The worker that invites people: it works on jobs as they are asked for, and on those that were open when the process
//! ended.

use crate::{Rollcall, ServiceResult, enrollment::invite_jobs::FailedRounds, supervision::stopped};
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// Pause before lines that failed are tried again.
const RETRY_PAUSE: Duration = Duration::from_secs(5);
/// Longest sleep. A job that was asked for through another server with the same database is found after this time at the
/// latest.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);

/// Runs until `stop` is set.
pub(crate) async fn run_invite_jobs(rollcall: Arc<Rollcall>, mut stop: watch::Receiver<bool>) -> ServiceResult<()> {
    let mut failed = FailedRounds::default();
    loop {
        // Listen before reading the jobs, so that one that is asked for in between wakes the worker.
        let asked = rollcall.hub.invite_jobs.notified();
        // Each line is committed by itself, so it is safe to stop between two.
        let is_left = tokio::select! {
            round = rollcall.run_invite_jobs(&mut failed) => round?,
            () = stopped(&mut stop) => return Ok(()),
        };
        rollcall.worker_states.works("invitations");
        let pause = if is_left { RETRY_PAUSE } else { LONGEST_SLEEP };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = asked => {}
            () = stopped(&mut stop) => return Ok(()),
        }
    }
}
