//! The trail of access: who signed in or failed to, what left the server, and who changed settings and accounts. What
//! happens to people and devices is in the journal.

use crate::{Timestamp, actor::Actor, types::text_enum::text_enum};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

text_enum! {
    /// What happened.
    AuditEvent {
        /// Someone signed in.
        SignedIn = "signed_in", "Signed in";
        /// Wrong email or password.
        SignInFailed = "sign_in_failed", "Sign-in failed";
        /// Too many wrong passwords: further ones are refused for a while.
        LockedOut = "locked_out", "Sign-in locked for a while";
        /// Too many wrong PINs: further ones are refused for a while.
        PinLocked = "pin_locked", "PIN locked for a while";
        /// Someone signed out.
        SignedOut = "signed_out", "Signed out";
        /// Someone ended another session of the account.
        SessionEnded = "session_ended", "Session ended";
        /// An account was created.
        AccountCreated = "account_created", "Account created";
        /// The password of an account was changed.
        PasswordChanged = "password_changed", "Password changed";
        /// A wrong current password while changing the password.
        PasswordRefused = "password_refused", "Current password wrong";
        /// A one-time link for a new password was created.
        ResetLinkCreated = "reset_link_created", "Reset link created";
        /// An API token was created.
        TokenCreated = "token_created", "API token created";
        /// An API token was revoked.
        TokenRevoked = "token_revoked", "API token revoked";
        /// A list was exported.
        Exported = "exported", "List exported";
        /// A setting was changed.
        SettingsChanged = "settings_changed", "Settings changed";
    }
}

impl AuditEvent {
    /// Whether anybody can cause it, without an account or a token. Of these fewer are kept.
    pub const fn is_by_strangers(self) -> bool {
        matches!(self, Self::SignInFailed | Self::LockedOut | Self::PinLocked)
    }
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "who", content = "name", rename_all = "snake_case")]
pub enum AuditActor {
    /// An account, by its email.
    Account(String),
    /// A script, by the name of its token.
    ApiToken(String),
    /// A command on the server.
    CommandLine,
    /// Nobody that is known.
    Stranger,
}

impl From<&Actor> for AuditActor {
    fn from(actor: &Actor) -> Self {
        match actor {
            Actor::Account(email) => Self::Account(email.clone()),
            Actor::ApiToken(name) => Self::ApiToken(name.clone()),
            Actor::System => Self::CommandLine,
            Actor::Person | Actor::Device => Self::Stranger,
        }
    }
}

/// Who does something, and from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Who.
    pub actor: AuditActor,
    /// The address; `None` for a command on the server.
    pub address: Option<IpAddr>,
}

impl Origin {
    /// A command on the server.
    pub const fn command_line() -> Self {
        Self { actor: AuditActor::CommandLine, address: None }
    }
}

/// A limit on wrong attempts that is full, to fill it again after a restart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FullBucket {
    /// Its key, in hexadecimal digits.
    pub bucket: String,
    /// When its window began.
    pub since: Timestamp,
    /// Wrong attempts that fill it.
    pub failures: u32,
    /// Length of its window, in seconds.
    pub window_s: i64,
}

/// An entry of the trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// When; of an entry that counts, the first time.
    pub at: Timestamp,
    /// What happened.
    pub event: AuditEvent,
    /// Who did it.
    #[serde(flatten)]
    pub actor: AuditActor,
    /// From where; `None` for a command on the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<IpAddr>,
    /// What it was done to: an account, a token, a list. Empty when the event says it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub subject: String,
    /// How often it happened at least, for an entry that stands for many; else 1.
    #[serde(default = "once")]
    pub times: u64,
    /// The limits that were full from then on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub full: Vec<FullBucket>,
}

const fn once() -> u64 {
    1
}

/// An entry with its place in the trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberedEntry {
    /// Later entries have greater numbers.
    pub seq: i64,
    /// The entry.
    pub entry: AuditEntry,
}

/// A page of the trail, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditPage {
    /// Its entries; damaged ones are left out.
    pub entries: Vec<NumberedEntry>,
    /// The number that the next page is before; `None` on the last page.
    pub next: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_stored_as_one_flat_document() {
        let entry = AuditEntry {
            at: Timestamp::from_millis(0),
            event: AuditEvent::Exported,
            actor: AuditActor::ApiToken("backup".to_owned()),
            address: Some("198.51.100.7".parse().unwrap()),
            subject: "people".to_owned(),
            times: 1,
            full: Vec::new(),
        };
        let doc = serde_json::to_value(&entry).unwrap();
        assert_eq!(
            (&doc["who"], &doc["name"], &doc["address"]),
            (&"api_token".into(), &"backup".into(), &"198.51.100.7".into())
        );
        assert_eq!(serde_json::from_value::<AuditEntry>(doc).unwrap(), entry);
        let old: AuditEntry =
            serde_json::from_str(r#"{"at":"2026-01-01T00:00:00Z","event":"signed_in","who":"stranger"}"#).unwrap();
        assert_eq!((old.times, old.address), (1, None));
    }

    #[test]
    fn strangers_cause_what_needs_neither_account_nor_token() {
        let by_strangers: Vec<_> = AuditEvent::ALL.iter().filter(|event| event.is_by_strangers()).collect();
        assert_eq!(by_strangers, [&AuditEvent::SignInFailed, &AuditEvent::LockedOut, &AuditEvent::PinLocked]);
    }
}
