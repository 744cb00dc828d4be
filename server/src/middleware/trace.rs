//! One line in the log per request, and its place in the metrics. The route is logged, never the path itself: `/e/{token}`
//! contains a secret.

use super::request_id::{self, REQUEST_ID};
use crate::{metrics::NO_ROUTE, state::AppState};
use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use http::HeaderValue;
use tokio::time::Instant;
use tracing::Instrument as _;

/// Logs and counts the request when its answer begins, and adds `x-request-id`.
pub async fn log_request(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let id = request_id::of(&state, &request);
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let begun = Instant::now();
    // There at every level of the log: a warning without the id of its request could not be found by it.
    let span = tracing::error_span!("request", request.id = %id);
    let mut response = next.run(request).instrument(span).await;
    let took = begun.elapsed();
    let route = matched.as_ref().map(MatchedPath::as_str);
    state.requests.count(route, &method, response.status(), took);
    let (route, status) = (route.unwrap_or(NO_ROUTE), response.status().as_u16());
    let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(
        request.id = %id, http.method = %method, http.route = route, http.status = status, took_ms,
        "{method} {route} {status}"
    );
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}
