//! Errors.

use crate::{invitation::DeactivationReason, types::lenient};
use serde::{Deserialize, Serialize};

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
    // A reason that this version does not know must not hide the code.
    #[serde(default, deserialize_with = "lenient::option", skip_serializing_if = "Option::is_none")]
    pub reason: Option<DeactivationReason>,
}
