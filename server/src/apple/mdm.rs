//! `PUT /apple/mdm`: everything that an enrolled iPhone or iPad says. Check-ins and reports come to the same address, which is
//! part of the profile and cannot change without enrolling anew.
//!
//! A phone is never answered 401, by which it would leave, and 403 only when an admin removed it.

use crate::{http::body::read_body, state::AppState};
use apple::{checkin, command, mdm_signature};
use axum::{
    Json,
    body::Body,
    extract::State,
    response::{IntoResponse as _, Response},
};
use http::{HeaderMap, StatusCode, header};
use serde_json::json;
use service::PhoneRefusal;

/// Longest message, in bytes. A phone's list of facts has some kilobytes.
const BODY_MAX: usize = 1024 * 1024;

/// Answers with the next command, or with nothing.
pub(super) async fn put(State(state): State<AppState>, headers: HeaderMap, body: Body) -> Response {
    let body = match read_body(body, BODY_MAX).await {
        Ok(body) => body,
        Err(problem) => return problem.into_response(),
    };
    let signature = headers.get(mdm_signature::HEADER).map_or(&b""[..], |value| value.as_bytes());
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_check_in = kind.starts_with(checkin::CONTENT_TYPE);
    match state.rollcall.apple_message(signature, &body, is_check_in).await {
        Ok(Some(command)) => ([(header::CONTENT_TYPE, command::CONTENT_TYPE)], command).into_response(),
        Ok(None) => StatusCode::OK.into_response(),
        Err(refusal) => refused(&refusal),
    }
}

fn refused(refusal: &PhoneRefusal) -> Response {
    if refusal.is_ours() {
        tracing::warn!(%refusal, "A message of an Apple device could not be taken");
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    tracing::info!(%refusal, "A message of an Apple device was refused");
    match refusal {
        // `com.apple.unrecognized.device`: the phone removes the profile by itself, from iOS 17 on.
        PhoneRefusal::Removed => {
            let text = "This device is not managed any more.";
            let code = json!({ "code": "com.apple.unrecognized.device", "description": text, "message": text });
            (StatusCode::FORBIDDEN, Json(code)).into_response()
        }
        _ => StatusCode::BAD_REQUEST.into_response(),
    }
}
