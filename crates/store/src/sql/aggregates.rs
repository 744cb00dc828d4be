//! Loading aggregates and committing changes.

use super::{
    SqlStore,
    damaged::needed,
    database::{Connection, get, query},
    records,
};
use crate::{AggregateStore, StoreResult};
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
use uuid::Uuid;

/// The person and the active invitation. Callers pass a transaction, so that all parts of an aggregate are of one moment.
async fn load_root(db: &mut dyn Connection, id: PersonId) -> StoreResult<Option<PersonAggregate>> {
    let person = query("select * from people where id = $1").bind(id.0).fetch_optional(&mut *db).await?;
    let Some(person) = person else { return Ok(None) };
    let invitation = query("select id, doc, version from invitations where person_id = $1 and is_active = 1")
        .bind(id.0)
        .fetch_optional(db)
        .await?;
    let invitation = invitation.as_ref().map(|row| needed("invitations", row, records::invitation)).transpose()?;
    Ok(Some(PersonAggregate {
        person: needed("people", &person, records::person)?,
        invitation,
        devices: Vec::new(),
        slots: Vec::new(),
    }))
}

#[async_trait]
impl<S: SqlStore> AggregateStore for S {
    async fn load_person(&self, id: PersonId) -> StoreResult<Option<PersonAggregate>> {
        let mut db = self.readers().snapshot().await?;
        let Some(mut aggregate) = load_root(db.as_mut(), id).await? else { return Ok(None) };
        let devices =
            query(records::devices_where("devices.person_id = $1 and devices.deleted_at is null order by devices.id"))
                .bind(id.0)
                .fetch_all(&mut db)
                .await?;
        aggregate.devices =
            devices.iter().map(|row| needed("devices", row, records::device)).collect::<StoreResult<Vec<Device>>>()?;
        let slots =
            query(records::slots_where("slots.person_id = $1 order by slots.id")).bind(id.0).fetch_all(&mut db).await?;
        aggregate.slots =
            slots.iter().map(|row| needed("slots", row, records::slot)).collect::<StoreResult<Vec<Slot>>>()?;
        Ok(Some(aggregate))
    }

    async fn load_device(&self, id: DeviceId) -> StoreResult<Option<PersonAggregate>> {
        let mut db = self.readers().snapshot().await?;
        let device = query(records::devices_where("devices.id = $1 and devices.deleted_at is null"))
            .bind(id.0)
            .fetch_optional(&mut db)
            .await?;
        let Some(device) = device.as_ref().map(|row| needed("devices", row, records::device)).transpose()? else {
            return Ok(None);
        };
        let Some(mut aggregate) = load_root(db.as_mut(), device.person_id).await? else { return Ok(None) };
        let slots = query(records::slots_where("slots.id = $1")).bind(device.slot_id.0).fetch_all(&mut db).await?;
        aggregate.slots =
            slots.iter().map(|row| needed("slots", row, records::slot)).collect::<StoreResult<Vec<Slot>>>()?;
        aggregate.devices.push(device);
        Ok(Some(aggregate))
    }

    async fn find_person(&self, email: &str) -> StoreResult<Option<PersonId>> {
        let id: Option<Uuid> =
            query("select id from people where email = $1").bind(email).fetch_value(self.readers()).await?;
        Ok(id.map(PersonId))
    }

    async fn find_invitation(&self, id: InvitationId) -> StoreResult<Option<Invitation>> {
        let row = query("select id, doc, version from invitations where id = $1")
            .bind(id.0)
            .fetch_optional(self.readers())
            .await?;
        row.as_ref().map(|row| needed("invitations", row, records::invitation)).transpose()
    }

    async fn find_invitation_by_token(&self, hash: KeyedHash) -> StoreResult<Option<Invitation>> {
        let row = query("select id, doc, version from invitations where token_hash = $1")
            .bind(&hash.0[..])
            .fetch_optional(self.readers())
            .await?;
        row.as_ref().map(|row| needed("invitations", row, records::invitation)).transpose()
    }

    async fn find_credentials(&self, id: InvitationId) -> StoreResult<Option<SealedCredentials>> {
        let row = query("select token_sealed, pin_sealed, token_hash, pin_hash from invitations where id = $1")
            .bind(id.0)
            .fetch_optional(self.readers())
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(SealedCredentials {
            token: get(&row, "token_sealed")?,
            pin: get(&row, "pin_sealed")?,
            token_hash: records::hash(&row, "token_hash")?,
            pin_hash: records::hash(&row, "pin_hash")?,
        }))
    }

    async fn find_device(&self, person: PersonId, installation: KeyedHash) -> StoreResult<Option<DeviceId>> {
        let id: Option<Uuid> =
            query("select id from devices where person_id = $1 and installation_hash = $2 and deleted_at is null")
                .bind(person.0)
                .bind(&installation.0[..])
                .fetch_value(self.readers())
                .await?;
        Ok(id.map(DeviceId))
    }

    async fn commit(&self, change: Change) -> StoreResult<Vec<JournalEvent>> {
        if change.is_empty() {
            return Ok(Vec::new());
        }
        self.writer().commit(change).await
    }
}
