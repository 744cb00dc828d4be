//! Rounds of three parts: the parser alone, the real call, the bare loop. What slows one of them at some moment slows the
//! others as well, so their ratios say more than their rates.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use super::http1::Connection;
use super::loader::{self, Until};
use super::meter::{Cost, Meter, add_costs};
use super::moment::Moment;
use super::options::Options;
use super::outcome::Outcome;
use super::requests::{Answerer, Kind, Requests, Source as _};
use super::stage::Stage;
use super::usage::{OTHERS_MAX, as_f64};
use crate::support::process;
use crate::support::server::RunningServer;

/// Rounds that are tried for each that is needed.
const TRIES: usize = 2;

/// What one part of a round came to.
#[derive(Clone, Copy, Debug)]
struct Part {
    rate: f64,
    cost: Cost,
}

/// One round.
#[derive(Clone, Copy, Debug)]
struct Round {
    parser: Part,
    real: Part,
    /// Rows of the bare loop in a second.
    bare: Option<f64>,
    /// Share of the cores that others took.
    others: f64,
}

/// The bare loop.
struct Bare<'a> {
    program: &'a Path,
    /// A file, or the address of a database.
    database: OsString,
    /// Rows of its table: as many as there are devices, so that as many pages change.
    rows: u64,
    batch: usize,
}

/// What the bare loop prints.
#[derive(Deserialize)]
struct BareCount {
    rows: u64,
    seconds: f64,
}

/// Measures calls of one kind.
pub fn measure(kind: Kind, name: &str, stage: &Stage, server: &RunningServer, options: &Options) -> Result<Outcome> {
    let host = server.address();
    let requests = |answerer| Requests::new(kind, answerer, host, &stage.bearers, Moment::now()).context("no requests");
    let (mut parsed, mut asked) = (requests(Answerer::Parser)?, requests(Answerer::Real)?);
    let mut connections = loader::connect(host, options.connections())?;
    // A poll writes nothing that the bare loop could be compared with.
    let bare = (!matches!(kind, Kind::Poll(_))).then(|| Bare::beside(stage, options));
    let (mut quiet, mut all) = (Vec::new(), Vec::new());
    while quiet.len() < options.rounds() && all.len() < options.rounds() * TRIES {
        let watch = stage.watch(server)?;
        let mut part = |requests: &mut Requests| part(stage, server, &mut connections, requests, kind, options.span());
        let (parser, real) = (part(&mut parsed)?, part(&mut asked)?);
        let bare = bare.as_ref().map(|bare| bare.rate(options.span())).transpose()?;
        let others = watch.others()?;
        let round = Round { parser, real, bare, others };
        all.push(round);
        let counts = others <= OTHERS_MAX || !options.counts();
        if counts {
            quiet.push(round);
        }
        println!("{name:<10} {}{}", round.line(), if counts { "" } else { ": thrown away" });
    }
    Ok(outcome(name, &quiet, &all))
}

/// Lets every device report once: it uses its secret, and tells facts that it goes on telling.
pub fn introduce(stage: &Stage, server: &RunningServer, options: &Options) -> Result<()> {
    let (host, kind) = (server.address(), Kind::Heartbeat);
    let mut source = Requests::new(kind, Answerer::Real, host, &stage.bearers, Moment::now())?.in_order();
    let mut connections = loader::connect(host, options.connections())?;
    let count = Until::Count(u64::try_from(stage.bearers.len())?);
    let load = loader::run(&mut connections, &mut source, kind.status(), count)?;
    println!("The first report of each: {:.1} s", load.took.as_secs_f64());
    Ok(())
}

fn part(
    stage: &Stage,
    server: &RunningServer,
    connections: &mut [Connection],
    requests: &mut Requests,
    kind: Kind,
    span: Duration,
) -> Result<Part> {
    requests.set_time(Moment::now());
    let meter = Meter::begin(server, stage.postgres())?;
    let load = loader::run(connections, requests, kind.status(), Until::Time(span))?;
    Ok(Part { rate: load.rate(), cost: meter.end(load.answers)? })
}

