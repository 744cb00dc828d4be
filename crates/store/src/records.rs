//! Records that are not part of the domain: accounts, sessions, API tokens, secrets of devices.

use domain::{
    Timestamp,
    journal::change::KeyedHash,
    types::ids::{AccountId, ApiTokenId, PersonId, SessionId, SlotId},
};
use std::fmt;

/// A device's secrets, hashed, in the order in which it got them: the last one that it used, then those that it has not
/// used yet. All of them are valid. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceSecrets(pub Vec<KeyedHash>);

/// An account of the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Identity.
    pub id: AccountId,
    /// Email, in lower case.
    pub email: String,
    /// Its password.
    pub password: StoredPassword,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Where an account is reached by mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountAddress {
    /// The account.
    pub id: AccountId,
    /// Its email, in lower case.
    pub email: String,
    /// The language that it chose, as a language tag.
    pub language: Option<String>,
}

/// A password as it is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredPassword {
    /// Argon2id hash in PHC form.
    pub hash: String,
    /// How the password was prepared before it was hashed.
    pub scheme: PasswordScheme,
}

impl fmt::Debug for StoredPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoredPassword(…)")
    }
}

/// How a password was prepared before it was hashed. The numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordScheme {
    /// Not at all: the bytes as they came.
    AsTyped = 1,
    /// One spelling for each character (NFC), and one kind of space.
    Prepared = 2,
}

/// What a database tells of the key that it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyEvidence {
    /// What it has stored of the key; `None` when it was never bound to one.
    pub check: Option<KeyedHash>,
    /// Some of its sealed enrollment tokens.
    pub sealed_tokens: Vec<Vec<u8>>,
}

/// A one-time link that replaces the password of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResetLink {
    /// Hash of its token.
    pub token_hash: KeyedHash,
    /// The account.
    pub account_id: AccountId,
    /// Until when it works.
    pub expires_at: Timestamp,
}

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Identity.
    pub id: SessionId,
    /// Hash of its cookie.
    pub token_hash: KeyedHash,
    /// The account.
    pub account_id: AccountId,
    /// Email of the account.
    pub email: String,
    /// The language that the account chose, as a language tag.
    pub language: Option<String>,
    /// The browser's user agent.
    pub user_agent: String,
    /// When it signed in.
    pub created_at: Timestamp,
    /// When it was last seen.
    pub last_seen_at: Timestamp,
    /// When it expires.
    pub expires_at: Timestamp,
}

/// A bearer token of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Identity.
    pub id: ApiTokenId,
    /// Its unique name, which the journal shows.
    pub name: String,
    /// Hash of the token.
    pub token_hash: KeyedHash,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
}

/// A row that has been stuck for some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StuckSlot {
    /// The person.
    pub person_id: PersonId,
    /// The row.
    pub slot_id: SlotId,
    /// Since when it needs attention.
    pub since: Timestamp,
}

/// When sessions and API tokens were last used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LastUses {
    /// Sessions, with their last use and when they expire by that.
    pub sessions: Vec<(SessionId, Timestamp, Timestamp)>,
    /// API tokens, with their last use.
    pub api_tokens: Vec<(ApiTokenId, Timestamp)>,
}

impl LastUses {
    /// Whether nothing was used.
    pub fn is_empty(&self) -> bool {
        self.sessions.is_empty() && self.api_tokens.is_empty()
    }
}
