//! Agent protocol v1: the JSON that agents and the server exchange. `docs/agent-protocol.md` has the rules around it.

use crate::{
    Timestamp,
    device::{
        AgentError, DeviceInfo, EnrollmentStep, Ownership, Platform, capabilities::Capabilities, command::CommandKind,
    },
    invitation::DeactivationReason,
    types::ids::{CommandId, DeviceId},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Longest wait of `GET /agent/v1/commands`, in seconds: below the 60 s after which proxies cut a connection (nginx's default).
pub const MAX_WAIT_S: u32 = 55;
/// The `wait` that the server asks agents to use, in seconds.
pub const POLL_WAIT_S: u32 = 50;
/// The heartbeat interval of agents, in seconds.
pub const HEARTBEAT_S: u32 = 900;
/// The heartbeat interval while the device is in lost mode, in seconds.
pub const LOST_HEARTBEAT_S: u32 = 300;
/// Inventory schema version that this server knows best.
pub const INVENTORY_SCHEMA: u32 = 1;

/// What the person enrolls with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum EnrollCredential {
    /// The last part of the enrollment URL.
    Token {
        /// 32 characters of base32, in any case.
        token: String,
    },
    /// The PIN with the person's email.
    Pin {
        /// The person's email.
        email: String,
        /// Eight digits; spaces and hyphens are ignored.
        pin: String,
    },
}

/// How to wake the agent; carries no data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PushAddress {
    /// Push service, such as `fcm`.
    pub kind: String,
    /// Address within it.
    pub token: String,
}

/// `POST /agent/v1/enroll`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrollRequest {
    /// What the person enrolls with.
    #[serde(flatten)]
    pub credential: EnrollCredential,
    /// What the device runs.
    pub platform: Platform,
    /// Whose it is.
    pub ownership: Ownership,
    /// Made once by the agent when it is installed and kept secret: the same id enrolls the same device again.
    pub installation_id: Uuid,
    /// Version of the agent.
    pub agent_version: String,
    /// What the device says about itself.
    pub device: DeviceInfo,
    /// What the host can do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capabilities: Option<Capabilities>,
    /// How to wake the agent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub push: Option<PushAddress>,
}

/// How often to ask and to report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PollSettings {
    /// `wait` of the command poll, in seconds.
    pub wait_s: u32,
    /// Pause between two heartbeats, in seconds.
    pub heartbeat_s: u32,
}

/// Whom to ask for help; empty fields are not configured.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Helpdesk {
    /// Name of the organisation or its helpdesk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Address to write to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Number to call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// Answer to `POST /agent/v1/enroll` (201).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrollReply {
    /// The device's identity; the first part of the bearer token `<device_id>.<device_secret>`.
    pub device_id: DeviceId,
    /// The device's secret; told once.
    pub device_secret: String,
    /// How often to ask and to report.
    pub poll: PollSettings,
    /// The permissions without which the enrollment is not finished.
    pub required_permissions: Vec<String>,
    /// Version of the inventory's schema that the server knows best.
    pub inventory_schema: u32,
    /// Whom to ask for help.
    pub support: Helpdesk,
}

/// `PUT /agent/v1/progress`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProgressReport {
    /// The step the agent is at.
    pub step: EnrollmentStep,
    /// Part of the step that is done, 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u8>,
    /// Required permissions that the agent does not hold; absent: as told before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing_permissions: Option<Vec<String>>,
    /// Why the agent cannot go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<AgentError>,
}

/// `PUT /agent/v1/inventory`: the whole of the device's technical information.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Inventory {
    /// Version of the schema that this follows.
    pub schema_version: u32,
    /// Groups of facts: group name → fact name → value. Known groups of schema 1: `hardware`, `system`, `network`,
    /// `storage`, `security`, `agent`; others are shown as they are.
    pub groups: BTreeMap<String, BTreeMap<String, serde_json::Value>>,
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
    /// Radius of confidence in metres.
    pub accuracy_m: f64,
    /// When it was taken.
    pub at: Timestamp,
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

/// Answer to `POST /agent/v1/state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StateReply {
    /// Commands that wait to be fetched.
    pub pending_commands: u64,
    /// Pause until the next heartbeat, in seconds.
    pub next_heartbeat_s: u32,
}

/// An element of the answer to `GET /agent/v1/commands`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommandOffer {
    /// The command's identity.
    pub uuid: CommandId,
    /// What is asked.
    #[serde(flatten)]
    pub kind: CommandKind,
    /// When it is no longer wanted.
    pub expires_at: Timestamp,
}

/// How a command went; the same four words as Apple's MDM protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ResultStatus {
    /// The device is at it.
    Acknowledged,
    /// Done.
    Completed,
    /// Could not.
    Error,
    /// Not now; offer it again later.
    NotNow,
}

/// `POST /agent/v1/commands/{uuid}/result`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommandResult {
    /// How it went.
    pub status: ResultStatus,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<serde_json::Value>,
    /// Why it could not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<AgentError>,
}

/// Answer to `POST /agent/v1/renew`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RenewReply {
    /// The new secret. The old one works until the new one was used.
    pub device_secret: String,
}

/// Every error: `application/problem+json` (RFC 9457) with a stable `code`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Always `about:blank`: `code` tells the kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// Short name of the status.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// Stable code for programs, such as `invitation_replaced`.
    pub code: String,
    /// Sentence for a person.
    pub detail: String,
    /// Why an invitation enrolls nothing (only with 410).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<DeactivationReason>,
}
