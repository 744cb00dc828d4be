//! Figures on their way to the file.

use std::process::Command;
use std::thread;

use anyhow::Result;

use super::moment::Moment;
use super::options::Options;
use super::statistics::Spread;
use super::usage;
use crate::bench::figures::{self, Figure, Run};
use crate::support::{paths, process};

/// One figure, not yet with what it was measured on.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Such as `heartbeat.cpu`.
    pub name: String,
    /// What it is measured in.
    pub unit: &'static str,
    /// Its median and range.
    pub spread: Spread,
    /// Whether others took too much of the machine.
    pub noisy: bool,
}

/// Some figures.
#[derive(Clone, Debug, Default)]
pub struct Outcome(Vec<Measured>);

impl Outcome {
    /// Adds a figure, unless there is no value.
    pub fn add(&mut self, name: String, unit: &'static str, values: &[f64], noisy: bool) {
        if let Some(spread) = Spread::of(values) {
            self.0.push(Measured { name, unit, spread, noisy });
        }
    }

    /// Adds those of `other`.
    pub fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// The figure of this name.
    #[cfg(test)]
    pub fn find(&self, name: &str) -> Option<&Measured> {
        self.0.iter().find(|measured| measured.name == name)
    }

    /// Prints a line for each.
    fn print(&self) {
        println!();
        for Measured { name, unit, spread, noisy } in &self.0 {
            let digits = if unit.is_empty() { 3 } else { 0 };
            let Spread { median, low, high } = spread;
            let remark = if *noisy { "  (no round was quiet)" } else { "" };
            println!("{name:<22} {median:>10.digits$} {unit:<6} ({low:.digits$} to {high:.digits$}){remark}");
        }
    }

    /// Prints all, and adds them to a file in `target/bench`, unless this was but a try of the bench.
    pub fn publish(self, options: &Options, file: &str) -> Result<()> {
        self.print();
        if options.counts() {
            figures::append(&figures::folder().join(file), &self.into_figures(&describe(options)?))?;
            println!("\n`cargo xtask bench report` puts the figures into docs/measurements.md.");
        }
        Ok(())
    }

    /// As lines for the file.
    fn into_figures(self, run: &Run) -> Vec<Figure> {
        let (at, load) = (Moment::now().millis() / 1000, usage::load().unwrap_or_default());
        let figure = |Measured { name, unit, spread: Spread { median, low, high }, noisy }| Figure {
            run: run.clone(),
            at,
            load,
            name,
            median,
            low,
            high,
            unit: unit.to_owned(),
            noisy,
        };
        self.0.into_iter().map(figure).collect()
    }
}

/// What the figures are of.
fn describe(options: &Options) -> Result<Run> {
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
