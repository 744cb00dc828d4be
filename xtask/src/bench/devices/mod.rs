//! `cargo xtask bench devices`: what a heartbeat, a report with a changed fact, a poll and a waiting poll cost the server.

pub mod http1;
pub mod loader;
pub mod moment;
pub mod options;
pub mod outcome;
mod parked;
pub mod requests;
pub mod rounds;
pub mod stage;
mod statistics;
pub mod usage;

use std::process::Command;
use std::thread;

use anyhow::Result;

pub use options::Options;

use self::outcome::Outcome;
use self::requests::Kind;
use self::stage::Stage;
use crate::bench::figures::{self, Run};
use crate::support::{paths, process};

/// Measures, prints, and adds the figures to `target/bench/devices.jsonl`.
pub fn run(options: &Options) -> Result<()> {
    let run = describe(options)?;
    let stage = Stage::set(options)?;
    let outcome = measure(&stage, options);
    // Also after an error: the copy has the size of a database.
    stage.clear()?;
    let outcome = outcome?;
    outcome.print();
    if options.counts() {
        figures::append(&figures::folder().join("devices.jsonl"), &outcome.into_figures(&run))?;
        println!("\n`cargo xtask bench report` puts the figures into docs/measurements.md.");
    }
    Ok(())
}

fn measure(stage: &Stage, options: &Options) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    let server = stage.start()?;
    rounds::introduce(stage, &server, options)?;
    for (kind, name) in [(Kind::Heartbeat, "heartbeat"), (Kind::Fact, "fact"), (Kind::Poll(0), "poll")] {
        outcome.append(rounds::measure(kind, name, stage, &server, options)?);
    }
    drop(server);
    for count in options.parked() {
        outcome.append(parked::measure(stage, *count, options)?);
    }
    Ok(outcome)
}

/// What the figures are of.
pub fn describe(options: &Options) -> Result<Run> {
    let commit = if options.binary.is_some() {
        "-".to_owned()
    } else {
        process::output(Command::new("git").args(["describe", "--always", "--dirty"]).current_dir(paths::root()))?
    };
    Ok(Run {
        label: options.label.clone().unwrap_or_else(|| commit.clone()),
        commit,
        engine: options.engine.name().to_owned(),
        rows: options.rows(),
        cores: thread::available_parallelism()?.get(),
    })
}
