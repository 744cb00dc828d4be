//! The hot path: what devices that work as before send all the time. A report that changes nothing but measured values is one
//! narrow row, and what a call needs to know of its device is read at once.

use crate::{DeviceSecrets, StoreResult};
use async_trait::async_trait;
use domain::{Timestamp, device::Device, types::ids::DeviceId, views::TimedReport};

/// A device that calls, with all that its calls are answered from.
#[derive(Clone, Debug, PartialEq)]
pub struct CallingDevice {
    /// The device.
    pub device: Device,
    /// Its secrets.
    pub secrets: DeviceSecrets,
    /// Its latest report.
    pub report: Option<TimedReport>,
    /// When the next of its unfinished commands may be offered, which may be past; `None` when it has none.
    pub next_offer_at: Option<Timestamp>,
}

/// A report to store as the latest of a device whose row stays as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct TelemetryPut {
    /// The device.
    pub device_id: DeviceId,
    /// The version of the device that this was decided on.
    pub version: u64,
    /// The number of the report that this one was put over.
    pub previous_seq: u64,
    /// The report, with the parts of earlier ones that it leaves out.
    pub report: TimedReport,
}

/// Reads and writes for the calls of devices.
#[async_trait]
pub trait TelemetryStore {
    /// A device with all that its calls are answered from, of one moment; `None` when it was deleted or has no secret.
    async fn find_calling_device(&self, id: DeviceId) -> StoreResult<Option<CallingDevice>>;
    /// Stores a report, and returns once it is durable. False, and nothing is written, when the device has another version,
    /// was deleted, never reported before, or has another report than the one that this was put over.
    async fn write_telemetry(&self, put: TelemetryPut) -> StoreResult<bool>;
}
