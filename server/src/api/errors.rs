//! Sets of errors in the published description.

use crate::http::error_responses::error_responses;
use std::collections::BTreeMap;
use utoipa::{
    IntoResponses,
    openapi::{RefOr, Response},
};

/// What every call can answer.
pub struct ApiErrors;

impl IntoResponses for ApiErrors {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        error_responses(&[
            (400, "`query_malformed` or `body_malformed`: a parameter or the body cannot be read"),
            (401, "`token_invalid`: no API token, or one that is not valid"),
            (503, "`unavailable`: try again after `Retry-After` seconds"),
        ])
    }
}

/// What a call about a single object can answer.
pub struct NotFound;

impl IntoResponses for NotFound {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        error_responses(&[(404, "`not_found`: it does not exist, or no longer")])
    }
}

/// What a call can answer to an invalid body.
pub struct BodyErrors;

impl IntoResponses for BodyErrors {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        error_responses(&[
            (413, "`body_too_large`"),
            (415, "`content_type_unsupported`: the body is not declared as JSON"),
            (422, "`field_invalid`: a field is missing or not acceptable"),
        ])
    }
}

/// What an action on an invitation can answer.
pub struct InvitationErrors;

impl IntoResponses for InvitationErrors {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        error_responses(&[
            (404, "`not_found`: it does not exist"),
            (
                409,
                "`mail_already_queued` or `mail_just_sent`: a mail is on its way, or was sent within the last minute",
            ),
            (
                410,
                "`invitation_deactivated`, `invitation_replaced` or `invitation_expired`, with `reason`: it is no \
                 longer active",
            ),
        ])
    }
}

/// What an action on a device can answer.
pub struct DeviceErrors;

impl IntoResponses for DeviceErrors {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        error_responses(&[
            (404, "`not_found`: it does not exist, or was deleted"),
            (
                409,
                "`device_unenrolled`, `device_wiped`, `device_replaced`, `nothing_to_renew`, `mail_already_queued`, `mail_just_sent`, `command_finished`, \
                 `command_unsupported`, `lost_mode_pending` or `not_lost`: the rules or the device do not allow it now",
            ),
        ])
    }
}
