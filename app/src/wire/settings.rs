//! The Settings page.

use super::Moment;
use domain::types::ids::SessionId;
use serde::{Deserialize, Serialize};

/// A signed-in browser of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// Identity.
    pub id: SessionId,
    /// The name of the browser, such as `Firefox on Linux`.
    pub browser: String,
    /// When it signed in.
    pub created_at: Moment,
    /// When it was last seen.
    pub last_seen_at: Moment,
    /// True for the session of this request.
    pub is_current: bool,
}

/// The signed-in account and its settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Email, which is also the name in the journal.
    pub email: String,
    /// The tag of the language that the account chose; empty: the browser's.
    pub language: String,
    /// Version of the running server.
    pub server_version: String,
    /// The name of the folder that mails are written to, when no mail server is configured. Where that is on the server is
    /// nobody's business in a browser.
    pub mail_folder: Option<String>,
    /// Its sessions.
    pub sessions: Vec<SessionView>,
    /// For which causes people get reminders.
    pub reminders: Vec<ReminderView>,
}

/// The reminders for a cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReminderView {
    /// The cause's word, such as `mail_failed`.
    pub cause: String,
    /// The label of the cause.
    pub label: String,
    /// Whether they are on.
    pub is_on: bool,
    /// Days before the first reminder.
    pub days: u16,
    /// Most reminders for one person.
    pub times: u8,
}
