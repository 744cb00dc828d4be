//! `cargo xtask bench`: figures for `docs/measurements.md`. No test depends on them.

mod apple;
mod devices;
mod figures;
mod list;
mod live;
mod load;
mod queries;
mod report;
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
    /// Measure reports and polls of many devices
    ///
    /// Makes sample data, starts the optimised server with it, and lets devices send
    /// heartbeats, reports with a changed permission, and polls, over 64 connections.
    /// Each is measured in rounds, between a call that only reads the request and a
    /// loop that only writes rows. A round in which other processes took more than
    /// 5 % of the cores does not count. Then polls are parked, and told a command.
    /// About 6 minutes once compiled, and 5 more to make data with 100,000 rows.
    ///
    ///   cargo xtask bench devices --rows 100000 --label before
    ///   cargo xtask bench devices --binary PATH --label after
    ///
    /// Needs Linux: processor time, bytes and memory are those of /proc. Figures are
    /// added to target/bench/devices.jsonl.
    #[command(verbatim_doc_comment)]
    Devices(devices::Options),
    /// Measure what open consoles cost, and how soon they hear of a report
    ///
    /// The same server, devices and rounds as those of `bench devices`, with no
    /// console, a fifth of the consoles, and all of them. Each has an event stream
    /// and shows 50 rows; one in ten shows the page of a device as well. About 10
    /// minutes with 5 rounds, once compiled.
    ///
    ///   cargo xtask bench live --rows 10000 --streams 1000
    ///
    /// Figures are added to target/bench/live.jsonl.
    #[command(verbatim_doc_comment)]
    Live(live::Options),
    /// Put the latest figures into docs/measurements.md
    ///
    /// Writes the table between two marked lines of that file, and charts into
    /// docs/bench. Takes the figures of target/bench/*.jsonl: the latest ones of each
    /// engine and number of rows, of the two labels that were used last.
    #[command(verbatim_doc_comment)]
    Report,
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
            Self::Devices(options) => devices::run(options),
            Self::Live(options) => live::run(options),
            Self::Report => report::run(),
            Self::Apple { phones, dev } => apple::run(Mode::for_release(!dev), *phones),
            Self::Load => load::run(),
        }
    }
}
