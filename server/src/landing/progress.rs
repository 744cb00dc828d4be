//! What the script of the page calls.

use super::response::{header_text, private};
use crate::{http::problem::Problem, state::AppState};
use app::plain::landing::{LandingQuery, status as status_active, status_inactive};
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    response::{IntoResponse as _, Response},
};
use http::{HeaderMap, StatusCode, header};
use service::{ServiceError, enrollment::landing::Landing};

/// `POST /e/{token}/seen`: someone tapped, typed or scrolled.
pub(super) async fn seen(State(state): State<AppState>, Path(token): Path<String>) -> Response {
    match state.rollcall.record_interaction(&token).await {
        Ok(()) | Err(ServiceError::Refused(_)) => private(StatusCode::NO_CONTENT.into_response()),
        Err(error) => private(Problem::from(error).into_response()),
    }
}

/// `GET /e/{token}/status`: how far the enrollment is.
pub(super) async fn status(
    State(state): State<AppState>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let languages = header_text(&headers, header::ACCEPT_LANGUAGE);
    let query = LandingQuery::parse(query.as_deref());
    private(match state.rollcall.landing(&token).await {
        Ok(Landing::Active(invitation)) => Json(status_active(&invitation, query)).into_response(),
        Ok(Landing::Inactive(reason)) => Json(status_inactive(reason, query, languages)).into_response(),
        Ok(Landing::Unknown) => Problem::from(ServiceError::NotFound).into_response(),
        Err(error) => Problem::from(error).into_response(),
    })
}
