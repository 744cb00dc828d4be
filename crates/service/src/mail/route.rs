//! Where mails go.

use std::path::PathBuf;

/// Where mails go.
#[derive(Clone)]
pub enum MailRoute {
    /// To a mail server.
    Smtp(Box<lettre::transport::smtp::AsyncSmtpTransportBuilder>),
    /// Into files of this folder, because no mail server is configured.
    Files(PathBuf),
}

impl std::fmt::Debug for MailRoute {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Smtp(_) => f.write_str("Smtp(…)"),
            Self::Files(dir) => f.debug_tuple("Files").field(dir).finish(),
        }
    }
}
