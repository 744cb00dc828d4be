//! `cargo xtask bench devices`: what a heartbeat, a report with a changed fact, a poll and a waiting poll cost the server.

mod http1;
mod loader;
mod meter;
mod moment;
mod outcome;
mod parked;
mod requests;
pub mod rounds;
mod stage;
mod statistics;

use anyhow::Result;

use super::{options, usage};

pub use http1::Connection;
pub use loader::{Until, connect, run as send};
pub use meter::{Meter, add_costs};
pub use moment::Moment;
pub use options::{Engine, Options};
pub use outcome::Outcome;
pub use parked::{Asking, Parked};
pub use requests::{Answerer, Kind, Requests, Source, post};
pub use stage::{Stage, allow_connections};
pub use usage::{OTHERS_MAX, as_f64, resident};

/// Measures, prints, and adds the figures to `target/bench/devices.jsonl`.
pub fn run(options: &Options) -> Result<()> {
    let stage = Stage::set(options)?;
    let outcome = measure(&stage, options);
    // Also after an error: the copy has the size of a database.
    let cleared = stage.clear();
    outcome?.publish(options, "devices.jsonl")?;
    cleared
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
