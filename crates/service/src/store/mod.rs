//! Storage: one trait, so that engines can be exchanged, and one contract suite that every engine has to pass.

pub mod sqlite;

#[cfg(test)]
mod contract;

use async_trait::async_trait;
use domain::{
    Timestamp,
    aggregate::PersonAggregate,
    device::command::Command,
    invitation::Invitation,
    journal::{
        JournalEvent,
        change::{Change, KeyedHash, SealedCredentials},
    },
    list::{InvitationQuery, Page, PersonQuery, SlotQuery},
    mail::Mail,
    slot::{
        SlotRow,
        attention::Cause,
        reminder::{ReminderPolicy, ReminderRule},
    },
    types::ids::{AccountId, ApiTokenId, CommandId, DeviceId, InvitationId, PersonId, SessionId, SlotId},
    views::{InvitationRow, KnownInventory, PersonRow, TimedReport},
};
use tokio::sync::broadcast;

/// Why the store did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Something was changed since it was read: load and decide again.
    #[error("a row was changed by someone else")]
    Conflict,
    /// Another person or account has this email.
    #[error("another person has this email")]
    EmailTaken,
    /// Another API token has this name.
    #[error("this name is taken")]
    NameTaken,
    /// A row that cannot be read back.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// The store is shutting down.
    #[error("the store is closed")]
    Closed,
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
}

/// What a store answers.
pub type StoreResult<T> = Result<T, StoreError>;

/// A device's secrets, hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeviceSecrets {
    /// The latest.
    pub current: KeyedHash,
    /// The one before, until the latest was used.
    pub previous: Option<KeyedHash>,
}

/// An account of the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Identity.
    pub id: AccountId,
    /// Email, in lower case.
    pub email: String,
    /// Argon2id hash in PHC form.
    pub password_hash: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Identity.
    pub id: SessionId,
    /// Hash of its cookie.
    pub token_hash: KeyedHash,
    /// Whose it is.
    pub account_id: AccountId,
    /// Email of the account.
    pub email: String,
    /// The language that the account chose, as a tag.
    pub language: Option<String>,
    /// What the browser called itself.
    pub user_agent: String,
    /// When it signed in.
    pub created_at: Timestamp,
    /// When it was last seen.
    pub last_seen_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Timestamp,
}

/// A bearer token of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Identity.
    pub id: ApiTokenId,
    /// Its name, unique; the journal shows it.
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
    /// Whose row it is.
    pub person_id: PersonId,
    /// The row.
    pub slot_id: SlotId,
    /// From when on it needs attention.
    pub since: Timestamp,
}

/// Loads aggregates and commits changes: the one way in which anything about people, invitations and devices is written.
#[async_trait]
pub trait AggregateStore {
    /// A person with the active invitation, the devices that were not deleted, and their rows.
    async fn load_person(&self, id: PersonId) -> StoreResult<Option<PersonAggregate>>;
    /// The same around one device: of the devices and rows only that device and its own. `None` when it was deleted.
    async fn load_device(&self, id: DeviceId) -> StoreResult<Option<PersonAggregate>>;
    /// The person who has an email (in lower case).
    async fn find_person(&self, email: &str) -> StoreResult<Option<PersonId>>;
    /// An invitation in any state.
    async fn find_invitation(&self, id: InvitationId) -> StoreResult<Option<Invitation>>;
    /// The invitation that a token belongs to, in any state.
    async fn find_invitation_by_token(&self, hash: KeyedHash) -> StoreResult<Option<Invitation>>;
    /// An invitation's credentials.
    async fn find_credentials(&self, id: InvitationId) -> StoreResult<Option<SealedCredentials>>;
    /// The device of a person that has an installation id.
    async fn find_device(&self, person: PersonId, installation: KeyedHash) -> StoreResult<Option<DeviceId>>;
    /// A device's secrets; `None` when it was deleted.
    async fn find_secrets(&self, id: DeviceId) -> StoreResult<Option<DeviceSecrets>>;
    /// Forgets the secret before `current`, unless `current` is no longer the latest.
    async fn forget_previous_secret(&self, id: DeviceId, current: KeyedHash) -> StoreResult<()>;
    /// Writes a change as a whole, and returns its journal entries with their sequence numbers once it is durable.
    async fn commit(&self, change: Change) -> StoreResult<Vec<JournalEvent>>;
}

