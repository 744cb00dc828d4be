//! Hands mails over: by SMTP, or to files when no mail server is configured.

use super::{
    MailRoute,
    smtp::{SmtpClient, Trouble},
};
use lettre::Message;
use std::path::{Path, PathBuf};

/// Why a mail was not handed over.
pub(crate) enum SendError {
    /// The mail server did not take it.
    Smtp(Trouble),
    /// The file could not be written.
    File(std::io::Error),
}

/// Sends mails by SMTP, or writes them to files.
pub(crate) enum Transport {
    Smtp(Box<SmtpClient>),
    Files(PathBuf),
}

impl Transport {
    pub(crate) fn new(route: &MailRoute) -> Self {
        match route {
            MailRoute::Smtp(route) => Self::Smtp(Box::new(SmtpClient::new(route.as_ref().clone()))),
            MailRoute::Files(dir) => Self::Files(dir.clone()),
        }
    }

    /// Sends one mail. Without a mail server, `name` is the name of its file.
    pub(crate) async fn send(&mut self, name: &str, message: &Message) -> Result<(), SendError> {
        match self {
            Self::Smtp(smtp) => smtp.send(message.envelope(), &message.formatted()).await.map_err(SendError::Smtp),
            Self::Files(dir) => write_file(dir, name, &message.formatted()).await.map_err(SendError::File),
        }
    }

    /// Whether the mail server may have taken the latest mail, although its sending was cancelled.
    pub(crate) fn may_have_arrived(&self) -> bool {
        matches!(self, Self::Smtp(smtp) if smtp.may_have_arrived())
    }

    /// Ends the connection to the mail server, if there is one.
    pub(crate) async fn close(&mut self) {
        if let Self::Smtp(smtp) = self {
            smtp.close().await;
        }
    }
}

/// Writes a mail to a file, atomically.
async fn write_file(dir: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    tokio::fs::create_dir_all(dir).await?;
    let partial = dir.join(format!("{name}.partial"));
    tokio::fs::write(&partial, bytes).await?;
    tokio::fs::rename(partial, dir.join(format!("{name}.eml"))).await
}
