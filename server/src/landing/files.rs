//! Stylesheet and script of the page.

use app::plain::landing::{script, stylesheet};
use axum::response::{IntoResponse as _, Response};
use http::header;

/// For files whose address changes with their content.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// `GET /landing.css`.
pub(super) async fn css() -> Response {
    cached_forever("text/css; charset=utf-8", stylesheet())
}

/// `GET /landing.js`.
pub(super) async fn js() -> Response {
    cached_forever("text/javascript; charset=utf-8", script())
}

fn cached_forever(content_type: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, FOREVER)], text).into_response()
}
