//! What the rows of tables mean: times, hashes, versions, and the types that are stored.

use super::{
    database::{Row, get},
    documents::{ReportDoc, from_doc},
};
use crate::{StoreError, StoreResult};
use domain::{
    Timestamp,
    device::{Device, command::Command},
    invitation::Invitation,
    journal::{JournalEvent, NewEvent, change::KeyedHash},
    mail::Mail,
    person::Person,
    slot::Slot,
    types::{
        ids::{DeviceId, InvitationId, MailId, PersonId, ServerId},
        text::{EmailAddress, PersonName},
    },
    views::TimedReport,
};
use std::str::FromStr;
use uuid::Uuid;

/// Parses a text that was checked when it was written.
pub fn parse<T: FromStr>(text: &str) -> StoreResult<T> {
    text.parse().map_err(|_| StoreError::Damaged(format!("unexpected text of {} bytes", text.len())))
}

/// A moment.
pub fn time(row: &Row, column: &str) -> StoreResult<Timestamp> {
    Ok(Timestamp::from_millis(get(row, column)?))
}

/// A moment, or none.
pub fn optional_time(row: &Row, column: &str) -> StoreResult<Option<Timestamp>> {
    Ok(get::<Option<i64>>(row, column)?.map(Timestamp::from_millis))
}

/// A hash.
pub fn hash(row: &Row, column: &str) -> StoreResult<KeyedHash> {
    keyed_hash(get(row, column)?, column)
}

/// The hash that is stored under `name`.
pub fn keyed_hash(bytes: Vec<u8>, name: &str) -> StoreResult<KeyedHash> {
    let bytes = bytes.try_into().map_err(|_| StoreError::Damaged(format!("{name} is not a hash")))?;
    Ok(KeyedHash(bytes))
}

/// The version of a row.
pub fn version(row: &Row) -> StoreResult<u64> {
    Ok(get::<i64>(row, "version")?.unsigned_abs())
}

/// A number of rows.
pub fn count(row: &Row, column: &str) -> StoreResult<u64> {
    Ok(get::<i64>(row, column)?.unsigned_abs())
}

/// A heartbeat, of the columns `at` and `doc`.
pub fn report(row: &Row) -> StoreResult<TimedReport> {
    Ok(from_doc::<ReportDoc>(get(row, "doc")?)?.timed(time(row, "at")?))
}

/// A person.
pub fn person(row: &Row) -> StoreResult<Person> {
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

/// An invitation.
pub fn invitation(row: &Row) -> StoreResult<Invitation> {
    Ok(Invitation { version: version(row)?, ..from_doc(get(row, "doc")?)? })
}

/// Devices with what stands in tables of its own: contact and report.
pub const DEVICES: &str = "devices left join slots on slots.id = devices.slot_id \
    left join contacts on contacts.slot_key = slots.key left join telemetry on telemetry.device_id = devices.id";
/// The latest contact of one of [`DEVICES`].
pub const LAST_CONTACT_AT: &str = "coalesce(contacts.at, 0)";
/// The number of the latest report of one of [`DEVICES`].
pub const LAST_REPORT_SEQ: &str = "coalesce(telemetry.seq, 0)";

/// Selects devices by a condition, which may be followed by an order and a limit.
pub fn devices_where(condition: &str) -> String {
    format!(
        "select devices.id, devices.doc, devices.version, {LAST_CONTACT_AT} as last_contact_at, \
         {LAST_REPORT_SEQ} as last_report_seq from {DEVICES} where {condition}"
    )
}

/// A device, selected by [`devices_where`].
pub fn device(row: &Row) -> StoreResult<Device> {
    let device: Device = from_doc(get(row, "doc")?)?;
    let (last_contact_at, last_report_seq) = (time(row, "last_contact_at")?, count(row, "last_report_seq")?);
    Ok(Device { version: version(row)?, last_contact_at, last_report_seq, ..device })
}

/// A slot.
pub fn slot(row: &Row) -> StoreResult<Slot> {
    Ok(Slot { version: version(row)?, ..from_doc(get(row, "slot_doc")?)? })
}

/// A command.
pub fn command(row: &Row) -> StoreResult<Command> {
    Ok(Command { version: version(row)?, ..from_doc(get(row, "doc")?)? })
}

/// An entry of the journal.
pub fn event(row: &Row) -> StoreResult<JournalEvent> {
    let event: NewEvent = from_doc(get(row, "doc")?)?;
    Ok(JournalEvent { seq: get(row, "seq")?, event })
}

/// A mail.
pub fn mail(row: &Row) -> StoreResult<Mail> {
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
        claimed_by: get::<Option<Uuid>>(row, "claimed_by")?.map(ServerId),
        version: version(row)?,
    })
}
