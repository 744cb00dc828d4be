//! How long a request may take. Polls and live streams are routed around this: they wait on purpose.

use crate::http::problem::Problem;
use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::StatusCode;
use std::time::Duration;

/// Longest time until an answer begins.
const TIMEOUT: Duration = Duration::from_secs(30);
/// The same for uploads, and for imports, whose answer comes at their end.
const LONG_TIMEOUT: Duration = Duration::from_mins(10);

/// Answers 408 to a request that takes too long because its body does not arrive or its handler hangs.
pub async fn end_slow_requests(request: Request, next: Next) -> Response {
    end(TIMEOUT, request, next).await
}

/// The same for uploads and imports.
pub async fn end_slow_transfers(request: Request, next: Next) -> Response {
    end(LONG_TIMEOUT, request, next).await
}

async fn end(timeout: Duration, request: Request, next: Next) -> Response {
    match tokio::time::timeout(timeout, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::new(StatusCode::REQUEST_TIMEOUT, "timeout", "This request took too long.").into_response(),
    }
}
