//! Pages and details for the views.

use crate::{
    SqliteStore,
    damaged::{readable, unless_damaged},
    fault::fault,
    list::{
        by_id, invitations, people,
        rows::{
            INVITATION_COLUMNS, INVITATION_TABLES, PERSON_COLUMNS, PERSON_TABLES, SLOT_COLUMNS, SLOT_TABLES, invitation_row,
            person_row, slot_row,
        },
        slots,
    },
    rows::{self, InventoryDoc, get},
};
use async_trait::async_trait;
use domain::{
    Timestamp,
    journal::JournalEvent,
    list::{InvitationQuery, Page, PersonQuery, SlotQuery},
    slot::{SlotRow, attention::Cause},
    types::ids::{DeviceId, InvitationId, PersonId, SlotId},
    views::{InvitationRow, PersonRow, StoredInventory, TimedReport},
};
use sqlx::sqlite::SqliteRow;
use store::{StoreResult, ViewStore};

fn stored_inventory(row: &SqliteRow) -> StoreResult<StoredInventory> {
    let InventoryDoc { inventory, since } = rows::from_doc(get(row, "doc")?)?;
    Ok(StoredInventory { etag: get(row, "etag")?, at: rows::time(row, "at")?, inventory, since })
}

#[async_trait]
impl ViewStore for SqliteStore {
    async fn list_slots(&self, query: &SlotQuery, now: Timestamp) -> StoreResult<Page<SlotRow>> {
        slots::list(&self.readers, query, now).await
    }

    async fn matching_slots(&self, query: &SlotQuery, now: Timestamp, limit: usize) -> StoreResult<Vec<SlotId>> {
        slots::matching(&self.readers, query, now, limit).await
    }

    async fn attention_counts(&self, now: Timestamp) -> StoreResult<Vec<(Cause, u64)>> {
        slots::attention_counts(&self.readers, now).await
    }

    async fn find_slot(&self, id: SlotId) -> StoreResult<Option<SlotRow>> {
        let mut query = sqlx::QueryBuilder::new("select ");
        query.push(SLOT_COLUMNS).push(" from ").push(SLOT_TABLES).push(" where slots.id = ").push_bind(id.0);
        let row = query.build().fetch_optional(&self.readers).await.map_err(fault)?;
        row.as_ref().map(slot_row).transpose()
    }

    async fn list_invitations(&self, query: &InvitationQuery) -> StoreResult<Page<InvitationRow>> {
        invitations::invitations(&self.readers, query).await
    }

    async fn matching_invitations(&self, query: &InvitationQuery, limit: usize) -> StoreResult<Vec<InvitationId>> {
        invitations::matching(&self.readers, query, limit).await
    }

    async fn invitation_rows(&self, ids: &[InvitationId]) -> StoreResult<Vec<InvitationRow>> {
        by_id::invitations(&self.readers, ids).await
    }

    async fn find_invitation_row(&self, id: InvitationId) -> StoreResult<Option<InvitationRow>> {
        let mut query = sqlx::QueryBuilder::new("select ");
        query.push(INVITATION_COLUMNS).push(" from ").push(INVITATION_TABLES).push(" where i.id = ").push_bind(id.0);
        let row = query.build().fetch_optional(&self.readers).await.map_err(fault)?;
        row.as_ref().map(invitation_row).transpose()
    }

    async fn list_people(&self, query: &PersonQuery) -> StoreResult<Page<PersonRow>> {
        people::people(&self.readers, query).await
    }

    async fn matching_people(&self, query: &PersonQuery, limit: usize) -> StoreResult<Vec<PersonId>> {
        people::matching_people(&self.readers, query, limit).await
    }

    async fn people_rows(&self, ids: &[PersonId]) -> StoreResult<Vec<PersonRow>> {
        by_id::people(&self.readers, ids).await
    }

    async fn people_by_email(&self, emails: &[&str]) -> StoreResult<Vec<PersonRow>> {
        by_id::people_by_email(&self.readers, emails).await
    }

    async fn slot_rows(&self, ids: &[SlotId]) -> StoreResult<Vec<SlotRow>> {
        by_id::slots(&self.readers, ids).await
    }

    async fn find_person_row(&self, id: PersonId) -> StoreResult<Option<PersonRow>> {
        let mut query = sqlx::QueryBuilder::new("select ");
        query.push(PERSON_COLUMNS).push(" from ").push(PERSON_TABLES).push(" where p.id = ").push_bind(id.0);
        let row = query.build().fetch_optional(&self.readers).await.map_err(fault)?;
        row.as_ref().map(person_row).transpose()
    }

    async fn find_report(&self, id: DeviceId) -> StoreResult<Option<TimedReport>> {
        let row = sqlx::query("select device_id as id, at, doc from telemetry where device_id = ?")
            .bind(id.0)
            .fetch_optional(&self.readers)
            .await
            .map_err(fault)?;
        let Some(row) = row else { return Ok(None) };
        unless_damaged("telemetry", &row, rows::report)
    }

    async fn find_inventory(&self, id: DeviceId) -> StoreResult<Option<StoredInventory>> {
        let row = sqlx::query("select device_id as id, at, etag, doc from inventories where device_id = ?")
            .bind(id.0)
            .fetch_optional(&self.readers)
            .await
            .map_err(fault)?;
        let Some(row) = row else { return Ok(None) };
        // A new one takes the place of a damaged one.
        unless_damaged("inventories", &row, stored_inventory)
    }

    async fn timeline(&self, slot: &SlotRow, limit: u32) -> StoreResult<Vec<JournalEvent>> {
        let found = sqlx::query(
            "select seq, doc from journal where slot_id = ?1 or device_id = ?2 or (invitation_id = ?3 and slot_id is null) \
             order by seq desc limit ?4",
        )
        .bind(slot.id.0)
        .bind(slot.device.as_ref().map(|d| d.id.0))
        .bind(slot.invitation_id.0)
        .bind(limit)
        .fetch_all(&self.readers)
        .await
        .map_err(fault)?;
        readable("journal", &found, rows::event)
    }

    async fn journal_after(&self, seq: i64, limit: u32) -> StoreResult<Vec<JournalEvent>> {
        let found = sqlx::query("select seq, doc from journal where seq > ? order by seq limit ?")
            .bind(seq)
            .bind(limit)
            .fetch_all(&self.readers)
            .await
            .map_err(fault)?;
        readable("journal", &found, rows::event)
    }

    async fn journal_head(&self) -> StoreResult<i64> {
        let head: Option<i64> =
            sqlx::query_scalar("select max(seq) from journal").fetch_one(&self.readers).await.map_err(fault)?;
        Ok(head.unwrap_or(0))
    }
}
