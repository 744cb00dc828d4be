//! What a request brings along for views and server functions, and how they get it.
//!
//! The server crate provides as context: `Arc<service::Rollcall>` and [`Assets`](super::assets::Assets). `leptos_axum`
//! provides the request's parts; their extensions hold [`ClientAddress`] and, when the session cookie was valid,
//! `service::SignedIn` and `service::SessionToken`.

use crate::{
    server::cookies::{
        ended_session_cookie, known_browser, known_browser_cookie, session_cookie, typed_email, typed_email_cookie,
    },
    text,
    wire::{
        error::AppError,
        status::{set_status, status_of},
    },
};
use axum::response::{IntoResponse as _, Response};
use domain::{actor::Actor, audit::Origin};
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{RETRY_AFTER, SET_COOKIE, USER_AGENT},
    request::Parts,
};
use leptos::{prelude::use_context, server_fn::error::FromServerFnError as _};
use leptos_axum::ResponseOptions;
use percent_encoding::percent_decode_str;
use service::{Browser, NewSession, Rollcall, ServiceError, SignedIn};
use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
};

/// Longest part of a `User-Agent` header that is kept, in characters.
const USER_AGENT_MAX: usize = 300;

/// Where a request came from, according to the server's settings: the headers of a proxy count only when it is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// The path after sign-in: `next` when it is a path of this site, else the first page.
pub fn safe_next(next: &str) -> &str {
    let inside = next.starts_with('/')
        && !next.starts_with("//")
        && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
        && !next.starts_with("/sign-in");
    if inside { next } else { "/devices" }
}

/// The use cases.
pub fn rollcall() -> Result<Arc<Rollcall>, AppError> {
    use_context().ok_or_else(|| AppError::Internal { text: text::not_set_up().to_owned() })
}

/// A call of a signed-in account.
pub struct Call {
    /// The use cases.
    pub rollcall: Arc<Rollcall>,
    /// The account that calls.
    pub who: SignedIn,
}

impl Call {
    /// The account, as the journal names it.
    pub fn actor(&self) -> Actor {
        self.who.actor()
    }

    /// The account and its address, as the audit log names them.
    pub fn origin(&self) -> Origin {
        Origin { actor: (&self.actor()).into(), address: Some(client_address()) }
    }
}

/// The first line of every server function, except those that sign in.
///
/// # Errors
/// `AppError::Unauthenticated` without a valid session.
pub fn require_session() -> Result<Call, AppError> {
    let who = extension::<SignedIn>().ok_or_else(|| {
        set_status(StatusCode::UNAUTHORIZED);
        AppError::Unauthenticated
    })?;
    let rollcall = rollcall()?;
    Ok(Call { rollcall, who })
}

/// The answer to a call of a server function without a session.
pub fn signed_out_answer() -> Response {
    (StatusCode::UNAUTHORIZED, AppError::Unauthenticated.ser()).into_response()
}

/// The last line of every server function: turns a result of the service into what travels, with a fitting status.
pub fn answer<T>(result: Result<T, ServiceError>) -> Result<T, AppError> {
    result.map_err(|error| {
        let is_busy = error == ServiceError::SignInsWaiting;
        let error = AppError::from(error);
        set_status(if is_busy { StatusCode::SERVICE_UNAVAILABLE } else { status_of(&error) });
        if let (true, Some(response)) = (is_busy, use_context::<ResponseOptions>()) {
            response.insert_header(RETRY_AFTER, HeaderValue::from_static("2"));
        }
        error
    })
}

/// An extension that a middleware added to the request.
pub fn extension<T: Clone + Send + Sync + 'static>() -> Option<T> {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<T>().cloned())
}

/// The browser that calls, for the list of sessions and for rate limits.
pub fn browser() -> Browser {
    let user_agent = use_context::<Parts>()
        .and_then(|parts| Some(parts.headers.get(USER_AGENT)?.to_str().ok()?.to_owned()))
        .unwrap_or_default();
    let known = with_headers(known_browser);
    Browser { user_agent: user_agent.chars().take(USER_AGENT_MAX).collect(), address: client_address(), known }
}

fn client_address() -> IpAddr {
    extension::<ClientAddress>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |client| client.0)
}

/// Reads a cookie of the request.
fn with_headers<T>(read: impl FnOnce(&HeaderMap, bool) -> Option<T>) -> Option<T> {
    let (parts, rollcall) = (use_context::<Parts>()?, rollcall().ok()?);
    read(&parts.headers, is_secure(&rollcall))
}

/// The email that was typed into a form that failed; empty when there was none.
pub fn email_typed_before() -> String {
    let decode = |headers: &HeaderMap, secure| {
        typed_email(headers, secure).map(|encoded| percent_decode_str(encoded).decode_utf8_lossy().into_owned())
    };
    with_headers(decode).unwrap_or_default()
}

/// Keeps the email of a form that failed for the form's page; an empty one ends it.
pub fn keep_typed_email(rollcall: &Rollcall, encoded: &str) {
    set_cookie(&typed_email_cookie(encoded, is_secure(rollcall)));
}

/// Sends the cookies of a session that begins.
pub fn start_session(rollcall: &Rollcall, session: &NewSession) {
    let secure = is_secure(rollcall);
    set_cookie(&session_cookie(&session.token, secure));
    set_cookie(&known_browser_cookie(&session.known, secure));
}

/// Sends the cookie that ends a session.
pub fn end_session(rollcall: &Rollcall) {
    set_cookie(&ended_session_cookie(is_secure(rollcall)));
}

fn set_cookie(text: &str) {
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(text)) {
        response.append_header(SET_COOKIE, value);
    }
}

/// Whether browsers reach the console over https.
pub fn is_secure(rollcall: &Rollcall) -> bool {
    rollcall.settings().public_url.scheme() == "https"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sign_in_leads_to_paths_of_this_site_only() {
        assert_eq!(safe_next("/people?search=a"), "/people?search=a");
        for bad in
            ["", "https://example.com", "//example.com", "/\\example.com", "/a\r\nSet-Cookie: x", "/ä", "/sign-in"]
        {
            assert_eq!(safe_next(bad), "/devices", "{bad:?}");
        }
    }
}
