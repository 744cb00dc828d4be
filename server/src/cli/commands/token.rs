//! `rollcall token …`.

use super::{CommandError, open::open_data, say};
use crate::cli::{args::TokenCommand, settings::Places};
use domain::Timestamp;
use service::{Rollcall, ServiceError};

/// Carries the command out.
///
/// # Errors
/// The data cannot be opened, or the token cannot be made or found.
pub async fn run(command: TokenCommand) -> Result<(), CommandError> {
    let (TokenCommand::Create { data, .. } | TokenCommand::List { data } | TokenCommand::Revoke { data, .. }) =
        &command;
    let opened = open_data(&Places::of(data)?).await?;
    let done = carry_out(&opened.rollcall, &command).await;
    opened.store.close().await;
    done
}

async fn carry_out(rollcall: &Rollcall, command: &TokenCommand) -> Result<(), CommandError> {
    match command {
        TokenCommand::Create { name, .. } => say(&rollcall.create_api_token(name).await?),
        TokenCommand::List { .. } => list(rollcall).await?,
        TokenCommand::Revoke { name, .. } => match rollcall.revoke_api_token(name).await {
            Err(ServiceError::NotFound) => return Err(CommandError::Failed(format!("There is no token “{name}”."))),
            revoked => {
                revoked?;
                say(&format!("The token “{name}” is not valid any more."));
            }
        },
    }
    Ok(())
}

async fn list(rollcall: &Rollcall) -> Result<(), CommandError> {
    for token in rollcall.list_api_tokens().await? {
        let used = token.last_used_at.map_or_else(|| "never used".to_owned(), |at| format!("used {}", shown(at)));
        say(&format!("{}\tmade {}\t{used}", token.name, shown(token.created_at)));
    }
    Ok(())
}

fn shown(at: Timestamp) -> String {
    at.to_display()
}
