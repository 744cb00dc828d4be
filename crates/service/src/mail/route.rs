//! The mail route of an installation.

use super::SmtpRoute;
use std::path::PathBuf;

/// Where mails are sent to.
#[derive(Clone)]
pub enum MailRoute {
    /// To a mail server.
    Smtp(Box<SmtpRoute>),
    /// To files in this folder, because no mail server is configured.
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
