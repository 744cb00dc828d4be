//! `cargo xtask bench commands`: how long a waiting phone takes to hear of a command, and all of them together.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use super::devices::{
    self, Answerer, Asking, Connection, Kind, Meter, Moment, OTHERS_MAX, Options, Outcome, Parked, Requests, Stage,
    add_costs, allow_connections, post,
};
use super::samples::{Samples, now};
use crate::support::server::RunningServer;

/// Polls that wait while one after the other is told a command.
const WAITING: usize = 64;
/// How long they wait: as long as they may.
const WAIT_S: u8 = 55;
/// What a device is told.
const COMMAND: &str = r#"{"type":"lock"}"#;
/// What it answers.
const RESULT: &str = r#"{"status":"completed"}"#;

/// Measures, prints, and adds the figures to `target/bench/commands.jsonl`.
pub fn run(options: &Options) -> Result<()> {
    let stage = Stage::set(options)?;
    let outcome = measure(&stage, options);
    // Also after an error: the copy has the size of a database.
    let cleared = stage.clear();
    outcome?.publish(options, "commands.jsonl")?;
    cleared
}

fn measure(stage: &Stage, options: &Options) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    let server = stage.start()?;
    let watch = stage.watch(&server)?;
    let mut times = [Samples::default(), Samples::default()];
    let count = WAITING.min(stage.bearers.len());
    for round in 0..options.rounds() {
        let first = round * count % (stage.bearers.len() - count + 1);
        one_by_one(&server, &stage.bearers[first..first + count], &mut times)?;
    }
    let is_noisy = watch.others()? > OTHERS_MAX;
    for (samples, name) in times.iter().zip(["heard", "done"]) {
        println!("command {name}: times, p50, p95 and max in ms: {samples}");
        for (quantile, took) in [("p50", samples.p50()), ("p95", samples.p95())] {
            outcome.add(format!("command.{name}-{quantile}"), "ms", &[in_ms(took)], is_noisy);
        }
    }
    drop(server);
    for (asking, name) in [(Asking::Each, "command-all"), (Asking::Together, "command-bulk")] {
        outcome.append(all_at_once(stage, asking, name, options)?);
    }
    Ok(outcome)
}

fn in_ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}

/// Parks a poll of each device. Then each in turn is told a command and answers it. How long it took, each time from the
/// beginning of the request: until the device heard of it, and until its result was taken.
fn one_by_one(server: &RunningServer, bearers: &[String], times: &mut [Samples; 2]) -> Result<()> {
    let host = server.address();
    let polls = Requests::new(Kind::Poll(WAIT_S), Answerer::Real, host, bearers, Moment::now())?;
    let mut parked = devices::connect(host, bearers.len())?;
    for (place, connection) in parked.iter_mut().enumerate() {
        connection.send(polls.of_device(place))?;
    }
    let mut console = Connection::open(host)?;
    let head = format!("Host: {host}\r\nAuthorization: Bearer {}\r\n", server.token());
    for (bearer, connection) in bearers.iter().zip(&mut parked) {
        let (device, _) = bearer.split_once('.').context("a bearer token without a device")?;
        let begin = now();
        console.send(post(&format!("/api/v1/devices/{device}/commands"), &head, COMMAND).as_bytes())?;
        // The device may hear of it before the request is answered.
        ensure!(connection.status()? == 200, "a poll was not answered with a command");
        times[0].add(begin.elapsed());
        ensure!(console.status()? == 201, "a command was refused");
        let offers: Value = serde_json::from_str(connection.body()?).context("offers are not JSON")?;
        let id = offers[0]["uuid"].as_str().context("an offer without an id")?;
        let head = format!("Host: {host}\r\nAuthorization: Bearer {bearer}\r\n");
        connection.send(post(&format!("/agent/v1/commands/{id}/result"), &head, RESULT).as_bytes())?;
        ensure!(connection.status()? == 204, "a result was refused");
        times[1].add(begin.elapsed());
    }
    Ok(())
}

/// Parks a poll of as many devices as there are, up to 10,000, and tells each a command.
fn all_at_once(stage: &Stage, asking: Asking, name: &str, options: &Options) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    let count = stage.bearers.len();
    allow_connections(count)?;
    let server = stage.start()?;
    let mut polls = Parked::new(stage, &server, Answerer::Real, count, options)?;
    let request = polls.request(asking)?;
    polls.memory()?;
    let (watch, meter) = (stage.watch(&server)?, Meter::begin(&server, stage.postgres())?);
    let took = polls.tell(request)?;
    let (cost, others) = (meter.end(u64::try_from(count)?)?, watch.others()?);
    println!(
        "{name}: {count} phones know of a command after {:.0} ms; {}; others {:.0} %",
        in_ms(took),
        cost.line(),
        others * 100.0
    );
    outcome.add(format!("{name}.phones"), "", &[devices::as_f64(u64::try_from(count)?)], false);
    outcome.add(format!("{name}.told"), "ms", &[in_ms(took)], others > OTHERS_MAX);
    add_costs(&mut outcome, name, &[cost]);
    Ok(outcome)
}
