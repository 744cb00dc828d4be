//! `rollcall account …`.

use super::{CommandError, open::open_data, say};
use crate::cli::{args::AccountCommand, settings::Places};
use std::io::{self, BufRead as _};

/// Carries the command out.
///
/// # Errors
/// The data cannot be opened, or the account cannot be made.
pub async fn run(command: AccountCommand) -> Result<(), CommandError> {
    let AccountCommand::Create { email, password_stdin, data } = command;
    let places = Places::of(&data)?;
    let password = if password_stdin { read_password() } else { ask_password() }
        .map_err(|error| CommandError::while_doing("the password cannot be read", &error))?;
    let opened = open_data(&places).await?;
    let made = opened.rollcall.create_account(&email, &password).await;
    opened.store.close().await;
    made?;
    say(&format!("The account {} can sign in now.", email.trim().to_lowercase()));
    Ok(())
}

/// One line of standard input.
fn read_password() -> io::Result<String> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn ask_password() -> io::Result<String> {
    rpassword::prompt_password("Password (at least 12 characters): ")
}
