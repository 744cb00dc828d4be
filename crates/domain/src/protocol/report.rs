//! What an enrolled device reports: progress, inventory and heartbeats.

use crate::{
    Timestamp,
    device::{AgentError, EnrollmentStep, capabilities::Capabilities},
    types::lenient,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `PUT /agent/v1/progress`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProgressReport {
    /// The step the agent is at.
    pub step: EnrollmentStep,
    /// Part of the step that is done, 0 to 100.
    #[serde(default, deserialize_with = "lenient::option", skip_serializing_if = "Option::is_none")]
    pub percent: Option<u8>,
    /// Required permissions that the agent does not hold; absent: as told before.
    #[serde(default, deserialize_with = "lenient::texts", skip_serializing_if = "Option::is_none")]
    pub missing_permissions: Option<Vec<String>>,
    /// Why the agent cannot go on.
    #[serde(default, deserialize_with = "lenient::option", skip_serializing_if = "Option::is_none")]
    pub error: Option<AgentError>,
}

/// `PUT /agent/v1/inventory`: the whole of the device's technical information.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Inventory {
    /// Version of the schema that this follows.
    pub schema_version: u32,
    /// When it was collected. One that was collected before the latest changes nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collected_at: Option<Timestamp>,
    /// Groups of facts: group name → fact name → value. Known groups of schema 1: `hardware`, `system`, `network`,
    /// `storage`, `security`, `agent`; others are shown as they are.
    pub groups: BTreeMap<String, BTreeMap<String, serde_json::Value>>,
}

/// `POST /agent/v1/state`: the heartbeat.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StateReport {
    /// Grows with every report of this enrollment; a report that comes late changes nothing.
    pub seq: u64,
    /// Battery.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub battery: Option<Battery>,
    /// Kind of network, such as `wifi` or `cellular`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
    /// Storage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storage: Option<Storage>,
    /// Permissions and whether they are granted; absent: as told before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permissions: Option<BTreeMap<String, bool>>,
    /// Whether the agent administers the device; counts as the permission `device_admin`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admin_active: Option<bool>,
    /// Position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// Whether the device is in lost mode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost_mode: Option<bool>,
    /// What the host can do; absent: as told before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capabilities: Option<Capabilities>,
}

/// Battery.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Battery {
    /// Charge in percent, 0 to 100.
    pub level: u8,
    /// Whether it is being charged.
    pub charging: bool,
}

/// Storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Storage {
    /// Size in bytes.
    pub total_bytes: u64,
    /// Free bytes.
    pub free_bytes: u64,
}

/// A position.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Location {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Radius of confidence in metres; absent: unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy_m: Option<f64>,
    /// When it was taken.
    pub at: Timestamp,
}

/// A value that was not taken, for those who develop an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IgnoredValue {
    /// Where it stood, such as `battery.level`.
    pub field: String,
    /// Why, as a sentence.
    pub reason: String,
}

/// Answer to `POST /agent/v1/state`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StateReply {
    /// Commands that wait to be fetched.
    pub pending_commands: u64,
    /// Pause until the next heartbeat, in seconds.
    pub next_heartbeat_s: u32,
    /// Values that make no sense and were therefore not taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignored: Vec<IgnoredValue>,
}
