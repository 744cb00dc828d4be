//! What devices that work as before write all the time: contacts and reports, many in one statement.

use domain::{Timestamp, types::ids::DeviceId};
use sqlx::PgConnection;
use store::{StoreResult, sql::documents::TelemetryRow};
use uuid::Uuid;

use super::in_time;

/// Of two servers that write contacts at once, one leaves out what the other one writes: it may be a minute behind, and must
/// not wait in another order.
const CONTACTS: &str = "with noted as (select device_id, max(at) as at \
    from unnest($1::uuid[], $2::bigint[]) as noted (device_id, at) group by device_id), \
    locked as materialized (select contacts.slot_key, noted.at from noted \
    join slots on slots.device_id = noted.device_id join contacts on contacts.slot_key = slots.key \
    where contacts.at < noted.at and contacts.at > 0 order by contacts.slot_key for no key update of contacts skip locked) \
    update contacts set at = locked.at from locked where contacts.slot_key = locked.slot_key";

/// The device is read for its version, and not written.
const TELEMETRY: &str = "update telemetry set at = sent.at, seq = sent.seq, doc = sent.doc \
    from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[]) \
    as sent (device_id, version, previous, at, seq, doc) \
    join devices on devices.id = sent.device_id and devices.version = sent.version and devices.deleted_at is null \
    where telemetry.device_id = sent.device_id and telemetry.seq = sent.previous returning telemetry.device_id";

/// Writes contacts that are later than the stored ones.
pub(crate) async fn write_contacts(db: &mut PgConnection, contacts: &[(DeviceId, Timestamp)]) -> StoreResult<()> {
    let (devices, times): (Vec<Uuid>, Vec<i64>) = contacts.iter().map(|(id, at)| (id.0, at.as_millis())).unzip();
    in_time(sqlx::query(CONTACTS).bind(devices).bind(times).execute(db)).await?;
    Ok(())
}

/// Writes reports; returns the devices whose report was written.
pub(crate) async fn write_telemetry(db: &mut PgConnection, reports: &[&TelemetryRow]) -> StoreResult<Vec<Uuid>> {
    let column = |value: fn(&TelemetryRow) -> i64| reports.iter().map(|row| value(row)).collect::<Vec<i64>>();
    let devices: Vec<Uuid> = reports.iter().map(|row| row.device_id).collect();
    let docs: Vec<&str> = reports.iter().map(|row| row.doc.as_str()).collect();
    let statement = sqlx::query_scalar(TELEMETRY).bind(devices).bind(column(|row| row.version));
    let statement = statement
        .bind(column(|row| row.previous_seq))
        .bind(column(|row| row.at))
        .bind(column(|row| row.seq))
        .bind(docs);
    in_time(statement.fetch_all(db)).await
}
