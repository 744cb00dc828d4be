//! What devices that work as before write all the time: contacts and reports, many in one statement. Few sizes make few
//! statements, which the connection keeps prepared.

use domain::{Timestamp, types::ids::DeviceId};
use std::fmt::Write as _;
use store::{
    StoreResult,
    sql::{
        database::{Connection, query},
        documents::TelemetryRow,
    },
};
use uuid::Uuid;

/// Contacts in one statement.
const CONTACTS: [usize; 4] = [256, 64, 8, 1];
/// Reports in one statement.
const REPORTS: [usize; 4] = [64, 16, 4, 1];

/// Writes contacts that are later than the stored ones. Those of devices that are gone change nothing.
pub(crate) async fn write_contacts(db: &mut dyn Connection, mut contacts: &[(DeviceId, Timestamp)]) -> StoreResult<()> {
    for size in CONTACTS {
        while let Some((some, rest)) = contacts.split_at_checked(size) {
            let mut sql = query(contacts_statement(size));
            for (id, at) in some {
                sql = sql.bind(id.0).bind(*at);
            }
            sql.execute(db).await?;
            contacts = rest;
        }
    }
    Ok(())
}

/// Writes reports, which are of different devices; returns the devices whose report was written. The device is read for its
/// version, and not written.
pub(crate) async fn write_telemetry(db: &mut dyn Connection, mut reports: &[&TelemetryRow]) -> StoreResult<Vec<Uuid>> {
    let mut written = Vec::with_capacity(reports.len());
    for size in REPORTS {
        while let Some((some, rest)) = reports.split_at_checked(size) {
            let mut sql = query(reports_statement(size));
            for row in some {
                sql = sql.bind(row.device_id).bind(row.version).bind(row.previous_seq);
                sql = sql.bind(row.at).bind(row.seq).bind(&row.doc);
            }
            written.extend(sql.fetch_values::<Uuid>(&mut *db).await?);
            reports = rest;
        }
    }
    Ok(written)
}

/// Every row has a contact, so that nothing is inserted. An update from a list would let SQLite choose to read all contacts.
fn contacts_statement(contacts: usize) -> String {
    format!(
        "with noted (device_id, at) as materialized (values {}) \
         insert into contacts (slot_key, slot_id, at) select slots.key, slots.id, noted.at from noted cross join slots \
         indexed by slots_by_device on slots.device_id = noted.device_id where true \
         on conflict (slot_key) do update set at = excluded.at where contacts.at < excluded.at and contacts.at > 0",
        places(2, contacts)
    )
}

fn reports_statement(reports: usize) -> String {
    format!(
        "with sent (device_id, version, previous, at, seq, doc) as materialized (values {}) \
         update telemetry set at = found.at, seq = found.seq, doc = found.doc from (\
         select sent.device_id, sent.previous, sent.at, sent.seq, sent.doc from sent cross join devices on devices.id = sent.device_id \
         where devices.version = sent.version and devices.deleted_at is null) as found \
         where telemetry.device_id = found.device_id and telemetry.seq = found.previous returning device_id",
        places(6, reports)
    )
}

/// Places for the values of `rows` rows with `columns` columns: `($1, $2), ($3, $4)`.
fn places(columns: usize, rows: usize) -> String {
    let mut places = String::new();
    for place in 1..=columns * rows {
        let before = match (place % columns, place) {
            (_, 1) => "(",
            (1, _) => "), (",
            _ => ", ",
        };
        let _ = write!(places, "{before}${place}");
    }
    places.push(')');
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SqliteStore;
    use store::sql::{SqlStore as _, database::get};

    /// SQLite's plan chooses between a look for each row and all rows for each row.
    #[tokio::test]
    async fn each_row_is_found_by_its_key() {
        let dir = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&dir.path().join("rollcall.db")).await.unwrap();
        for size in CONTACTS.into_iter().chain(REPORTS) {
            for statement in [contacts_statement(size), reports_statement(size)] {
                let plan = query(format!("explain query plan {statement}")).fetch_all(store.readers()).await.unwrap();
                let steps: Vec<String> = plan.iter().map(|step| get(step, "detail").unwrap()).collect();
                for table in ["contacts", "devices", "slots", "telemetry"] {
                    let step = steps.iter().find(|step| step.contains(&format!(" {table} ")));
                    let is_by_key = step.is_none_or(|step| step.starts_with("SEARCH") && step.contains("=?"));
                    assert!(is_by_key, "{size} {steps:?}");
                }
            }
        }
    }
}
