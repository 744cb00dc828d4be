//! Commands and their results.

use crate::{
    Timestamp,
    device::{AgentError, command::CommandKind},
    types::{ids::CommandId, lenient},
};
use serde::{Deserialize, Deserializer, Serialize};

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
    /// What came of it; more than 16 KiB of JSON counts as nothing.
    #[serde(default, deserialize_with = "small_data", skip_serializing_if = "Option::is_none")]
    pub data: Option<serde_json::Value>,
    /// Why it could not.
    #[serde(default, deserialize_with = "lenient::option", skip_serializing_if = "Option::is_none")]
    pub error: Option<AgentError>,
}

/// Most bytes of JSON that a command may return.
const DATA_MAX: usize = 16 * 1024;

fn small_data<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<serde_json::Value>, D::Error> {
    let data = Option::<serde_json::Value>::deserialize(deserializer)?;
    Ok(data.filter(|data| data.to_string().len() <= DATA_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn more_data_than_a_command_may_return_counts_as_nothing() {
        let of = |data: serde_json::Value| {
            let result = json!({ "status": "completed", "data": data });
            serde_json::from_value::<CommandResult>(result).unwrap().data
        };
        let (small, largest) = (json!({ "seconds": 3 }), json!("x".repeat(16 * 1024 - 2)));
        assert_eq!((of(small.clone()), of(largest.clone())), (Some(small), Some(largest)));
        assert_eq!((of(json!("x".repeat(16 * 1024 - 1))), of(json!(null))), (None, None));
    }
}
