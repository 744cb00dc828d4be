//! Aggregates and changes.

use crate::StoreResult;
use async_trait::async_trait;
use domain::{
    aggregate::PersonAggregate,
    invitation::Invitation,
    journal::{
        JournalEvent,
        change::{Change, KeyedHash, SealedCredentials},
    },
    types::ids::{DeviceId, InvitationId, PersonId},
};

/// Loads aggregates and commits changes. Everything about people, invitations and devices is written by `commit`.
#[async_trait]
pub trait AggregateStore {
    /// A person with the active invitation, the devices that were not deleted, and their rows.
    async fn load_person(&self, id: PersonId) -> StoreResult<Option<PersonAggregate>>;
    /// The aggregate for a decision about one device: the person with only that device and its row. `None` when it was
    /// deleted.
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
    /// Writes a change atomically and returns its journal entries with their sequence numbers, once it is durable.
    /// [`crate::StoreError::Conflict`] when a row has changed since it was read.
    async fn commit(&self, change: Change) -> StoreResult<Vec<JournalEvent>>;
}
