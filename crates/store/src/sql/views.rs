//! Pages and details for the views.

use super::{
    SqlStore,
    damaged::{readable, unless_damaged},
    database::{Row, get, query},
    documents::{InventoryDoc, from_doc},
    list::{by_id, invitations, people, slots},
    records,
};
use crate::{StoreResult, ViewStore};
use async_trait::async_trait;
use domain::{
    Timestamp,
    journal::JournalEvent,
    list::{InvitationQuery, Page, PersonQuery, SlotQuery},
    slot::{SlotRow, attention::Cause},
    types::ids::{DeviceId, InvitationId, PersonId, SlotId},
    views::{InvitationRow, PersonRow, StoredInventory, TimedReport},
};

fn stored_inventory(row: &Row) -> StoreResult<StoredInventory> {
    let InventoryDoc { inventory, since } = from_doc(get(row, "doc")?)?;
    Ok(StoredInventory { etag: get(row, "etag")?, at: records::time(row, "at")?, inventory, since })
}

#[async_trait]
impl<S: SqlStore> ViewStore for S {
    async fn list_slots(&self, query: &SlotQuery, now: Timestamp) -> StoreResult<Page<SlotRow>> {
        self.slot_page(query, now).await
    }

    async fn matching_slots(&self, query: &SlotQuery, now: Timestamp, limit: usize) -> StoreResult<Vec<SlotId>> {
        self.slots_of(query, now, limit).await
    }

    async fn attention_counts(&self, now: Timestamp) -> StoreResult<Vec<(Cause, u64)>> {
        slots::attention_counts(self, now).await
    }

    async fn find_slot(&self, id: SlotId) -> StoreResult<Option<SlotRow>> {
        Ok(by_id::slots(self.readers(), &[id]).await?.pop())
    }

    async fn list_invitations(&self, query: &InvitationQuery) -> StoreResult<Page<InvitationRow>> {
        invitations::invitations(self, query).await
    }

    async fn matching_invitations(&self, query: &InvitationQuery, limit: usize) -> StoreResult<Vec<InvitationId>> {
        invitations::matching(self, query, limit).await
    }

    async fn invitation_rows(&self, ids: &[InvitationId]) -> StoreResult<Vec<InvitationRow>> {
        by_id::invitations(self.readers(), ids).await
    }

    async fn find_invitation_row(&self, id: InvitationId) -> StoreResult<Option<InvitationRow>> {
        Ok(by_id::invitations(self.readers(), &[id]).await?.pop())
    }

    async fn list_people(&self, query: &PersonQuery) -> StoreResult<Page<PersonRow>> {
        people::people(self, query).await
    }

    async fn matching_people(&self, query: &PersonQuery, limit: usize) -> StoreResult<Vec<PersonId>> {
        people::matching_people(self, query, limit).await
    }

    async fn people_rows(&self, ids: &[PersonId]) -> StoreResult<Vec<PersonRow>> {
        by_id::people(self.readers(), ids).await
    }

    async fn people_by_email(&self, emails: &[&str]) -> StoreResult<Vec<PersonRow>> {
        by_id::people_by_email(self.readers(), emails).await
    }

    async fn slot_rows(&self, ids: &[SlotId]) -> StoreResult<Vec<SlotRow>> {
        by_id::slots(self.readers(), ids).await
    }

    async fn find_person_row(&self, id: PersonId) -> StoreResult<Option<PersonRow>> {
        Ok(by_id::people(self.readers(), &[id]).await?.pop())
    }

    async fn find_report(&self, id: DeviceId) -> StoreResult<Option<TimedReport>> {
        let row = query("select device_id as id, at, doc from telemetry where device_id = $1")
            .bind(id.0)
            .fetch_optional(self.readers())
            .await?;
        let Some(row) = row else { return Ok(None) };
        unless_damaged("telemetry", &row, records::report)
    }

    async fn find_inventory(&self, id: DeviceId) -> StoreResult<Option<StoredInventory>> {
        let row = query("select device_id as id, at, etag, doc from inventories where device_id = $1")
            .bind(id.0)
            .fetch_optional(self.readers())
            .await?;
        let Some(row) = row else { return Ok(None) };
        // A new one takes the place of a damaged one.
        unless_damaged("inventories", &row, stored_inventory)
    }

    async fn timeline(&self, slot: &SlotRow, limit: u32) -> StoreResult<Vec<JournalEvent>> {
        let found = query(
            "select seq, doc from journal where slot_id = $1 or device_id = $2 or (invitation_id = $3 and slot_id is null) \
             order by seq desc limit $4",
        )
        .bind(slot.id.0)
        .bind(slot.device.as_ref().map(|d| d.id.0))
        .bind(slot.invitation_id.0)
        .bind(limit)
        .fetch_all(self.readers())
        .await?;
        readable("journal", &found, records::event)
    }

    async fn journal_after(&self, seq: i64, limit: u32) -> StoreResult<Vec<JournalEvent>> {
        let found = query("select seq, doc from journal where seq > $1 order by seq limit $2")
            .bind(seq)
            .bind(limit)
            .fetch_all(self.readers())
            .await?;
        readable("journal", &found, records::event)
    }

    async fn journal_head(&self) -> StoreResult<i64> {
        let head = query("select coalesce(max(seq), 0) from journal").fetch_value(self.readers()).await?;
        Ok(head.unwrap_or(0))
    }
}
