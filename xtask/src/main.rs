//! The project's build tool: `cargo xtask --help` lists its tasks.
//!
//! It needs no program that has to be installed by hand: what is missing comes from rustup, npm or
//! the distribution's packages. It runs on Linux and macOS.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a build tool speaks to the terminal")]

mod bench;
mod install;
mod lint;
mod site;
mod support;
mod tasks;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use install::packages;
use site::size;
use support::mode::Mode;
use support::{paths, process};
use tasks::{build, demo, dist, run, test};

/// Builds, runs and tests Rollcall.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Builds everything that is missing and starts the server on <http://localhost:3000>.
    Run {
        /// Adds people, invitations and simulated phones that enroll while you look.
        #[arg(long)]
        demo: bool,
        /// Builds everything optimised: slower to build, as fast and small as it will be in use.
        #[arg(long)]
        release: bool,
        /// Arguments for `rollcall serve`, after `--`.
        #[arg(last = true)]
        arguments: Vec<OsString>,
    },
    /// Builds the front end and the server.
    Build {
        /// Optimised for speed and size.
        #[arg(long)]
        release: bool,
    },
    /// Builds the optimised front end and holds its files to their budgets.
    Size,
    /// Installs what the tests need and runs all of them.
    Test {
        /// Runs one part of the tests.
        #[arg(long, value_enum)]
        only: Option<test::Part>,
    },
    /// Takes a picture of every page, in both themes and at three widths.
    Screenshots,
    /// Checks formatting, lints, documentation and the length of files.
    Lint,
    /// Prints the rooms of every crate: files, arrows, circles.
    Rooms {
        /// The workspace to look at, if it is not this one.
        #[arg(long)]
        root: Option<PathBuf>,
    },
    /// Makes `target/dist/rollcall`, a single file with the site inside.
    Dist,
    /// Installs what the tests need.
    Setup,
    /// Measures how long things take, and prints the figures.
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Runs the phones of `run --demo` beside a server that is starting.
    #[command(hide = true)]
    DemoPhones(demo::DemoPhones),
}

impl Task {
    fn run(self) -> Result<()> {
        match self {
            Self::Run { demo, release, arguments } => run::run(Mode::from_release(release), demo, &arguments),
            Self::Build { release } => build::run(Mode::from_release(release)),
            Self::Size => size::build_and_check(),
            Self::Test { only } => test::run(only),
            Self::Screenshots => test::screenshots(),
            Self::Lint => lint::run(),
            Self::Rooms { root } => lint::rooms::print(&root.unwrap_or_else(paths::root)),
            Self::Dist => dist::run(),
            Self::Bench(bench) => bench.run(),
            Self::Setup => packages::install_for_tests(),
            Self::DemoPhones(phones) => phones.run(),
        }
    }
}

fn main() -> ExitCode {
    match Cli::parse().task.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            process::exit_code(&error)
        }
    }
}
