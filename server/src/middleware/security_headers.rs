//! Headers that keep a browser from doing more than a page needs.

use crate::state::AppState;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderMap, HeaderName, HeaderValue, header};

/// For everything that is not a page: nothing may be loaded, run or framed.
const STRICTEST: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// Features of the browser that no page uses.
const PERMISSIONS: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
/// Half a year, in seconds.
const HSTS: &str = "max-age=15552000";

/// Sets the headers that an answer does not have yet: a handler that needs another policy sets its own.
pub async fn add_headers(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    default_header(headers, header::CONTENT_SECURITY_POLICY, STRICTEST);
    default_header(headers, header::CACHE_CONTROL, "no-store");
    default_header(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    default_header(headers, header::REFERRER_POLICY, "same-origin");
    default_header(headers, HeaderName::from_static("permissions-policy"), PERMISSIONS);
    default_header(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    default_header(headers, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if state.rollcall.settings().public_url.scheme() == "https" {
        default_header(headers, header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    response
}

fn default_header(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}
