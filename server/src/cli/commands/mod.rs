//! The commands, one file each.

pub mod account;
pub mod apple;
#[cfg(feature = "bench")]
pub mod bearers;
pub mod copy;
mod demo;
mod demo_people;
mod lock;
pub mod mail_templates;
mod open;
pub mod seed;
pub mod serve;
pub mod token;

use crate::cli::{database::DatabaseError, settings::SettingsError};
use service::security::keys::KeyError;
use std::io::{self, Write as _};

/// Why a command failed; the message is for the person at the terminal.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// A setting that cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The key file cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database cannot be used.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// Anything else.
    #[error("{0}")]
    Failed(String),
}

impl CommandError {
    /// The exit code: 2 for settings, as for every other mistake on a command line, and for the key; else 1.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Settings(_) | Self::Key(_) => 2,
            Self::Database(_) | Self::Failed(_) => 1,
        }
    }

    /// From any error, with what failed.
    pub(crate) fn with_context(what: &str, cause: &dyn std::fmt::Display) -> Self {
        Self::Failed(format!("{what}: {cause}"))
    }
}

impl From<service::ServiceError> for CommandError {
    fn from(error: service::ServiceError) -> Self {
        match error {
            service::ServiceError::Internal(cause) => Self::Failed(cause),
            other => Self::Failed(other.user_text()),
        }
    }
}

/// Prints a line for the person at the terminal, and goes on even if the terminal is gone.
fn print_line(line: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Tells the person at the terminal how far something is, apart from its result.
fn print_note(line: &str) {
    let mut out = io::stderr().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