/// Pages and details for the views.
#[async_trait]
pub trait ViewStore {
    /// A page of the Mobile devices view, as it is at `now`.
    async fn list_slots(&self, query: &SlotQuery, now: Timestamp) -> StoreResult<Page<SlotRow>>;
    /// The rows that match a query at `now`, on whatever page they are, in its order; at most `limit`.
    async fn matching_slots(&self, query: &SlotQuery, now: Timestamp, limit: usize) -> StoreResult<Vec<SlotId>>;
    /// How many rows need attention at `now`, for each cause, in the causes' order; also of those that no row has.
    async fn attention_counts(&self, now: Timestamp) -> StoreResult<Vec<(Cause, u64)>>;
    /// A row of the Mobile devices view.
    async fn find_slot(&self, id: SlotId) -> StoreResult<Option<SlotRow>>;
    /// A page of the Invitations view.
    async fn list_invitations(&self, query: &InvitationQuery) -> StoreResult<Page<InvitationRow>>;
    /// A row of the Invitations view.
    async fn find_invitation_row(&self, id: InvitationId) -> StoreResult<Option<InvitationRow>>;
    /// A page of the People view.
    async fn list_people(&self, query: &PersonQuery) -> StoreResult<Page<PersonRow>>;
    /// The people who match a query, on whatever page they are, in its order; at most `limit`.
    async fn matching_people(&self, query: &PersonQuery, limit: usize) -> StoreResult<Vec<PersonId>>;
    /// Rows of the People view, in the order of `ids`; without those that do not exist.
    async fn people_rows(&self, ids: &[PersonId]) -> StoreResult<Vec<PersonRow>>;
    /// Rows of the People view by email (in lower case), in no order.
    async fn people_by_email(&self, emails: &[&str]) -> StoreResult<Vec<PersonRow>>;
    /// Rows of the Mobile devices view, in the order of `ids`; without those that are gone.
    async fn slot_rows(&self, ids: &[SlotId]) -> StoreResult<Vec<SlotRow>>;
    /// A row of the People view.
    async fn find_person_row(&self, id: PersonId) -> StoreResult<Option<PersonRow>>;
    /// A device's latest heartbeat, with the latest of everything that it ever told, and when.
    async fn find_report(&self, id: DeviceId) -> StoreResult<Option<TimedReport>>;
    /// A device's latest inventory.
    async fn find_inventory(&self, id: DeviceId) -> StoreResult<Option<KnownInventory>>;
    /// What happened in a row, newest first.
    async fn timeline(&self, slot: &SlotRow, limit: u32) -> StoreResult<Vec<JournalEvent>>;
    /// Journal entries after `seq`, in order.
    async fn journal_after(&self, seq: i64, limit: u32) -> StoreResult<Vec<JournalEvent>>;
    /// The sequence number of the latest entry; 0 when there is none.
    async fn journal_head(&self) -> StoreResult<i64>;
}

/// What workers look for.
#[async_trait]
pub trait WorkStore {
    /// Takes mails that are due: they are `sending` from now on, with one attempt more.
    async fn claim_mails(&self, now: Timestamp, limit: u32) -> StoreResult<Vec<Mail>>;
    /// Mails that were being sent when the process ended.
    async fn interrupted_mails(&self) -> StoreResult<Vec<Mail>>;
    /// When the next mail is due.
    async fn next_mail_at(&self) -> StoreResult<Option<Timestamp>>;
    /// Devices that fell silent: enrolled ones without contact since `silent_before`, enrolling ones since `stalled_before`.
    async fn silent_devices(
        &self,
        silent_before: Timestamp,
        stalled_before: Timestamp,
        limit: u32,
    ) -> StoreResult<Vec<DeviceId>>;
    /// Active invitations whose time has run out.
    async fn expired_invitations(&self, now: Timestamp, limit: u32) -> StoreResult<Vec<(PersonId, InvitationId)>>;
    /// Commands whose time has run out.
    async fn expired_commands(&self, now: Timestamp, limit: u32) -> StoreResult<Vec<Command>>;
    /// Commands that a device may be given now: not leased, not at their end, oldest first.
    async fn waiting_commands(&self, device: DeviceId, now: Timestamp, limit: u32) -> StoreResult<Vec<Command>>;
    /// Rows that a reminder may be due for by `rule` at `now`, in the order of the moments from which they have been stuck,
    /// beyond `after`. Whether it is due is decided with the whole person at hand.
    async fn remindable_slots(
        &self,
        rule: ReminderRule,
        now: Timestamp,
        after: Option<StuckSlot>,
        limit: u32,
    ) -> StoreResult<Vec<StuckSlot>>;
    /// Of which causes people are reminded.
    async fn find_reminders(&self) -> StoreResult<ReminderPolicy>;
    /// Keeps of which causes people are reminded.
    async fn save_reminders(&self, policy: &ReminderPolicy) -> StoreResult<()>;
    /// A device's commands that have not come to their end.
    async fn open_commands(&self, device: DeviceId) -> StoreResult<Vec<Command>>;
    /// A device's latest commands, newest first.
    async fn list_commands(&self, device: DeviceId, limit: u32) -> StoreResult<Vec<Command>>;
    /// A command.
    async fn find_command(&self, id: CommandId) -> StoreResult<Option<Command>>;
}

