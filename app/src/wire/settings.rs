//! The Settings page.

use super::Moment;
use domain::types::ids::SessionId;
use serde::{Deserialize, Serialize};

/// A signed-in browser of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionLine {
    /// Identity.
    pub id: SessionId,
    /// What the browser is, such as `Firefox on Linux`.
    pub browser: String,
    /// When it signed in.
    pub created_at: Moment,
    /// When it was last seen.
    pub last_seen_at: Moment,
    /// True for the session that asks.
    pub is_current: bool,
}

/// The signed-in account and its settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Email, also the name that the journal shows.
    pub email: String,
    /// The tag of the language that was chosen; empty: the browser's.
    pub language: String,
    /// Version of the running server.
    pub server_version: String,
    /// The folder that mails are written to, when no mail server is configured.
    pub mail_folder: Option<String>,
    /// Where it is signed in.
    pub sessions: Vec<SessionLine>,
    /// Of which causes people are reminded.
    pub reminders: Vec<ReminderLine>,
}

/// Whether people are reminded of a cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReminderLine {
    /// Its word.
    pub cause: String,
    /// Its words.
    pub label: String,
    /// Whether there are reminders.
    pub is_on: bool,
    /// Days to wait.
    pub days: u16,
    /// How many at most.
    pub times: u8,
}
