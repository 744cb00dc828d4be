//! `rollcall-agent`: the reference device agent of Rollcall, and a simulator of many phones.
//!
//! It speaks the agent protocol (`docs/agent-protocol.md`) and nothing else of the server. On Linux and in Termux it
//! reports real facts of its host.

mod agent;
mod cli;
mod clock;
mod failure;
mod host;
mod protocol;
mod provision;
mod rng;
mod simulate;
mod state;
mod stop;
mod terminal;
#[cfg(test)]
mod testing;

use clap::Parser;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match cli::dispatch::carry_out(cli::args::Cli::parse().command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            terminal::print_error(&format!("error: {failure}"));
            ExitCode::FAILURE
        }
    }
}
