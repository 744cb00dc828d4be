//! Stylesheet and script of the page.

use app::plain::landing::{script, stylesheet};
use axum::response::{IntoResponse as _, Response};
use http::header;

/// For files whose address changes with their content.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// `GET /landing.css`.
pub(super) async fn css() -> Response {
    immutable("text/css; charset=utf-8", stylesheet())
}

/// `GET /landing.js`.
pub(super) async fn js() -> Response {
    immutable("text/javascript; charset=utf-8", script())
}

fn immutable(content_type: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, IMMUTABLE)], text).into_response()
}
