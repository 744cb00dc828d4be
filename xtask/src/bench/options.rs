//! What is asked of `cargo xtask bench devices`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::support::mode::Mode;

/// Where the server keeps its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// A file.
    Sqlite,
    /// A database of a PostgreSQL from the packages of the distribution, which the bench starts.
    Postgres,
}

impl Engine {
    /// Its name among the figures.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// What to measure, and how often.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// Rows in the sample data
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(100..=2_000_000))]
    rows: u64,
    /// Where they are: sqlite or postgres
    #[arg(long, value_enum, default_value = "sqlite", hide_possible_values = true)]
    pub engine: Engine,
    /// How often each is measured
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=50))]
    rounds: u64,
    /// Little, and unoptimised: tries the bench
    #[arg(long)]
    pub short: bool,
    /// A server to measure instead of building one
    ///
    /// It has to be built with `--features bench`.
    #[arg(long, value_name = "PATH", verbatim_doc_comment)]
    pub binary: Option<PathBuf>,
    /// What the tables call this run; the commit without it
    #[arg(long)]
    pub label: Option<String>,
}

impl Options {
    /// A try of the bench with a program that is built already.
    pub const fn to_try(engine: Engine, program: PathBuf) -> Self {
        Self { rows: 300, engine, rounds: 1, short: true, binary: Some(program), label: None }
    }

    /// How the server is built.
    pub fn mode(&self) -> Mode {
        Mode::for_release(!self.short)
    }

    /// Rows in the sample data.
    pub const fn rows(&self) -> u64 {
        if self.short { 300 } else { self.rows }
    }

    /// Devices that speak, at most.
    pub const fn devices(&self) -> usize {
        if self.short { 40 } else { 10_000 }
    }

    /// Connections that ask at the same time.
    pub const fn connections(&self) -> usize {
        if self.short { 8 } else { 64 }
    }

    /// Rounds that are needed.
    pub fn rounds(&self) -> usize {
        if self.short { 1 } else { usize::try_from(self.rounds).unwrap_or(1) }
    }

    /// Length of each part of a round.
    pub const fn span(&self) -> Duration {
        Duration::from_millis(if self.short { 300 } else { 3000 })
    }

    /// How many polls wait at the same time.
    pub const fn parked(&self) -> &'static [usize] {
        if self.short { &[20] } else { &[1000, 10_000] }
    }

    /// Whether this is more than a try of the bench: rounds are judged, figures are kept.
    pub const fn counts(&self) -> bool {
        !self.short
    }
}
