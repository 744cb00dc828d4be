//! What the settings page shows.

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::require_session;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};

/// Where mails go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MailStatus {
    /// To a mail server.
    Server,
    /// Into a folder of the server's machine, since no mail server is configured.
    Files {
        /// The folder.
        folder: String,
    },
}

/// Where mails go.
#[server(name = GetMailStatus, prefix = "/fn", endpoint = "settings/mail", input = Json)]
pub async fn mail_status() -> Result<MailStatus, AppError> {
    let call = require_session()?;
    Ok(match &call.rollcall.settings().mail_route {
        service::MailRoute::Files(folder) => MailStatus::Files {
            folder: folder.display().to_string(),
        },
        service::MailRoute::Smtp(_) => MailStatus::Server,
    })
}
