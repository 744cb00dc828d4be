//! `POST /page-trouble`: a page of the console tells that its script broke. One line in the log each time.

use crate::{
    http::problem::Problem,
    middleware::{session::signed_in, timeouts::end_slow_requests},
    state::AppState,
};
use axum::{Router, body::to_bytes, extract::Request, middleware::from_fn, routing::post};
use domain::types::text::clean_text;
use http::StatusCode;

/// Longest body that is read, in bytes.
const BODY_MAX: usize = 4096;
/// How much of it is written to the log, in characters.
const LOGGED_MAX: usize = 300;

/// The route.
pub fn router() -> Router<AppState> {
    Router::new().route("/page-trouble", post(note)).layer(from_fn(end_slow_requests))
}

/// Writes what the page says to the log.
async fn note(request: Request) -> Result<StatusCode, Problem> {
    signed_in(&request)?;
    let body = to_bytes(request.into_body(), BODY_MAX).await.unwrap_or_default();
    let trouble = clean_text(&String::from_utf8_lossy(&body), LOGGED_MAX);
    tracing::warn!(trouble, "The script of a page broke");
    Ok(StatusCode::NO_CONTENT)
}
