//! Access to the console and the REST API.

use crate::{Account, AccountAddress, ApiToken, LastUses, Session, StoreResult};
use async_trait::async_trait;
use domain::{
    Timestamp,
    journal::change::KeyedHash,
    types::ids::{AccountId, SessionId},
};

/// Accounts, sessions and API tokens.
#[async_trait]
pub trait AccountStore {
    /// Whether there is an account.
    async fn has_accounts(&self) -> StoreResult<bool>;
    /// Adds an account; [`crate::StoreError::EmailTaken`] when the email has one.
    async fn create_account(&self, account: &Account) -> StoreResult<()>;
    /// Adds the first account and deletes the one-time link, in one transaction; false when there is an account already
    /// or `setup` is not the link's hash.
    async fn create_first_account(&self, account: &Account, setup: KeyedHash) -> StoreResult<bool>;
    /// Stores the language that an account chose, as a language tag; `None` for no choice.
    async fn set_account_language(&self, account: AccountId, language: Option<&str>) -> StoreResult<()>;
    /// The account that has an email (in lower case).
    async fn find_account(&self, email: &str) -> StoreResult<Option<Account>>;
    /// Where all accounts are reached, by email.
    async fn account_addresses(&self) -> StoreResult<Vec<AccountAddress>>;
    /// Stores the hash of the one-time link.
    async fn save_setup(&self, hash: KeyedHash) -> StoreResult<()>;
    /// The hash of the one-time link.
    async fn find_setup(&self) -> StoreResult<Option<KeyedHash>>;
    /// Adds a session.
    async fn create_session(&self, session: &Session) -> StoreResult<()>;
    /// The session of a cookie.
    async fn find_session(&self, token: KeyedHash) -> StoreResult<Option<Session>>;
    /// Records when sessions and API tokens were last used, all together. Earlier times than those that are stored change
    /// nothing.
    async fn record_uses(&self, uses: LastUses) -> StoreResult<()>;
    /// An account's sessions, latest seen first.
    async fn list_sessions(&self, account: AccountId, now: Timestamp) -> StoreResult<Vec<Session>>;
    /// Ends a session of an account; false when there was none.
    async fn delete_session(&self, account: AccountId, id: SessionId) -> StoreResult<bool>;
    /// Removes expired sessions.
    async fn delete_expired_sessions(&self, now: Timestamp) -> StoreResult<()>;
    /// Adds an API token; [`crate::StoreError::NameTaken`] when the name is in use.
    async fn create_api_token(&self, token: &ApiToken) -> StoreResult<()>;
    /// The API token that a bearer token belongs to.
    async fn find_api_token(&self, token: KeyedHash) -> StoreResult<Option<ApiToken>>;
    /// All API tokens, by name.
    async fn list_api_tokens(&self) -> StoreResult<Vec<ApiToken>>;
    /// Removes an API token; false when there was none.
    async fn delete_api_token(&self, name: &str) -> StoreResult<bool>;
}