/// Accounts, sessions and API tokens.
#[async_trait]
pub trait AccountStore {
    /// Whether there is an account.
    async fn has_accounts(&self) -> StoreResult<bool>;
    /// Adds an account; [`StoreError::EmailTaken`] when the email has one.
    async fn create_account(&self, account: &Account) -> StoreResult<()>;
    /// Adds the first account and forgets the one-time link, in one transaction; false when there is an account already
    /// or `setup` is not the link's hash.
    async fn create_first_account(&self, account: &Account, setup: KeyedHash) -> StoreResult<bool>;
    /// Keeps the language that an account chose, as a tag; `None`: none.
    async fn set_account_language(&self, account: AccountId, language: Option<&str>) -> StoreResult<()>;
    /// The account that has an email (in lower case).
    async fn find_account(&self, email: &str) -> StoreResult<Option<Account>>;
    /// Remembers the hash of the one-time link.
    async fn save_setup(&self, hash: KeyedHash) -> StoreResult<()>;
    /// The hash of the one-time link.
    async fn find_setup(&self) -> StoreResult<Option<KeyedHash>>;
    /// Adds a session.
    async fn create_session(&self, session: &Session) -> StoreResult<()>;
    /// The session of a cookie.
    async fn find_session(&self, token: KeyedHash) -> StoreResult<Option<Session>>;
    /// Notes that a session was seen.
    async fn touch_session(&self, id: SessionId, now: Timestamp, expires_at: Timestamp) -> StoreResult<()>;
    /// An account's sessions, latest seen first.
    async fn list_sessions(&self, account: AccountId, now: Timestamp) -> StoreResult<Vec<Session>>;
    /// Ends a session of an account; false when there was none.
    async fn delete_session(&self, account: AccountId, id: SessionId) -> StoreResult<bool>;
    /// Removes sessions that have run out.
    async fn delete_expired_sessions(&self, now: Timestamp) -> StoreResult<()>;
    /// Adds an API token; [`StoreError::NameTaken`] when the name is in use.
    async fn create_api_token(&self, token: &ApiToken) -> StoreResult<()>;
    /// The API token that a bearer token belongs to.
    async fn find_api_token(&self, token: KeyedHash) -> StoreResult<Option<ApiToken>>;
    /// Notes that an API token was used.
    async fn touch_api_token(&self, id: ApiTokenId, now: Timestamp) -> StoreResult<()>;
    /// All API tokens, by name.
    async fn list_api_tokens(&self) -> StoreResult<Vec<ApiToken>>;
    /// Removes an API token; false when there was none.
    async fn delete_api_token(&self, name: &str) -> StoreResult<bool>;
}

/// Everything that Rollcall stores.
#[async_trait]
pub trait Store: AggregateStore + ViewStore + WorkStore + AccountStore + Send + Sync {
    /// Journal entries as they are committed, in their order, from now on.
    fn subscribe(&self) -> broadcast::Receiver<JournalEvent>;
    /// Whether the database answers.
    async fn ping(&self) -> StoreResult<()>;
    /// Finishes what was begun and closes the database.
    async fn close(&self);
}
