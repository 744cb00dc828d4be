//! The hot path: what a call of a device is answered from, and reports that change nothing else.

use super::{
    SqlStore,
    damaged::{needed, unless_damaged},
    database::{Row, get, query},
    documents::{ReportDoc, TelemetryRow, from_doc},
    records,
};
use crate::{CallingDevice, DeviceSecrets, StoreResult, TelemetryPut, TelemetryStore};
use async_trait::async_trait;
use domain::{journal::change::KeyedHash, types::ids::DeviceId, views::TimedReport};

#[async_trait]
impl<S: SqlStore> TelemetryStore for S {
    async fn find_calling_device(&self, id: DeviceId) -> StoreResult<Option<CallingDevice>> {
        // One statement, so that all of it is of one moment.
        let secrets_column = self.secrets_of_device();
        let found = query(format!(
            "select devices.id, devices.doc, devices.version, coalesce(contacts.at, 0) as last_contact_at, \
             coalesce(telemetry.seq, 0) as last_report_seq, telemetry.at as report_at, telemetry.doc as report_doc, \
             {secrets_column} as secrets, (select min(coalesce(leased_until, 0)) from commands \
             where device_id = devices.id and state in ('requested', 'delivered', 'acknowledged')) as next_offer_at \
             from devices left join slots on slots.id = devices.slot_id \
             left join contacts on contacts.slot_key = slots.key \
             left join telemetry on telemetry.device_id = devices.id \
             where devices.id = $1 and devices.deleted_at is null",
        ));
        let Some(row) = found.bind(id.0).fetch_optional(self.readers()).await? else { return Ok(None) };
        let secrets = secrets(&row)?;
        if secrets.0.is_empty() {
            return Ok(None);
        }
        Ok(Some(CallingDevice {
            device: needed("devices", &row, records::device)?,
            secrets,
            report: unless_damaged("telemetry", &row, report)?.flatten(),
            next_offer_at: records::optional_time(&row, "next_offer_at")?,
        }))
    }

    async fn write_telemetry(&self, put: TelemetryPut) -> StoreResult<bool> {
        self.writer().report(TelemetryRow::of(put)?).await
    }
}

fn report(row: &Row) -> StoreResult<Option<TimedReport>> {
    let Some(at) = records::optional_time(row, "report_at")? else { return Ok(None) };
    Ok(Some(from_doc::<ReportDoc>(get(row, "report_doc")?)?.timed(at)))
}

/// The secrets in the column, which has their digits separated by spaces.
fn secrets(row: &Row) -> StoreResult<DeviceSecrets> {
    let digits: Option<&str> = get(row, "secrets")?;
    let hashes = digits.unwrap_or_default().split_whitespace();
    let hashes = hashes.map(|digits| records::keyed_hash(bytes(digits), "a secret"));
    Ok(DeviceSecrets(hashes.collect::<StoreResult<Vec<KeyedHash>>>()?))
}

fn bytes(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks(2);
    pairs.filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}
