//! `POST /agent/v1/enroll` and `POST /agent/v1/renew`.

use crate::{
    device::{DeviceInfo, Ownership, Platform, capabilities::Capabilities},
    types::{ids::DeviceId, lenient},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

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
    #[serde(deserialize_with = "lenient::text")]
    pub agent_version: String,
    /// What the device says about itself.
    pub device: DeviceInfo,
    /// What the host can do.
    #[serde(default, deserialize_with = "lenient::option", skip_serializing_if = "Option::is_none")]
    pub capabilities: Option<Capabilities>,
    /// How to wake the agent.
    #[serde(default, deserialize_with = "lenient::option", skip_serializing_if = "Option::is_none")]
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

/// Answer to `POST /agent/v1/renew`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RenewReply {
    /// The new secret. The old one works until the new one was used.
    pub device_secret: String,
}
