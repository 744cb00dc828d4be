//! `rollcall account …`.

use super::{CommandError, open::open_data, print_line};
use crate::cli::{
    args::AccountCommand,
    settings::{DataPaths, public_url},
};
use service::{PASSWORD_MIN, ServiceError};
use std::io::{self, BufRead as _};

/// Runs the command.
///
/// # Errors
/// The data cannot be opened, or the account cannot be created or found.
pub async fn run(command: AccountCommand) -> Result<(), CommandError> {
    match command {
        AccountCommand::Create { email, password_stdin, data } => {
            create(&email, password_stdin, &DataPaths::from_args(&data)?).await
        }
        AccountCommand::ResetLink { email, public_url: url, data } => {
            let url = public_url(&url)?;
            let path = reset_link(&email, &DataPaths::from_args(&data)?).await?;
            print_line(&format!("{}{path}", url.as_str().trim_end_matches('/')));
            Ok(())
        }
    }
}

async fn create(email: &str, password_stdin: bool, paths: &DataPaths) -> Result<(), CommandError> {
    let password = if password_stdin { read_password() } else { ask_password() }
        .map_err(|error| CommandError::with_context("the password cannot be read", &error))?;
    let installation = open_data(paths).await?;
    let created = installation.rollcall.create_account(email, &password).await;
    installation.store.close().await;
    created?;
    print_line(&format!("The account {} can sign in now.", email.trim().to_lowercase()));
    Ok(())
}

/// The path of the link.
async fn reset_link(email: &str, paths: &DataPaths) -> Result<String, CommandError> {
    let installation = open_data(paths).await?;
    let token = installation.rollcall.create_reset_link(email).await;
    installation.store.close().await;
    match token {
        Ok(token) => Ok(format!("/reset/{token}")),
        Err(ServiceError::NotFound) => Err(CommandError::Failed(format!("There is no account “{email}”."))),
        Err(error) => Err(error.into()),
    }
}

/// One line of standard input.
fn read_password() -> io::Result<String> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Asks at the terminal, without showing what is typed.
fn ask_password() -> io::Result<String> {
    rpassword::prompt_password(format!("Password (at least {PASSWORD_MIN} characters): "))
}
