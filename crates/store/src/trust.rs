//! The key, passwords, and the trail of access.

use crate::{Account, ResetLink, StoreResult, StoredPassword};
use async_trait::async_trait;
use domain::{
    Timestamp,
    audit::{AuditEntry, AuditPage},
    journal::change::KeyedHash,
    types::ids::{AccountId, SessionId},
};

/// What the database knows of its key, passwords, and the trail of access.
#[async_trait]
pub trait TrustStore {
    /// What is stored of the key that the database belongs to; `None` when nothing is yet.
    async fn find_key_check(&self) -> StoreResult<Option<KeyedHash>>;
    /// Stores which key the database belongs to.
    async fn save_key_check(&self, check: KeyedHash) -> StoreResult<()>;
    /// Replaces an account's password, unless it is no longer `old`. Its sessions end and its one-time link is void; returns
    /// the sessions that ended. `None` when the password was not replaced.
    async fn change_password(
        &self,
        account: AccountId,
        old: &StoredPassword,
        new: &StoredPassword,
    ) -> StoreResult<Option<Vec<SessionId>>>;
    /// Stores the same password in today's form, unless it is no longer `old`.
    async fn upgrade_password(&self, account: AccountId, old: &StoredPassword, new: &StoredPassword)
    -> StoreResult<()>;
    /// Stores a one-time link; it replaces the account's earlier one.
    async fn save_reset_link(&self, link: &ResetLink) -> StoreResult<()>;
    /// The account that a one-time link is for, while it works.
    async fn find_reset_link(&self, token: KeyedHash, now: Timestamp) -> StoreResult<Option<Account>>;
    /// Uses a one-time link: replaces the account's password. Its sessions end; returns them. `None` when the link does not
    /// work any more.
    async fn use_reset_link(
        &self,
        token: KeyedHash,
        now: Timestamp,
        new: &StoredPassword,
    ) -> StoreResult<Option<Vec<SessionId>>>;
    /// Adds an entry to the trail, and returns its number. Of very many entries the oldest are dropped.
    async fn add_audit_entry(&self, entry: &AuditEntry) -> StoreResult<i64>;
    /// Sets how often an entry stands for.
    async fn count_audit_entry(&self, seq: i64, times: u64) -> StoreResult<()>;
    /// At most `limit` entries before number `before`, or the latest, newest first.
    async fn list_audit_entries(&self, before: Option<i64>, limit: u32) -> StoreResult<AuditPage>;
    /// Entries about limits that were full at `since` or later, oldest first.
    async fn lock_outs(&self, since: Timestamp) -> StoreResult<Vec<AuditEntry>>;
}
