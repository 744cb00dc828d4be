//! `rollcall token …`.

use super::{CommandError, open::open_data, print_line};
use crate::cli::{args::TokenCommand, settings::DataPaths};
use domain::Timestamp;
use service::{Rollcall, ServiceError};

/// Runs the command.
///
/// # Errors
/// The data cannot be opened, or the token cannot be created or found.
pub async fn run(command: TokenCommand) -> Result<(), CommandError> {
    let (TokenCommand::Create { data, .. } | TokenCommand::List { data } | TokenCommand::Revoke { data, .. }) =
        &command;
    let installation = open_data(&DataPaths::from_args(data)?).await?;
    let done = carry_out(&installation.rollcall, &command).await;
    installation.store.close().await;
    done
}

async fn carry_out(rollcall: &Rollcall, command: &TokenCommand) -> Result<(), CommandError> {
    match command {
        TokenCommand::Create { name, .. } => print_line(&rollcall.create_api_token(name).await?),
        TokenCommand::List { .. } => list(rollcall).await?,
        TokenCommand::Revoke { name, .. } => match rollcall.revoke_api_token(name).await {
            Err(ServiceError::NotFound) => return Err(CommandError::Failed(format!("There is no token “{name}”."))),
            revoked => {
                revoked?;
                print_line(&format!("The token “{name}” is no longer valid."));
            }
        },
    }
    Ok(())
}

async fn list(rollcall: &Rollcall) -> Result<(), CommandError> {
    for token in rollcall.list_api_tokens().await? {
        let used = token.last_used_at.map_or_else(|| "never used".to_owned(), |at| format!("used {}", shown(at)));
        print_line(&format!("{}\tcreated {}\t{used}", token.name, shown(token.created_at)));
    }
    Ok(())
}

fn shown(at: Timestamp) -> String {
    at.to_display()
}
