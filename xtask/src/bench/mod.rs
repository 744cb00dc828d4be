//! `cargo xtask bench`: figures for `docs/measurements.md`. No test depends on them.

mod apple;
mod commands;
mod devices;
mod enroll;
mod figures;
mod lists;
mod live;
mod load;
mod options;
mod phones;
mod place;
mod queries;
mod report;
mod sample_server;
mod samples;
mod usage;

use anyhow::Result;
use clap::Subcommand;

use crate::support::mode::Mode;
use crate::support::paths;

/// What is measured.
#[derive(Subcommand)]
pub enum Bench {
    /// Time pages of the lists: every order, filters, searches, deep pages
    ///
    /// Makes sample data with the optimised server, starts it, and asks for pages of
    /// 100 rows over HTTP, 300 times each. About 10 minutes, and 5 more to make the
    /// data when there is none from the last hours.
    ///
    ///   cargo xtask bench lists --rows 100000 --engine postgres
    #[command(verbatim_doc_comment)]
    Lists(devices::Options),
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
    /// Let devices enroll at once, with one invitation and with many
    ///
    /// Invites people, lets a device of each enroll over 64 connections, and then
    /// many devices with one invitation. A minute or two once compiled.
    #[command(verbatim_doc_comment)]
    Enroll(devices::Options),
    /// Time commands, from the request to a waiting phone and back
    ///
    /// Parks polls and tells each a command, one after the other; then all that have
    /// a secret, up to 10,000, at once. About 3 minutes once compiled.
    #[command(verbatim_doc_comment)]
    Commands(devices::Options),
    /// Ask what 100,000 phones ask, at their pace
    ///
    /// 2,000 polls and 111 heartbeats in a second, for half a minute, while up to
    /// 10,000 polls wait. How much of a core the server takes, and whether it
    /// refuses anything.
    #[command(verbatim_doc_comment)]
    Phones(devices::Options),
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

/// Tries the benches that measure calls, briefly and with an unoptimised server: whether they work, not what they say.
pub fn try_all() -> Result<()> {
    sample_server::build_to_try()?;
    let program = paths::program(Mode::Dev, "rollcall");
    for engine in [devices::Engine::Sqlite, devices::Engine::Postgres] {
        let options = devices::Options::to_try(engine, program.clone());
        for bench in [devices::run, enroll::run, commands::run, phones::run, lists::run] {
            bench(&options)?;
        }
        live::run(&live::Options::to_try(options))?;
    }
    Ok(())
}

impl Bench {
    /// Measures and prints.
    pub fn run(&self) -> Result<()> {
        match self {
            Self::Lists(options) => lists::run(options),
            Self::Devices(options) => devices::run(options),
            Self::Live(options) => live::run(options),
            Self::Enroll(options) => enroll::run(options),
            Self::Commands(options) => commands::run(options),
            Self::Phones(options) => phones::run(options),
            Self::Report => report::run(),
            Self::Apple { phones, dev } => apple::run(Mode::for_release(!dev), *phones),
            Self::Load => load::run(),
        }
    }
}
