//! `rollcall account …`.

use super::{CommandError, open::open_data, print_line};
use crate::cli::{args::AccountCommand, settings::DataPaths};
use std::io::{self, BufRead as _};

/// Runs the command.
///
/// # Errors
/// The data cannot be opened, or the account cannot be created.
pub async fn run(command: AccountCommand) -> Result<(), CommandError> {
    let AccountCommand::Create { email, password_stdin, data } = command;
    let paths = DataPaths::from_args(&data)?;
    let password = if password_stdin { read_password() } else { ask_password() }
        .map_err(|error| CommandError::with_context("the password cannot be read", &error))?;
    let installation = open_data(&paths).await?;
    let created = installation.rollcall.create_account(&email, &password).await;
    installation.store.close().await;
    created?;
    print_line(&format!("The account {} can sign in now.", email.trim().to_lowercase()));
    Ok(())
}

/// One line of standard input.
fn read_password() -> io::Result<String> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Asks at the terminal, without showing what is typed.
fn ask_password() -> io::Result<String> {
    rpassword::prompt_password("Password (at least 15 characters): ")
}
