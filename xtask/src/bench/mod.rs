//! `cargo xtask bench`: figures for `docs/measurements.md`. No test depends on them.

mod apple;
mod list;
mod load;
mod queries;
mod sample_server;
mod samples;

use anyhow::Result;
use clap::Subcommand;

use crate::support::mode::Mode;

/// What is measured.
#[derive(Subcommand)]
pub enum Bench {
    /// Time pages of the lists: every order, filters, searches, deep pages
    ///
    /// Makes sample data with the optimised server, starts it, and asks for pages of
    /// 100 rows over HTTP, 300 times each. About 10 minutes, and 5 more to make the
    /// data when there is none from the last hours.
    #[command(verbatim_doc_comment)]
    List {
        /// Rows in the sample data
        #[arg(long, default_value_t = 100_000)]
        devices: u64,
        /// Measure an unoptimised server, to try the bench
        #[arg(long)]
        dev: bool,
    },
    /// Time iPhones that enroll at once, over TLS
    ///
    /// Invites people, and lets a simulated iPhone of each open the page, get its
    /// certificate, check in, and answer its first commands. About 2 minutes once
    /// compiled.
    #[command(verbatim_doc_comment)]
    Apple {
        /// How many phones
        #[arg(long, default_value_t = 500)]
        phones: u32,
        /// Measure unoptimised programs, to try the bench
        #[arg(long)]
        dev: bool,
    },
    /// Time the first load of pages on a phone with a slow connection
    ///
    /// Runs Lighthouse on the optimised server: throttled 4G, a slow processor, an
    /// empty cache. Prints budgets, and fails if a page is over its budget.
    #[command(verbatim_doc_comment)]
    Load,
}

impl Bench {
    /// Measures and prints.
    pub fn run(&self) -> Result<()> {
        match self {
            Self::List { devices, dev } => list::run(Mode::for_release(!dev), *devices),
            Self::Apple { phones, dev } => apple::run(Mode::for_release(!dev), *phones),
            Self::Load => load::run(),
        }
    }
}
