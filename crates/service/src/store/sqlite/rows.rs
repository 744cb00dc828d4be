//! Reading rows back: documents, times, hashes.

use crate::store::{StoreError, StoreResult};
use domain::{
    Timestamp,
    device::{Device, command::Command},
    invitation::Invitation,
    journal::{JournalEvent, NewEvent, change::KeyedHash},
    mail::Mail,
    person::Person,
    protocol::{Inventory, StateReport},
    slot::Slot,
    types::ids::{DeviceId, InvitationId, MailId, PersonId},
    views::ToldAt,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sqlx::{Row as _, sqlite::SqliteRow};
use std::{collections::BTreeMap, str::FromStr};
use uuid::Uuid;

/// A heartbeat as it is stored: parts that a later one leaves out stay, each with its time.
#[derive(Serialize, Deserialize)]
pub(super) struct ReportDoc {
    #[serde(flatten)]
    pub(super) report: StateReport,
    /// Absent in documents that older versions wrote.
    #[serde(default)]
    pub(super) told: Option<ToldAt>,
}

/// An inventory as it is stored.
#[derive(Serialize, Deserialize)]
pub(super) struct InventoryDoc {
    #[serde(flatten)]
    pub(super) inventory: Inventory,
    /// Absent in documents that older versions wrote.
    #[serde(default)]
    pub(super) since: BTreeMap<String, Timestamp>,
}

/// Writes a document. The types that are stored have string keys only, which is all that JSON can refuse.
pub(super) fn to_doc<T: Serialize>(value: &T) -> StoreResult<String> {
    serde_json::to_string(value).map_err(|e| StoreError::Damaged(e.to_string()))
}

/// Reads a document.
pub(super) fn from_doc<T: DeserializeOwned>(text: &str) -> StoreResult<T> {
    serde_json::from_str(text).map_err(|e| StoreError::Damaged(e.to_string()))
}

/// Reads a word or a text that was checked when it was written.
pub(super) fn parse<T: FromStr>(text: &str) -> StoreResult<T> {
    text.parse().map_err(|_| StoreError::Damaged(format!("unexpected text of {} bytes", text.len())))
}

pub(super) fn time(row: &SqliteRow, column: &str) -> StoreResult<Timestamp> {
    Ok(Timestamp::from_millis(row.try_get(column)?))
}

pub(super) fn optional_time(row: &SqliteRow, column: &str) -> StoreResult<Option<Timestamp>> {
    Ok(row.try_get::<Option<i64>, _>(column)?.map(Timestamp::from_millis))
}

pub(super) fn hash(row: &SqliteRow, column: &str) -> StoreResult<KeyedHash> {
    let bytes: Vec<u8> = row.try_get(column)?;
    let bytes = bytes.try_into().map_err(|_| StoreError::Damaged(format!("{column} is not a hash")))?;
    Ok(KeyedHash(bytes))
}

pub(super) fn version(row: &SqliteRow) -> StoreResult<u64> {
    Ok(row.try_get::<i64, _>("version")?.unsigned_abs())
}

pub(super) fn count(row: &SqliteRow, column: &str) -> StoreResult<u64> {
    Ok(row.try_get::<i64, _>(column)?.unsigned_abs())
}

pub(super) fn person(row: &SqliteRow) -> StoreResult<Person> {
    Ok(Person {
        id: PersonId(row.try_get("id")?),
        name: parse(row.try_get("name")?)?,
        email: parse(row.try_get("email")?)?,
        locale: parse(row.try_get("locale")?)?,
        created_at: time(row, "created_at")?,
        reminded_at: optional_time(row, "reminded_at")?,
        version: version(row)?,
    })
}

pub(super) fn invitation(row: &SqliteRow) -> StoreResult<Invitation> {
    Ok(Invitation { version: version(row)?, ..from_doc(row.try_get("doc")?)? })
}

pub(super) fn device(row: &SqliteRow) -> StoreResult<Device> {
    Ok(Device { version: version(row)?, ..from_doc(row.try_get("doc")?)? })
}

pub(super) fn slot(row: &SqliteRow) -> StoreResult<Slot> {
    Ok(Slot { version: version(row)?, ..from_doc(row.try_get("slot_doc")?)? })
}

pub(super) fn command(row: &SqliteRow) -> StoreResult<Command> {
    Ok(Command { version: version(row)?, ..from_doc(row.try_get("doc")?)? })
}

pub(super) fn event(row: &SqliteRow) -> StoreResult<JournalEvent> {
    let event: NewEvent = from_doc(row.try_get("doc")?)?;
    Ok(JournalEvent { seq: row.try_get("seq")?, event })
}

pub(super) fn mail(row: &SqliteRow) -> StoreResult<Mail> {
    Ok(Mail {
        id: MailId(row.try_get("id")?),
        person_id: PersonId(row.try_get("person_id")?),
        invitation_id: InvitationId(row.try_get("invitation_id")?),
        device_id: row.try_get::<Option<Uuid>, _>("device_id")?.map(DeviceId),
        kind: parse(row.try_get("kind")?)?,
        state: parse(row.try_get("state")?)?,
        attempts: u32::try_from(row.try_get::<i64, _>("attempts")?).unwrap_or(u32::MAX),
        next_attempt_at: time(row, "next_attempt_at")?,
        created_at: time(row, "created_at")?,
        version: version(row)?,
    })
}
