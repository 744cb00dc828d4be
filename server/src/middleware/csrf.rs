//! Refuses requests that another site makes with a signed-in browser (by `Sec-Fetch-Site` and `Origin`). Devices and
//! scripts send a bearer token and no cookie: their routes do without.

use crate::http::problem::Problem;
use axum::{
    body::Body,
    extract::Request,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::{Method, StatusCode, header};
use tower_http::csrf::{ConfigError, CsrfLayer, ProtectionError, ResponseForProtectionError};
use url::Url;

/// The layer that refuses cross-site requests. Pages of `public_url` are trusted even where a proxy rewrites `Host`.
///
/// # Errors
/// The URL has no origin that a browser could send.
pub fn layer(public_url: &Url) -> Result<CsrfLayer<CrossSiteRejection>, ConfigError> {
    let origin = public_url.origin().ascii_serialization();
    Ok(CsrfLayer::new().add_trusted_origin(origin)?.with_rejection_response(CrossSiteRejection))
}

/// The answer to a cross-site request.
#[derive(Clone, Copy, Debug)]
pub struct CrossSiteRejection;

impl ResponseForProtectionError<Body> for CrossSiteRejection {
    fn response_for_protection_error(&mut self, _error: ProtectionError) -> Response {
        let detail = "This request came from another site. Open Rollcall at its own address and try again.";
        Problem::new(StatusCode::FORBIDDEN, "cross_site_request", detail).into_response()
    }
}

/// For the landing page, whose referrer policy makes every browser send `Origin: null` with its forms: a browser that
/// does not send `Sec-Fetch-Site`, because it is old or on plain HTTP, would be taken for another site. This is safe:
/// what these forms may do depends on the token in the path alone, never on a cookie.
pub async fn drop_null_origin(mut request: Request, next: Next) -> Response {
    let is_null = request.headers().get(header::ORIGIN).is_some_and(|origin| origin == "null");
    let has_fetch_metadata = request.headers().contains_key("sec-fetch-site");
    if request.method() == Method::POST && is_null && !has_fetch_metadata {
        request.headers_mut().remove(header::ORIGIN);
    }
    next.run(request).await
}
