//! What is stored as a whole, as JSON.

use crate::{StoreError, StoreResult, TelemetryPut};
use domain::{
    Timestamp,
    protocol::{Inventory, StateReport},
    views::{ReportedAt, TimedReport},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A heartbeat as it is stored. A part that later heartbeats leave out stays, with the time at which it was reported.
#[derive(Serialize, Deserialize)]
pub struct ReportDoc {
    /// The heartbeat.
    #[serde(flatten)]
    pub report: StateReport,
    /// When each part was reported. Absent in documents of older versions.
    #[serde(default, rename = "told")]
    pub reported_at: Option<ReportedAt>,
}

impl ReportDoc {
    /// The heartbeat of this document, of which the latest part came in `at`.
    pub fn timed(self, at: Timestamp) -> TimedReport {
        let Self { report, reported_at } = self;
        let reported_at = reported_at.unwrap_or_else(|| ReportedAt::of(&report, at));
        TimedReport { at, report, reported_at }
    }
}

/// An inventory as it is stored.
#[derive(Serialize, Deserialize)]
pub struct InventoryDoc {
    /// The facts.
    #[serde(flatten)]
    pub inventory: Inventory,
    /// Since when each group is unchanged. Absent in documents of older versions.
    #[serde(default)]
    pub since: BTreeMap<String, Timestamp>,
}

/// Writes a document. JSON refuses keys that are not strings; no stored type has any.
pub fn to_doc<T: Serialize>(value: &T) -> StoreResult<String> {
    serde_json::to_string(value).map_err(|e| StoreError::Damaged(e.to_string()))
}

/// Reads a document.
pub fn from_doc<T: DeserializeOwned>(text: &str) -> StoreResult<T> {
    serde_json::from_str(text).map_err(|e| StoreError::Damaged(e.to_string()))
}

/// A report as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TelemetryRow {
    /// The device.
    pub device_id: Uuid,
    /// The version that the device must have.
    pub version: i64,
    /// The number of the report that it is put over.
    pub previous_seq: i64,
    /// When it was received.
    pub at: i64,
    /// Its number.
    pub seq: i64,
    /// The report.
    pub doc: String,
}

impl TelemetryRow {
    /// Writes the document, so that the writer does not have to.
    pub fn of(put: TelemetryPut) -> StoreResult<Self> {
        let number = |number| i64::try_from(number).unwrap_or(i64::MAX);
        let TelemetryPut { device_id, version, previous_seq, report } = put;
        let (at, seq) = (report.at.as_millis(), number(report.report.seq));
        let doc = to_doc(&ReportDoc { report: report.report, reported_at: Some(report.reported_at) })?;
        let (version, previous_seq) = (number(version), number(previous_seq));
        Ok(Self { device_id: device_id.0, version, previous_seq, at, seq, doc })
    }
}
