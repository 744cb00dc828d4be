//! Errors of the agent protocol, and the sets of them in the published description.

use crate::http::{error_responses::error_responses, problem::Problem};
use domain::{decide::Refusal, invitation::DeactivationReason};
use http::StatusCode;
use service::ServiceError;
use std::collections::BTreeMap;
use utoipa::{
    IntoResponses,
    openapi::{RefOr, Response},
};

/// 401: the device was deleted, or the secret is not valid.
pub fn device_unknown() -> Problem {
    let detail = "This device is not known here: it was deleted, or its secret is no longer valid. Enroll again.";
    Problem::new(StatusCode::UNAUTHORIZED, "device_unknown", detail)
}

/// The problem for a failed call of an enrolled device.
pub fn device_problem(error: ServiceError) -> Problem {
    match error {
        ServiceError::Refused(Refusal::NoSuchDevice) | ServiceError::NotFound | ServiceError::WrongCredentials => {
            device_unknown()
        }
        ServiceError::Refused(Refusal::DeviceUnenrolled) => {
            let detail = "This device is unenrolled. It has to enroll again.";
            Problem::new(StatusCode::GONE, "device_unenrolled", detail)
        }
        // 404, as for an unknown command: in all cases the agent has to forget it.
        ServiceError::Refused(refusal @ Refusal::CommandCancelled) => {
            Problem::new(StatusCode::NOT_FOUND, "command_cancelled", refusal.to_string())
        }
        ServiceError::Refused(refusal @ Refusal::CommandExpired) => {
            Problem::new(StatusCode::NOT_FOUND, "command_expired", refusal.to_string())
        }
        other => Problem::from(other),
    }
}

/// The problem for a failed enrollment.
pub fn enroll_problem(error: ServiceError) -> Problem {
    match error {
        ServiceError::Refused(Refusal::NoActiveInvitation) => Problem::inactive(DeactivationReason::Manual),
        ServiceError::NotFound => Problem::from(ServiceError::WrongCredentials),
        other => Problem::from(other),
    }
}

/// What a call can answer to an invalid body.
pub struct BodyErrors;

impl IntoResponses for BodyErrors {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        error_responses(&[
            (400, "`body_malformed`: the body is not complete JSON in UTF-8"),
            (413, "`body_too_large`"),
            (415, "`content_type_unsupported`: the body is not declared as JSON"),
            (422, "`field_invalid`: a field is missing or not acceptable"),
        ])
    }
}

/// What every call of an enrolled device can answer.
pub struct DeviceErrors;

impl IntoResponses for DeviceErrors {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        error_responses(&[
            (401, "`device_unknown`: the device was deleted, or the secret is not valid; enroll again"),
            (410, "`device_unenrolled`: the device said goodbye and has to enroll again"),
            (503, "`unavailable`: try again after `Retry-After` seconds"),
        ])
    }
}

/// What enrolling can answer.
pub struct EnrollErrors;

impl IntoResponses for EnrollErrors {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        error_responses(&[
            (401, "`credentials_invalid`: the token, or the PIN with this email, is not valid"),
            (
                410,
                "`invitation_deactivated`, `invitation_replaced` or `invitation_expired`, with `reason`: the \
                 invitation enrolls nothing any more",
            ),
            (
                429,
                "`too_many_attempts` after wrong credentials, or `too_many_enrollments` with this invitation within the \
                 hour: try again after `Retry-After` seconds",
            ),
            (503, "`unavailable`: try again after `Retry-After` seconds"),
        ])
    }
}
