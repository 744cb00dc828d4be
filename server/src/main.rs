//! `rollcall`: the program. Everything it does is in the library.

use clap::Parser as _;
use server::cli::{
    args::{Cli, Command},
    commands::{CommandError, account, apple, copy, mail_templates, seed, serve, token},
};
use std::{io::Write as _, process::ExitCode};

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve(args) => serve::run(*args).await,
        Command::Account(command) => account::run(command).await,
        Command::Token(command) => token::run(command).await,
        Command::Apple(command) => apple::run(command).await,
        Command::MailTemplates(command) => mail_templates::run(&command),
        Command::Copy(args) => copy::run(args).await,
        Command::Seed(args) => seed::run(args).await,
        #[cfg(feature = "bench")]
        Command::Bearers(args) => server::cli::commands::bearers::run(args).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            print_error(&error);
            ExitCode::from(error.exit_code())
        }
    }
}

fn print_error(error: &CommandError) {
    // If stderr is gone, there is nowhere left to report it.
    let _ = writeln!(std::io::stderr(), "rollcall: {error}");
}
