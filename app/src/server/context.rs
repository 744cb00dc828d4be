//! What a request brings along for views and server functions, and how they get it.
//!
//! The server crate provides as context: `Arc<service::Rollcall>` and [`Assets`](super::assets::Assets). `leptos_axum`
//! provides the request's parts; their extensions hold [`ClientAddress`] and, when the session cookie was valid,
//! `service::SignedIn` and `service::SessionToken`.

use crate::{
    server::cookies::{ended_session_cookie, session_cookie},
    text,
    wire::{
        error::AppError,
        status::{set_status, status_of},
    },
};
use axum::response::{IntoResponse as _, Response};
use domain::actor::Actor;
use http::{
    HeaderValue, StatusCode,
    header::{SET_COOKIE, USER_AGENT},
    request::Parts,
};
use leptos::{prelude::use_context, server_fn::error::FromServerFnError as _};
use leptos_axum::ResponseOptions;
use service::{Browser, Rollcall, ServiceError, SessionToken, SignedIn};
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
        Actor::Account(self.who.email.clone())
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
        let error = AppError::from(error);
        set_status(status_of(&error));
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
    let address = extension::<ClientAddress>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |client| client.0);
    Browser { user_agent: user_agent.chars().take(USER_AGENT_MAX).collect(), address }
}

/// Sends the cookie that starts a session.
pub fn start_session(rollcall: &Rollcall, token: &SessionToken) {
    set_cookie(&session_cookie(token, is_secure(rollcall)));
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
