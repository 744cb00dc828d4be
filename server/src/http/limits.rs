//! Limits of every request: time, size, and what happens when a handler panics.

use crate::problem::Problem;
use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::StatusCode;
use std::{any::Any, time::Duration};

/// Longest time until an answer begins, for everything but polls and live streams, which are routed around this.
const TIMEOUT: Duration = Duration::from_secs(30);
/// The same for files that are sent, and for imports, whose answer comes at their end.
const LONG_TIMEOUT: Duration = Duration::from_mins(10);
/// Longest body of a server function, in bytes.
pub const FUNCTION_BODY_MAX: usize = 1024 * 1024;

/// Answers 408 to a request that takes too long: a body that does not come, or a handler that hangs.
pub async fn end_slow_requests(request: Request, next: Next) -> Response {
    end(TIMEOUT, request, next).await
}

/// The same for what may take long.
pub async fn end_very_slow_requests(request: Request, next: Next) -> Response {
    end(LONG_TIMEOUT, request, next).await
}

async fn end(timeout: Duration, request: Request, next: Next) -> Response {
    match tokio::time::timeout(timeout, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::new(StatusCode::REQUEST_TIMEOUT, "timeout", "This request took too long.").into_response(),
    }
}

/// The answer to a request whose handler panicked: the words of the panic go to the log only.
#[expect(clippy::needless_pass_by_value, reason = "the layer that calls this hands the value over")]
pub fn after_panic(panic: Box<dyn Any + Send + 'static>) -> Response {
    let words = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no words");
    tracing::error!(panic = words, "A handler panicked");
    Problem::internal().into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_words_of_a_panic_stay_in_the_server() {
        let response = after_panic(Box::new("the key is 1234"));
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        assert!(body.contains("internal") && !body.contains("1234"), "{body}");
    }
}
