//! What all answers about an invitation have in common.

use app::plain::landing::CONTENT_SECURITY_POLICY;
use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, header};

/// A header as text; empty when it is missing or not ASCII.
pub(super) fn header_text(headers: &HeaderMap, name: HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Keeps an answer about an invitation out of caches, search engines and other sites' logs.
pub(super) fn private(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    response
}
