//! Follows the phones of a fleet: counts what becomes of them until the fleet ends, and sums up.

use super::{PhoneEvent, summary::Summary};
use crate::{stop::stop_requested, terminal::Log};
use std::time::Duration;
use tokio::{sync::mpsc::UnboundedReceiver, task::JoinSet};

/// Largest fleet whose phones print messages of their own.
pub const LOG_PHONES_UP_TO: u32 = 40;

/// Raises the limit of open files: every phone keeps a connection open while it polls.
pub fn raise_file_limit(devices: u32, log: &Log) {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    let raised = setrlimit(Resource::Nofile, limit);
    let too_low = |allowed: u64| allowed < u64::from(devices) + 100;
    if raised.is_err() || limit.current.is_some_and(too_low) {
        log.print(
            "There are more phones than this user may open files (see ulimit -n): some phones will wait for others",
        );
    }
}

/// Counts events until every enrollment has ended, then for the time `run_for`, or until the program is stopped. Returns
/// how many phones the server refused.
pub async fn watch(
    devices: u32,
    run_for: Option<Duration>,
    receiver: UnboundedReceiver<PhoneEvent>,
    mut phones: JoinSet<()>,
    log: &Log,
) -> usize {
    let mut summary = Summary::default();
    tokio::select! {
        () = count(devices, run_for, receiver, &mut summary, log) => {}
        () = stop_requested() => log.print("Stopped"),
    }
    phones.shutdown().await;
    log.print(&format!("{devices} phones: {}", summary.line()));
    for line in summary.details() {
        log.print(&line);
    }
    summary.refused()
}

async fn count(
    devices: u32,
    run_for: Option<Duration>,
    mut receiver: UnboundedReceiver<PhoneEvent>,
    summary: &mut Summary,
    log: &Log,
) {
    let devices = usize::try_from(devices).unwrap_or(usize::MAX);
    while summary.settled() < devices {
        let Some(event) = receiver.recv().await else { return };
        note(event, summary, log);
    }
    log.print(&format!("All {devices} phones are through or stuck: {}", summary.line()));
    let count_on = async {
        while let Some(event) = receiver.recv().await {
            note(event, summary, log);
        }
    };
    match run_for {
        Some(time) => {
            let _ = tokio::time::timeout(time, count_on).await;
        }
        None => count_on.await,
    }
}

fn note(event: PhoneEvent, summary: &mut Summary, log: &Log) {
    if let PhoneEvent::Answered(text) = &event {
        log.print(&format!("answered: {text}"));
    }
    summary.count(event);
}
