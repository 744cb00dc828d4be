//! `cargo xtask bench live`: what open consoles cost the server, and how soon they hear of a report.

mod consoles;
mod probe;
mod reader;

use std::time::Duration;

use anyhow::Result;
use clap::Args;

use self::consoles::Consoles;
use super::devices::{self, Kind, Outcome, Stage, rounds};

/// What to measure, and how long.
#[derive(Clone, Debug, Args)]
#[group(id = "live")]
pub struct Options {
    /// Most consoles that are open
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u64).range(1..=20_000))]
    streams: u64,
    /// What `bench devices` is asked as well
    #[command(flatten)]
    devices: devices::Options,
}

impl Options {
    /// A try of the bench, for what `bench devices` would be asked.
    pub const fn to_try(devices: devices::Options) -> Self {
        Self { streams: 1, devices }
    }

    /// How many consoles are open, one after the other.
    fn counts(&self) -> Result<[usize; 3]> {
        let most = usize::try_from(self.streams)?;
        Ok(if self.devices.short { [0, 5, 20] } else { [0, most / 5, most] })
    }
}

/// Measures, prints, and adds the figures to `target/bench/live.jsonl`.
pub fn run(options: &Options) -> Result<()> {
    let stage = Stage::set(&options.devices)?;
    let outcome = measure(&stage, options);
    // Also after an error: the copy has the size of a database.
    let cleared = stage.clear();
    outcome?.publish(&options.devices, "live.jsonl")?;
    cleared
}

fn measure(stage: &Stage, options: &Options) -> Result<Outcome> {
    stage.create_account(consoles::EMAIL, consoles::PASSWORD)?;
    let rest = if options.devices.short { Duration::ZERO } else { consoles::REST };
    let mut outcome = Outcome::default();
    for count in options.counts()? {
        // A new process: memory that was given back by what came before would be taken first.
        let server = stage.start()?;
        rounds::introduce(stage, &server, &options.devices)?;
        let (consoles, bytes) = Consoles::open(&server, &stage.bearers, count, rest)?;
        if let Some(bytes) = bytes {
            println!("{count} streams: {bytes:.0} bytes each");
            outcome.add(format!("live-{count}.memory"), "bytes", &[bytes], false);
        }
        for (kind, name) in [(Kind::Heartbeat, "heartbeat"), (Kind::Fact, "fact")] {
            let name = format!("live-{count}.{name}");
            outcome.append(rounds::measure(kind, &name, stage, &server, &options.devices)?);
        }
        outcome.append(probe::measure(&consoles, stage, &server, &options.devices)?);
        consoles.close()?;
    }
    Ok(outcome)
}
