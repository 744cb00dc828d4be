//! Commands and their results.

use crate::{
    Timestamp,
    device::{AgentError, command::CommandKind},
    types::ids::CommandId,
};
use serde::{Deserialize, Serialize};

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
