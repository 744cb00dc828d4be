//! How long it takes from a report to the event on the stream of a console that shows the device, while other devices report.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, sleep};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

use super::consoles::Consoles;
use crate::bench::devices::{
    self, Answerer, Kind, Moment, OTHERS_MAX, Options, Outcome, Requests, Source as _, Stage, Until,
};
use crate::bench::samples::{Samples, now};
use crate::support::server::RunningServer;

/// Connections of the other devices: they ask for more than half of what the server can do.
const OTHERS: usize = 4;
/// Pause after each report.
const PAUSE: Duration = Duration::from_millis(20);
/// Longest wait for an event.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long other devices report before it is looked whether they are to stop.
const STEP: Duration = Duration::from_millis(300);

/// Measures; nothing if no page of a device is open.
pub fn measure(consoles: &Consoles, stage: &Stage, server: &RunningServer, options: &Options) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    let (host, count) = (server.address(), if options.short { 5 } else { 300 });
    let shown: Vec<String> = consoles.on_pages.iter().map(|(bearer, _)| bearer.clone()).collect();
    let others: Vec<String> = stage.bearers.iter().filter(|bearer| !shown.contains(bearer)).cloned().collect();
    if shown.is_empty() || others.is_empty() {
        return Ok(outcome);
    }
    let moment = Moment::now();
    let mut load = Requests::new(Kind::Heartbeat, Answerer::Real, host, &others, moment)?;
    let mut connections = devices::connect(host, OTHERS)?;
    let (watch, ends) = (stage.watch(server)?, AtomicBool::new(false));
    let samples = thread::scope(|scope| {
        let loading = scope.spawn(|| -> Result<()> {
            while !ends.load(Ordering::Relaxed) {
                devices::send(&mut connections, &mut load, Kind::Heartbeat.status(), Until::Time(STEP))?;
            }
            Ok(())
        });
        let samples = probe(consoles, &shown, host, count, moment);
        ends.store(true, Ordering::Relaxed);
        loading.join().ok().context("the thread of the other devices has panicked")??;
        samples
    })?;
    let (streams, noisy) = (consoles.reader.count(), watch.others()? > OTHERS_MAX);
    println!("{streams} streams, from a report to its event: count, p50, p95, longest in ms: {samples}");
    outcome.add(format!("live-{streams}.event-p95"), "ms", &[samples.p95().as_secs_f64() * 1000.0], noisy);
    Ok(outcome)
}

/// Reports of one device after the other, each once the event of the one before has come.
fn probe(consoles: &Consoles, shown: &[String], host: &str, count: usize, moment: Moment) -> Result<Samples> {
    let mut requests = Requests::new(Kind::Heartbeat, Answerer::Real, host, shown, moment)?.in_order();
    let (mut connections, mut samples) = (devices::connect(host, 1)?, Samples::default());
    let connection = connections.first_mut().context("no connection")?;
    // The first report of each may change more than the later ones do, and is not counted.
    for place in 0..shown.len() + count {
        let row = &consoles.on_pages[place % shown.len()].1;
        // Events from before are of no interest.
        while consoles.reader.changes.try_recv().is_ok() {}
        requests.set_time(Moment::now());
        let sent = now();
        connection.send(requests.next())?;
        let status = connection.status()?;
        ensure!(status == Kind::Heartbeat.status(), "a report was answered {status}");
        loop {
            let (told, at) = consoles.reader.changes.recv_timeout(PATIENCE).context("a report was not told")?;
            if told == *row {
                if place >= shown.len() {
                    samples.add(at.saturating_duration_since(sent));
                }
                break;
            }
        }
        sleep(PAUSE);
    }
    Ok(samples)
}
