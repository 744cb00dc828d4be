//! Reading columns and documents: times, hashes, versions, and the types that are stored as a whole.

use crate::fault::fault;
use domain::{
    Timestamp,
    device::{Device, command::Command},
    invitation::Invitation,
    journal::{JournalEvent, NewEvent, change::KeyedHash},
    mail::Mail,
    person::Person,
    protocol::{Inventory, StateReport},
    slot::Slot,
    types::{
        ids::{DeviceId, InvitationId, MailId, PersonId},
        text::{EmailAddress, PersonName},
    },
    views::{ReportedAt, TimedReport},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sqlx::{AssertSqlSafe, Row as _, sqlite::SqliteRow};
use std::{collections::BTreeMap, str::FromStr};
use store::{StoreError, StoreResult};
use uuid::Uuid;

/// A heartbeat as it is stored. A part that later heartbeats leave out stays, with the time at which it was reported.
#[derive(Serialize, Deserialize)]
pub(crate) struct ReportDoc {
    #[serde(flatten)]
    pub(crate) report: StateReport,
    /// Absent in documents of older versions.
    #[serde(default, rename = "told")]
    pub(crate) reported_at: Option<ReportedAt>,
}

/// A heartbeat, of the columns `at` and `doc`.
pub(crate) fn report(row: &SqliteRow) -> StoreResult<TimedReport> {
    timed_report(time(row, "at")?, get(row, "doc")?)
}

/// A heartbeat that was received at a moment, of its document.
pub(crate) fn timed_report(at: Timestamp, doc: &str) -> StoreResult<TimedReport> {
    let ReportDoc { report, reported_at } = from_doc(doc)?;
    let reported_at = reported_at.unwrap_or_else(|| ReportedAt::of(&report, at));
    Ok(TimedReport { at, report, reported_at })
}

/// An inventory as it is stored.
#[derive(Serialize, Deserialize)]
pub(crate) struct InventoryDoc {
    #[serde(flatten)]
    pub(crate) inventory: Inventory,
    /// Absent in documents of older versions.
    #[serde(default)]
    pub(crate) since: BTreeMap<String, Timestamp>,
}

/// Writes a document. JSON refuses keys that are not strings; no stored type has any.
pub(crate) fn to_doc<T: Serialize>(value: &T) -> StoreResult<String> {
    serde_json::to_string(value).map_err(|e| StoreError::Damaged(e.to_string()))
}

/// Reads a document.
pub(crate) fn from_doc<T: DeserializeOwned>(text: &str) -> StoreResult<T> {
    serde_json::from_str(text).map_err(|e| StoreError::Damaged(e.to_string()))
}

/// Parses a text that was checked when it was written.
pub(crate) fn parse<T: FromStr>(text: &str) -> StoreResult<T> {
    text.parse().map_err(|_| StoreError::Damaged(format!("unexpected text of {} bytes", text.len())))
}

/// The value of a column.
pub(crate) fn get<'r, T>(row: &'r SqliteRow, column: &str) -> StoreResult<T>
where
    T: sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite>,
{
    row.try_get(column).map_err(fault)
}

pub(crate) fn time(row: &SqliteRow, column: &str) -> StoreResult<Timestamp> {
    Ok(Timestamp::from_millis(get(row, column)?))
}

pub(crate) fn optional_time(row: &SqliteRow, column: &str) -> StoreResult<Option<Timestamp>> {
    Ok(get::<Option<i64>>(row, column)?.map(Timestamp::from_millis))
}

pub(crate) fn hash(row: &SqliteRow, column: &str) -> StoreResult<KeyedHash> {
    keyed_hash(get(row, column)?, column)
}

/// The hash that is stored under `name`.
pub(crate) fn keyed_hash(bytes: Vec<u8>, name: &str) -> StoreResult<KeyedHash> {
    let bytes = bytes.try_into().map_err(|_| StoreError::Damaged(format!("{name} is not a hash")))?;
    Ok(KeyedHash(bytes))
}

pub(crate) fn version(row: &SqliteRow) -> StoreResult<u64> {
    Ok(get::<i64>(row, "version")?.unsigned_abs())
}

pub(crate) fn count(row: &SqliteRow, column: &str) -> StoreResult<u64> {
    Ok(get::<i64>(row, column)?.unsigned_abs())
}

pub(crate) fn person(row: &SqliteRow) -> StoreResult<Person> {
    Ok(Person {
        id: PersonId(get(row, "id")?),
        name: PersonName::stored(get(row, "name")?),
        email: EmailAddress::stored(get(row, "email")?),
        locale: parse(get(row, "locale")?)?,
        created_at: time(row, "created_at")?,
        reminded_at: optional_time(row, "reminded_at")?,
        version: version(row)?,
    })
}

pub(crate) fn invitation(row: &SqliteRow) -> StoreResult<Invitation> {
    Ok(Invitation { version: version(row)?, ..from_doc(get(row, "doc")?)? })
}

/// Selects devices by a condition, which may be followed by an order and a limit. Contact and report stand in tables of their
/// own.
pub(crate) fn devices_where(condition: &str) -> AssertSqlSafe<String> {
    AssertSqlSafe(format!(
        "select devices.id, devices.doc, devices.version, coalesce(contacts.at, 0) as last_contact_at, \
         coalesce(telemetry.seq, 0) as last_report_seq from devices left join slots on slots.id = devices.slot_id \
         left join contacts on contacts.slot_key = slots.key left join telemetry on telemetry.device_id = devices.id \
         where {condition}"
    ))
}

/// A device, selected by [`devices_where`].
pub(crate) fn device(row: &SqliteRow) -> StoreResult<Device> {
    let device: Device = from_doc(get(row, "doc")?)?;
    let (last_contact_at, last_report_seq) = (time(row, "last_contact_at")?, count(row, "last_report_seq")?);
    Ok(Device { version: version(row)?, last_contact_at, last_report_seq, ..device })
}

pub(crate) fn slot(row: &SqliteRow) -> StoreResult<Slot> {
    Ok(Slot { version: version(row)?, ..from_doc(get(row, "slot_doc")?)? })
}

pub(crate) fn command(row: &SqliteRow) -> StoreResult<Command> {
    Ok(Command { version: version(row)?, ..from_doc(get(row, "doc")?)? })
}

pub(crate) fn event(row: &SqliteRow) -> StoreResult<JournalEvent> {
    let event: NewEvent = from_doc(get(row, "doc")?)?;
    Ok(JournalEvent { seq: get(row, "seq")?, event })
}

pub(crate) fn mail(row: &SqliteRow) -> StoreResult<Mail> {
    Ok(Mail {
        id: MailId(get(row, "id")?),
        person_id: PersonId(get(row, "person_id")?),
        invitation_id: InvitationId(get(row, "invitation_id")?),
        device_id: get::<Option<Uuid>>(row, "device_id")?.map(DeviceId),
        kind: parse(get(row, "kind")?)?,
        state: parse(get(row, "state")?)?,
        attempts: u32::try_from(get::<i64>(row, "attempts")?).unwrap_or(u32::MAX),
        next_attempt_at: time(row, "next_attempt_at")?,
        created_at: time(row, "created_at")?,
        version: version(row)?,
    })
}
