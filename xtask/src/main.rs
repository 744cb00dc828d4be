//! The project's build tool: `cargo xtask help` lists its tasks.
//!
//! It runs on Linux and macOS. On Debian and Ubuntu it installs what it lacks, from rustup, npm and the distribution's
//! packages; elsewhere it names what to install.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a build tool speaks to the terminal")]

mod android;
mod bench;
mod cli;
mod install;
mod lint;
mod site;
mod support;
mod tasks;

use std::process::ExitCode;

use clap::Parser as _;

use support::process;

fn main() -> ExitCode {
    match cli::Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            process::exit_code(&error)
        }
    }
}
