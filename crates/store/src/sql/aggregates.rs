//! Loading aggregates and committing changes.

use super::{
    SqlStore,
    damaged::needed,
    database::{Row, get, query},
    records::{self, DEVICES, LAST_CONTACT_AT, LAST_REPORT_SEQ},
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
use std::sync::LazyLock;
use uuid::Uuid;

// Which part of an aggregate a row is.
const PERSON: i64 = 1;
const INVITATION: i64 = 2;
const DEVICE: i64 = 3;
const SLOT: i64 = 4;

/// Selects the parts of an aggregate: the person whose id is `person`, with the active invitation, and the devices and slots
/// that fulfil a condition. One statement reads all parts as they were in one moment, and is one way to the database.
fn parts_of(person: &str, devices: &str, slots: &str) -> String {
    format!(
        "select cast({PERSON} as bigint) as part, id, version, name, email, locale, created_at, reminded_at, \
         cast(null as text) as doc, cast(null as text) as slot_doc, cast(null as bigint) as last_contact_at, \
         cast(null as bigint) as last_report_seq from people where id = {person} \
         union all select {INVITATION}, id, version, null, null, null, null, null, doc, null, null, null \
         from invitations where person_id = {person} and is_active = 1 \
         union all select {DEVICE}, devices.id, devices.version, null, null, null, null, null, devices.doc, null, \
         {LAST_CONTACT_AT}, {LAST_REPORT_SEQ} from {DEVICES} where {devices} and devices.deleted_at is null \
         union all select {SLOT}, slots.id, slots.version, null, null, null, null, null, null, slot_docs.slot_doc, null, null \
         from slots join slot_docs on slot_docs.slot_key = slots.key where {slots}"
    )
}

/// A person with everything that belongs to them.
static OF_PERSON: LazyLock<String> = LazyLock::new(|| parts_of("$1", "devices.person_id = $1", "slots.person_id = $1"));

/// A device with its slot, its person and their active invitation; nothing when it was deleted.
static OF_DEVICE: LazyLock<String> = LazyLock::new(|| {
    let of_device = |column| format!("(select {column} from devices where id = $1 and deleted_at is null)");
    parts_of(&of_device("person_id"), "devices.id = $1", &format!("slots.id = {}", of_device("slot_id")))
});

/// Puts an aggregate together of its parts; `None` without a person.
fn aggregate_of(parts: &[Row]) -> StoreResult<Option<PersonAggregate>> {
    let (mut person, mut invitation, mut devices, mut slots) = (None, None, Vec::new(), Vec::new());
    for row in parts {
        match get::<i64>(row, "part")? {
            PERSON => person = Some(needed("people", row, records::person)?),
            INVITATION => invitation = Some(needed("invitations", row, records::invitation)?),
            DEVICE => devices.push(needed("devices", row, records::device)?),
            _ => slots.push(needed("slots", row, records::slot)?),
        }
    }
    devices.sort_by_key(|device: &Device| device.id);
    slots.sort_by_key(|slot: &Slot| slot.id);
    Ok(person.map(|person| PersonAggregate { person, invitation, devices, slots }))
}

#[async_trait]
impl<S: SqlStore> AggregateStore for S {
    async fn load_person(&self, id: PersonId) -> StoreResult<Option<PersonAggregate>> {
        aggregate_of(&query(OF_PERSON.as_str()).bind(id.0).fetch_all(self.readers()).await?)
    }

    async fn load_device(&self, id: DeviceId) -> StoreResult<Option<PersonAggregate>> {
        aggregate_of(&query(OF_DEVICE.as_str()).bind(id.0).fetch_all(self.readers()).await?)
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
