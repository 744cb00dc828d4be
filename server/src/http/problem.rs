//! Error answers to programs: `application/problem+json` (RFC 9457) with a stable `code`.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use domain::{
    decide::{Refusal, inactive_text},
    invitation::DeactivationReason,
    protocol,
};
use http::{HeaderValue, StatusCode, header};
use service::ServiceError;

/// When the server is busy: how long clients should wait, in seconds.
const BUSY_RETRY_S: u64 = 5;

/// The same when the database cannot be used.
const OUTAGE_RETRY_S: u64 = 10;

/// An error answer.
#[derive(Clone, Debug)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
    reason: Option<DeactivationReason>,
    retry_after_s: Option<u64>,
}

impl Problem {
    /// An error with a stable code and a sentence for a person.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into(), reason: None, retry_after_s: None }
    }

    /// 500. What went wrong is in the log only.
    pub fn internal() -> Self {
        let detail = "Something went wrong on our side. It was written to the log.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail)
    }

    /// 503: try again soon.
    pub fn unavailable() -> Self {
        let detail = "Rollcall is busy. Try again in a moment.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", detail).retry_after(BUSY_RETRY_S)
    }

    /// 410: the invitation is no longer active.
    pub fn inactive(reason: DeactivationReason) -> Self {
        let code = match reason {
            DeactivationReason::Manual => "invitation_deactivated",
            DeactivationReason::Replaced => "invitation_replaced",
            DeactivationReason::Expired => "invitation_expired",
        };
        let problem = Self::new(StatusCode::GONE, code, inactive_text(reason));
        Self { reason: Some(reason), ..problem }
    }

    /// 422: a field is not acceptable.
    pub fn field(name: &str, message: &str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "field_invalid", format!("{name}: {message}"))
    }

    /// Adds how long to wait before trying again, in seconds.
    #[must_use]
    pub fn retry_after(self, seconds: u64) -> Self {
        Self { retry_after_s: Some(seconds), ..self }
    }

    /// The stable code.
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// The sentence for a person.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// The body that is sent.
    fn body(&self) -> protocol::Problem {
        protocol::Problem {
            kind: "about:blank".to_owned(),
            title: self.status.canonical_reason().unwrap_or("Error").to_owned(),
            status: self.status.as_u16(),
            code: self.code.to_owned(),
            detail: self.detail.clone(),
            reason: self.reason,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body())).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<ServiceError> for Problem {
    fn from(error: ServiceError) -> Self {
        let text = error.user_text();
        let code = error.code();
        match error {
            ServiceError::Refused(refusal) => refusal_problem(&refusal),
            ServiceError::Invalid(error) => Self::field(error.field(), &text),
            ServiceError::NotFound => Self::new(StatusCode::NOT_FOUND, code, text),
            ServiceError::NotApplicable(_) | ServiceError::EmailTaken | ServiceError::ImportRunning => {
                Self::new(StatusCode::CONFLICT, code, text)
            }
            ServiceError::WrongCredentials => Self::new(StatusCode::UNAUTHORIZED, code, text),
            ServiceError::TooManyAttempts { retry_after_s } | ServiceError::TooManyEnrollments { retry_after_s } => {
                Self::new(StatusCode::TOO_MANY_REQUESTS, code, text).retry_after(retry_after_s)
            }
            ServiceError::SignInsWaiting => Self::new(StatusCode::SERVICE_UNAVAILABLE, code, text).retry_after(2),
            ServiceError::Unavailable => Self::unavailable(),
            ServiceError::DatabaseDown | ServiceError::Unconfirmed => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, code, text).retry_after(OUTAGE_RETRY_S)
            }
            ServiceError::Damaged => Self::new(StatusCode::INTERNAL_SERVER_ERROR, code, text),
            ServiceError::Internal(_) => Self::internal(),
        }
    }
}

/// The problem for a refusal, as in the REST API. The agent protocol answers some refusals differently (`agent::errors`).
fn refusal_problem(refusal: &Refusal) -> Problem {
    let conflict = |code| Problem::new(StatusCode::CONFLICT, code, refusal.to_string());
    match refusal {
        Refusal::InvitationInactive(reason) => Problem::inactive(*reason),
        Refusal::NoActiveInvitation => conflict("no_active_invitation"),
        Refusal::MailAlreadyQueued => conflict("mail_already_queued"),
        Refusal::MailJustSent => conflict("mail_just_sent"),
        Refusal::NoSuchDevice => Problem::new(StatusCode::NOT_FOUND, "not_found", refusal.to_string()),
        Refusal::AlreadyInvited => conflict("already_invited"),
        Refusal::NothingToRenew => conflict("nothing_to_renew"),
        Refusal::DeviceUnenrolled => conflict("device_unenrolled"),
        Refusal::DeviceWiped => conflict("device_wiped"),
        Refusal::DeviceReplaced => conflict("device_replaced"),
        Refusal::WipePending => conflict("wipe_pending"),
        Refusal::CommandFinished => conflict("command_finished"),
        Refusal::CommandCancelled => conflict("command_cancelled"),
        Refusal::CommandExpired => conflict("command_expired"),
        Refusal::Unsupported(_) => conflict("command_unsupported"),
        Refusal::LostModePending => conflict("lost_mode_pending"),
        Refusal::NotLost => conflict("not_lost"),
        Refusal::Invalid(_) => Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "field_invalid", refusal.to_string()),
    }
}
