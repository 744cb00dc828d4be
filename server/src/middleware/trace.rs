//! One line in the log per request. The route is logged, never the path itself: `/e/{token}` contains a secret.

use crate::state::AppState;
use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderName, HeaderValue};
use std::sync::atomic::{AtomicU64, Ordering};
use tracing::Instrument as _;

/// The header with the identity of a request, to find its line in the log.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Logs the request when its answer begins, and adds `x-request-id`.
pub async fn log_request(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let id = request_id(&state);
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "(no route)".to_owned(), |path| path.as_str().to_owned());
    let begun = state.rollcall.clock().now();
    let span = tracing::info_span!("request", request.id = %id);
    let mut response = next.run(request).instrument(span).await;
    let took_ms = state.rollcall.clock().now().as_millis() - begun.as_millis();
    let status = response.status().as_u16();
    tracing::info!(
        request.id = %id, http.method = %method, http.route = route, http.status = status, took_ms,
        "{method} {route} {status}"
    );
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// Unique within a run; begins with the time, so that it differs between runs.
fn request_id(state: &AppState) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{:x}-{count:x}", state.rollcall.clock().now().as_millis())
}
