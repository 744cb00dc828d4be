//! `rollcall-agent`: the reference device agent of Rollcall, and a simulator of many phones.
//!
//! It speaks the agent protocol (`docs/agent-protocol.md`) and nothing else of the server. On Linux and in Termux it
//! reports real facts of its host.

mod address;
mod agent;
mod cli;
mod client;
mod commands;
mod dispatch;
mod edge;
mod enroll;
mod host;
mod log;
mod memory;
mod problem;
mod programs;
mod retry;
mod rng;
mod run;
mod simulate;
mod state;
mod state_file;
mod stop;
#[cfg(test)]
mod stub;
#[cfg(test)]
mod test_host;
mod transport;

use clap::Parser;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match dispatch::carry_out(cli::Cli::parse().command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            log::complain(&format!("error: {failure}"));
            ExitCode::FAILURE
        }
    }
}
