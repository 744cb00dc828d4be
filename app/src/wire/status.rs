//! The HTTP status of the answer to a server function. Only in the server.

use super::error::AppError;
use http::{Method, StatusCode, header::ACCEPT, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// The status that fits an error.
pub fn status_of(error: &AppError) -> StatusCode {
    match error {
        AppError::Unauthenticated => StatusCode::UNAUTHORIZED,
        AppError::NotFound { .. } => StatusCode::NOT_FOUND,
        AppError::Refused { .. } => StatusCode::CONFLICT,
        AppError::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        AppError::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        AppError::Internal { .. } | AppError::Network => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Sets the status of the answer. An answer to a plain form keeps its own: it is a redirect back to the form.
pub fn set_status(status: StatusCode) {
    if let (false, Some(response)) = (is_form(), use_context::<ResponseOptions>()) {
        response.set_status(status);
    }
}

/// Whether a browser sent a plain form, and shows the page that the answer leads to.
pub fn is_form() -> bool {
    use_context::<Parts>().is_some_and(|parts| {
        let accept = parts.headers.get(ACCEPT).and_then(|value| value.to_str().ok());
        parts.method == Method::POST && accept.is_some_and(|accept| accept.contains("text/html"))
    })
}
