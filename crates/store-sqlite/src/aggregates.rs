//! Loading aggregates and committing changes.

use crate::{
    SqliteStore,
    damaged::needed,
    fault::fault,
    rows::{self, devices_where, get},
};
use async_trait::async_trait;
use domain::{
    aggregate::PersonAggregate,
    device::Device,
    invitation::Invitation,
    journal::{
        JournalEvent,
        change::{Change, KeyedHash, SealedCredentials},
    },
    slot::Slot,
    types::ids::{DeviceId, InvitationId, PersonId},
};
use sqlx::{AssertSqlSafe, SqliteConnection};
use store::{AggregateStore, DeviceSecrets, StoreResult};
use uuid::Uuid;

/// Selects slots by a condition, which may be followed by an order.
fn slots_where(condition: &'static str) -> AssertSqlSafe<String> {
    AssertSqlSafe(format!(
        "select slots.id, slot_docs.slot_doc, slots.version from slots join slot_docs on slot_docs.slot_key = slots.key \
         where {condition}"
    ))
}

/// The person and the active invitation. Callers pass a transaction, so that all parts of an aggregate are of one moment.
async fn load_root(db: &mut SqliteConnection, id: PersonId) -> StoreResult<Option<PersonAggregate>> {
    let person =
        sqlx::query("select * from people where id = ?").bind(id.0).fetch_optional(&mut *db).await.map_err(fault)?;
    let Some(person) = person else { return Ok(None) };
    let invitation = sqlx::query("select id, doc, version from invitations where person_id = ? and is_active = 1")
        .bind(id.0)
        .fetch_optional(db)
        .await
        .map_err(fault)?;
    let invitation = invitation.as_ref().map(|row| needed("invitations", row, rows::invitation)).transpose()?;
    Ok(Some(PersonAggregate {
        person: needed("people", &person, rows::person)?,
        invitation,
        devices: Vec::new(),
        slots: Vec::new(),
    }))
}

#[async_trait]
impl AggregateStore for SqliteStore {
    async fn load_person(&self, id: PersonId) -> StoreResult<Option<PersonAggregate>> {
        let mut db = self.readers.begin().await.map_err(fault)?;
        let Some(mut aggregate) = load_root(&mut db, id).await? else { return Ok(None) };
        let sql = devices_where("devices.person_id = ? and devices.deleted_at is null order by devices.id");
        let devices = sqlx::query(sql).bind(id.0).fetch_all(&mut *db).await.map_err(fault)?;
        aggregate.devices =
            devices.iter().map(|row| needed("devices", row, rows::device)).collect::<StoreResult<Vec<Device>>>()?;
        let slots = sqlx::query(slots_where("slots.person_id = ? order by slots.id"))
            .bind(id.0)
            .fetch_all(&mut *db)
            .await
            .map_err(fault)?;
        aggregate.slots =
            slots.iter().map(|row| needed("slots", row, rows::slot)).collect::<StoreResult<Vec<Slot>>>()?;
        Ok(Some(aggregate))
    }

    async fn load_device(&self, id: DeviceId) -> StoreResult<Option<PersonAggregate>> {
        let mut db = self.readers.begin().await.map_err(fault)?;
        let device = sqlx::query(devices_where("devices.id = ? and devices.deleted_at is null"))
            .bind(id.0)
            .fetch_optional(&mut *db)
            .await
            .map_err(fault)?;
        let Some(device) = device.as_ref().map(|row| needed("devices", row, rows::device)).transpose()? else {
            return Ok(None);
        };
        let Some(mut aggregate) = load_root(&mut db, device.person_id).await? else { return Ok(None) };
        let slots = sqlx::query(slots_where("slots.id = ?"))
            .bind(device.slot_id.0)
            .fetch_all(&mut *db)
            .await
            .map_err(fault)?;
        aggregate.slots =
            slots.iter().map(|row| needed("slots", row, rows::slot)).collect::<StoreResult<Vec<Slot>>>()?;
        aggregate.devices.push(device);
        Ok(Some(aggregate))
    }

    async fn find_person(&self, email: &str) -> StoreResult<Option<PersonId>> {
        let id: Option<Uuid> = sqlx::query_scalar("select id from people where email = ?")
            .bind(email)
            .fetch_optional(&self.readers)
            .await
            .map_err(fault)?;
        Ok(id.map(PersonId))
    }

    async fn find_invitation(&self, id: InvitationId) -> StoreResult<Option<Invitation>> {
        let row = sqlx::query("select id, doc, version from invitations where id = ?")
            .bind(id.0)
            .fetch_optional(&self.readers)
            .await
            .map_err(fault)?;
        row.as_ref().map(|row| needed("invitations", row, rows::invitation)).transpose()
    }

    async fn find_invitation_by_token(&self, hash: KeyedHash) -> StoreResult<Option<Invitation>> {
        let row = sqlx::query("select id, doc, version from invitations where token_hash = ?")
            .bind(&hash.0[..])
            .fetch_optional(&self.readers)
            .await
            .map_err(fault)?;
        row.as_ref().map(|row| needed("invitations", row, rows::invitation)).transpose()
    }

    async fn find_credentials(&self, id: InvitationId) -> StoreResult<Option<SealedCredentials>> {
        let row = sqlx::query("select token_sealed, pin_sealed, token_hash, pin_hash from invitations where id = ?")
            .bind(id.0)
            .fetch_optional(&self.readers)
            .await
            .map_err(fault)?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(SealedCredentials {
            token: get(&row, "token_sealed")?,
            pin: get(&row, "pin_sealed")?,
            token_hash: rows::hash(&row, "token_hash")?,
            pin_hash: rows::hash(&row, "pin_hash")?,
        }))
    }

    async fn find_device(&self, person: PersonId, installation: KeyedHash) -> StoreResult<Option<DeviceId>> {
        let id: Option<Uuid> = sqlx::query_scalar(
            "select id from devices where person_id = ? and installation_hash = ? and deleted_at is null",
        )
        .bind(person.0)
        .bind(&installation.0[..])
        .fetch_optional(&self.readers)
        .await
        .map_err(fault)?;
        Ok(id.map(DeviceId))
    }

    async fn find_secrets(&self, id: DeviceId) -> StoreResult<Option<DeviceSecrets>> {
        let found = sqlx::query(
            "select s.hash from device_secrets s join devices d on d.id = s.device_id \
             where s.device_id = ? and d.deleted_at is null order by s.seq",
        )
        .bind(id.0)
        .fetch_all(&self.readers)
        .await
        .map_err(fault)?;
        let secrets = found.iter().map(|row| rows::hash(row, "hash")).collect::<StoreResult<Vec<_>>>()?;
        Ok((!secrets.is_empty()).then_some(DeviceSecrets(secrets)))
    }

    async fn commit(&self, change: Change) -> StoreResult<Vec<JournalEvent>> {
        if change.is_empty() {
            return Ok(Vec::new());
        }
        self.writer.commit(change).await
    }
}
