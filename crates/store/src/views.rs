//! Queries of lists and details.

use crate::StoreResult;
use async_trait::async_trait;
use domain::{
    Timestamp,
    journal::JournalEvent,
    list::{InvitationQuery, Page, PersonQuery, SlotQuery},
    slot::{SlotRow, attention::Cause},
    types::ids::{DeviceId, InvitationId, PersonId, SlotId},
    views::{InvitationRow, PersonRow, StoredInventory, TimedReport},
};

/// Pages and details for the views.
#[async_trait]
pub trait ViewStore {
    /// A page of the Mobile devices view, as it is at `now`.
    async fn list_slots(&self, query: &SlotQuery, now: Timestamp) -> StoreResult<Page<SlotRow>>;
    /// All rows that match a query at `now`, on every page, in its order; at most `limit`.
    async fn matching_slots(&self, query: &SlotQuery, now: Timestamp, limit: usize) -> StoreResult<Vec<SlotId>>;
    /// How many rows need attention at `now`, for every cause (0 included), in the order of the causes.
    async fn attention_counts(&self, now: Timestamp) -> StoreResult<Vec<(Cause, u64)>>;
    /// A row of the Mobile devices view.
    async fn find_slot(&self, id: SlotId) -> StoreResult<Option<SlotRow>>;
    /// A page of the Invitations view.
    async fn list_invitations(&self, query: &InvitationQuery) -> StoreResult<Page<InvitationRow>>;
    /// All invitations that match a query, on every page, in its order; at most `limit`.
    async fn matching_invitations(&self, query: &InvitationQuery, limit: usize) -> StoreResult<Vec<InvitationId>>;
    /// Rows of the Invitations view, in the order of `ids`; without those that do not exist.
    async fn invitation_rows(&self, ids: &[InvitationId]) -> StoreResult<Vec<InvitationRow>>;
    /// A row of the Invitations view.
    async fn find_invitation_row(&self, id: InvitationId) -> StoreResult<Option<InvitationRow>>;
    /// A page of the People view.
    async fn list_people(&self, query: &PersonQuery) -> StoreResult<Page<PersonRow>>;
    /// All people who match a query, on every page, in its order; at most `limit`.
    async fn matching_people(&self, query: &PersonQuery, limit: usize) -> StoreResult<Vec<PersonId>>;
    /// Rows of the People view, in the order of `ids`; without those that do not exist.
    async fn people_rows(&self, ids: &[PersonId]) -> StoreResult<Vec<PersonRow>>;
    /// Rows of the People view by email (in lower case), in any order.
    async fn people_by_email(&self, emails: &[&str]) -> StoreResult<Vec<PersonRow>>;
    /// Rows of the Mobile devices view, in the order of `ids`; without those that do not exist.
    async fn slot_rows(&self, ids: &[SlotId]) -> StoreResult<Vec<SlotRow>>;
    /// A row of the People view.
    async fn find_person_row(&self, id: PersonId) -> StoreResult<Option<PersonRow>>;
    /// A device's latest heartbeat, with the latest value of every part that it ever reported, and when.
    async fn find_report(&self, id: DeviceId) -> StoreResult<Option<TimedReport>>;
    /// A device's latest inventory.
    async fn find_inventory(&self, id: DeviceId) -> StoreResult<Option<StoredInventory>>;
    /// The journal entries of a row, newest first.
    async fn timeline(&self, slot: &SlotRow, limit: u32) -> StoreResult<Vec<JournalEvent>>;
    /// Journal entries after `seq`, in order.
    async fn journal_after(&self, seq: i64, limit: u32) -> StoreResult<Vec<JournalEvent>>;
    /// The sequence number of the latest entry; 0 when there is none.
    async fn journal_head(&self) -> StoreResult<i64>;
}