impl<'a> Bare<'a> {
    fn beside(stage: &'a Stage, options: &Options) -> Self {
        let (program, database) = stage.bare();
        Self { program, database, rows: options.rows(), batch: options.connections() }
    }

    /// Rows in a second.
    fn rate(&self, span: Duration) -> Result<f64> {
        let numbers = [self.rows.to_string(), self.batch.to_string(), span.as_millis().to_string()];
        // Its address may have a password in it, and everybody sees command lines.
        let mut bare = Command::new(self.program);
        let printed = process::output(bare.env("BARE_DATABASE", &self.database).args(numbers))?;
        let count: BareCount = serde_json::from_str(&printed).context("the bare loop printed something else")?;
        Ok(as_f64(count.rows) / count.seconds)
    }
}

impl Round {
    fn line(&self) -> String {
        let bare = self.bare.map(|rate| format!(", bare loop {rate:.0}/s")).unwrap_or_default();
        let (parser, real) = (self.parser, self.real);
        format!(
            "parser {:.0}/s {:.0} µs, real {:.0}/s {}{bare}; others {:.0} %",
            parser.rate,
            parser.cost.cpu,
            real.rate,
            real.cost.line(),
            self.others * 100.0
        )
    }
}

/// The figures of quiet rounds. If there are none, those of all: ratios and rates are marked then, but not what a call costs,
/// which noise hardly touches.
fn outcome(name: &str, quiet: &[Round], all: &[Round]) -> Outcome {
    let (is_noisy, judged) = (quiet.is_empty(), if quiet.is_empty() { all } else { quiet });
    let mut outcome = Outcome::default();
    let mut noisy = |figure: &str, unit, value: fn(&Round) -> Option<f64>| {
        outcome.add(format!("{name}.{figure}"), unit, &judged.iter().filter_map(value).collect::<Vec<_>>(), is_noisy);
    };
    noisy("to-parser", "", |round| Some(round.real.rate / round.parser.rate));
    noisy("to-bare", "", |round| Some(round.real.rate / round.bare?));
    noisy("rate", "1/s", |round| Some(round.real.rate));
    noisy("parser-rate", "1/s", |round| Some(round.parser.rate));
    noisy("bare-rate", "1/s", |round| round.bare);
    let parser: Vec<f64> = judged.iter().map(|round| round.parser.cost.cpu).collect();
    outcome.add(format!("{name}.parser-cpu"), "µs", &parser, false);
    add_costs(&mut outcome, name, &judged.iter().map(|round| round.real.cost).collect::<Vec<_>>());
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::devices::statistics::Spread;

    fn round(real: f64, others: f64) -> Round {
        let cost = |rate| Cost { cpu: rate / 10.0, written: 4096.0, asked: 5000.0, database: None };
        let part = |rate| Part { rate, cost: cost(rate) };
        Round { parser: part(100.0), real: part(real), bare: None, others }
    }

    #[test]
    fn figures_are_those_of_quiet_rounds() {
        let quiet = [round(50.0, 0.0), round(40.0, 0.01), round(45.0, 0.02)];
        let all = [&quiet[..], &[round(10.0, 0.5)]].concat();
        let outcome = outcome("poll", &quiet, &all);
        let ratio = outcome.find("poll.to-parser").unwrap();
        assert_eq!(ratio.spread, Spread { median: 0.45, low: 0.4, high: 0.5 });
        assert!(!ratio.noisy);
        assert!((outcome.find("poll.cpu").unwrap().spread.low - 4.0).abs() < 1e-9);
        assert!(outcome.find("poll.to-bare").is_none());
    }

    #[test]
    fn without_a_quiet_round_ratios_are_marked() {
        let outcome = outcome("poll", &[], &[round(50.0, 0.5)]);
        assert!(outcome.find("poll.to-parser").unwrap().noisy);
        assert!(!outcome.find("poll.written").unwrap().noisy);
    }
}
