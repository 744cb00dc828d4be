//! `cargo xtask bench`: figures for `docs/measurements.md`. Nothing is decided by them, no test depends on them.

mod http;
mod list;
mod load;
mod samples;

use anyhow::Result;
use clap::Subcommand;

use crate::support::mode::Mode;

/// What is measured.
#[derive(Subcommand)]
pub enum Bench {
    /// Pages of the lists: every order of Mobile devices, filters, searches, deep pages.
    List {
        /// Rows among which pages are asked for.
        #[arg(long, default_value_t = 100_000)]
        devices: u64,
        /// Measures the program as `cargo xtask run` builds it: quick to build, slow. To try the bench itself.
        #[arg(long)]
        dev: bool,
    },
    /// The first load of pages on a phone with a slow connection: Lighthouse's figures.
    Load,
}

impl Bench {
    /// Measures and prints.
    pub fn run(&self) -> Result<()> {
        match self {
            Self::List { devices, dev } => list::run(Mode::from_release(!dev), *devices),
            Self::Load => load::run(),
        }
    }
}
