//! `/apple/scep`: where a phone gets the certificate that it signs with (RFC 8894).

use crate::{http::body::read_body, state::AppState};
use apple::scep::{CAPABILITIES, CERTIFICATE_TYPE, MESSAGE_TYPE, message_from_query};
use axum::{
    body::Body,
    extract::{Query, State},
    response::{IntoResponse as _, Response},
};
use http::{StatusCode, header};
use serde::Deserialize;
use service::ScepRefusal;

/// Longest request, in bytes.
const BODY_MAX: usize = 64 * 1024;

/// What stands in the address.
#[derive(Deserialize)]
pub(super) struct Operation {
    #[serde(default)]
    operation: String,
    #[serde(default)]
    message: String,
}

/// `GET`: questions about the authority, and requests of clients that do not POST.
pub(super) async fn get(State(state): State<AppState>, Query(query): Query<Operation>) -> Response {
    match query.operation.as_str() {
        "GetCACaps" => CAPABILITIES.into_response(),
        "GetCACert" => match state.rollcall.apple_authority_certificate().await {
            Ok(certificate) => ([(header::CONTENT_TYPE, CERTIFICATE_TYPE)], certificate).into_response(),
            Err(error) => failed(&error),
        },
        "PKIOperation" => match message_from_query(&query.message) {
            Ok(message) => answer(&state, message).await,
            Err(_) => StatusCode::BAD_REQUEST.into_response(),
        },
        _ => StatusCode::BAD_REQUEST.into_response(),
    }
}

/// `POST`: a request.
pub(super) async fn post(State(state): State<AppState>, Query(query): Query<Operation>, body: Body) -> Response {
    if query.operation != "PKIOperation" {
        return StatusCode::BAD_REQUEST.into_response();
    }
    match read_body(body, BODY_MAX).await {
        Ok(message) => answer(&state, message).await,
        Err(problem) => problem.into_response(),
    }
}

async fn answer(state: &AppState, message: Vec<u8>) -> Response {
    match state.rollcall.answer_scep(message).await {
        Ok(answer) => ([(header::CONTENT_TYPE, MESSAGE_TYPE)], answer).into_response(),
        Err(ScepRefusal::NoRequest(error)) => {
            tracing::info!(%error, "A message to the certificate authority was refused");
            StatusCode::BAD_REQUEST.into_response()
        }
        Err(ScepRefusal::Service(error)) => failed(&error),
    }
}

fn failed(error: &service::ServiceError) -> Response {
    tracing::warn!(%error, "The certificate authority could not answer");
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}
