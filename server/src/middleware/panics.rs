//! A handler that panics costs one answer, not the server.

use crate::http::problem::Problem;
use axum::response::{IntoResponse as _, Response};
use std::any::Any;

/// The answer to a request whose handler panicked: the message of the panic goes to the log only.
#[expect(clippy::needless_pass_by_value, reason = "the layer that calls this passes the value")]
pub fn after_panic(panic: Box<dyn Any + Send + 'static>) -> Response {
    let message = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    tracing::error!(panic = message, "A handler panicked");
    Problem::internal().into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::StatusCode;

    #[tokio::test]
    async fn the_message_of_a_panic_stays_in_the_server() {
        let response = after_panic(Box::new("the key is 1234"));
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        assert!(body.contains("internal") && !body.contains("1234"), "{body}");
    }
}
