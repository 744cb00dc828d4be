//! What the server hands to views and server functions, and how they reach it. Only in the server.
//!
//! The server crate provides as context: `Arc<service::Rollcall>` and [`Assets`]. `leptos_axum` provides the request's
//! parts; their extensions hold [`ClientAddress`] and, when the session cookie was valid, `service::SignedIn` and
//! `service::SessionToken`.

use crate::{error::AppError, say};
use axum::response::{IntoResponse as _, Response};
use domain::actor::Actor;
use http::{
    HeaderMap, HeaderValue, Method, StatusCode,
    header::{ACCEPT, COOKIE, SET_COOKIE, USER_AGENT},
    request::Parts,
};
use leptos::{
    prelude::{LeptosOptions, use_context},
    server_fn::error::FromServerFnError as _,
};
use leptos_axum::ResponseOptions;
use service::{Browser, Rollcall, ServiceError, SessionToken, SignedIn};
use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
};

/// Name of the session cookie over https; the prefix binds it to this host.
pub const SESSION_COOKIE: &str = "__Host-rollcall";
/// Name of the session cookie where the console is served over plain http, for `localhost` only.
pub const SESSION_COOKIE_PLAIN: &str = "rollcall";
/// Seconds that a browser keeps the session cookie: 30 days. The server may end the session before.
const SESSION_COOKIE_MAX_AGE_S: u32 = 30 * 24 * 3600;
/// Longest part of a `User-Agent` header that is kept, in characters.
const USER_AGENT_MAX: usize = 300;

/// Where a request came from, as the server's settings tell it (a proxy's word counts only when it is trusted).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// URL paths of the files that the console's pages load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    /// The JavaScript module that loads the WebAssembly file.
    pub js: String,
    /// The WebAssembly file.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
}

impl Assets {
    /// Paths with hashes, from the text of `hash.txt` (lines such as `js: 0123abcd`). A kind of file that it does not
    /// name is taken to have no hash.
    pub fn from_hashes(hashes: &str, options: &LeptosOptions) -> Self {
        let path = |extension: &str| {
            let hash = hashes
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(key, _)| key.trim() == extension)
                .map(|(_, hash)| format!(".{}", hash.trim()));
            let (folder, name) = (&options.site_pkg_dir, &options.output_name);
            format!("/{folder}/{name}{}.{extension}", hash.unwrap_or_default())
        };
        Self { js: path("js"), wasm: path("wasm"), css: path("css") }
    }
}

/// Name of the session cookie, and whether it is `Secure`, for a public URL.
pub const fn session_cookie_name(secure: bool) -> &'static str {
    if secure { SESSION_COOKIE } else { SESSION_COOKIE_PLAIN }
}

/// The `Set-Cookie` value that starts a session.
pub fn session_cookie(token: &SessionToken, secure: bool) -> String {
    cookie(token.expose(), SESSION_COOKIE_MAX_AGE_S, secure)
}

/// The `Set-Cookie` value that ends a session.
pub fn ended_session_cookie(secure: bool) -> String {
    cookie("", 0, secure)
}

fn cookie(value: &str, max_age_s: u32, secure: bool) -> String {
    let name = session_cookie_name(secure);
    let flag = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Lax{flag}")
}

/// The value of the cookie of this name.
pub fn cookie_value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

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
    use_context().ok_or_else(|| AppError::Internal { text: say::not_set_up().to_owned() })
}

/// A call of a signed-in account.
pub struct Call {
    /// The use cases.
    pub rollcall: Arc<Rollcall>,
    /// Who calls.
    pub who: SignedIn,
}

impl Call {
    /// Who calls, as the journal names it.
    pub fn actor(&self) -> Actor {
        Actor::Account(self.who.email.clone())
    }
}

/// The first line of every server function but those that sign in.
///
/// # Errors
/// [`AppError::Unauthenticated`] without a valid session.
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

/// The last line of every server function: turns a service's answer into one that travels, with a fitting status.
pub fn answer<T>(result: Result<T, ServiceError>) -> Result<T, AppError> {
    result.map_err(|error| {
        let error = AppError::from(error);
        set_status(status_of(&error));
        error
    })
}

fn status_of(error: &AppError) -> StatusCode {
    match error {
        AppError::Unauthenticated => StatusCode::UNAUTHORIZED,
        AppError::NotFound { .. } => StatusCode::NOT_FOUND,
        AppError::Refused { .. } => StatusCode::CONFLICT,
        AppError::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        AppError::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        AppError::Internal { .. } | AppError::Network => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Sets the status of the answer, but never of one to a plain form: that is a redirect back to the form.
pub fn set_status(status: StatusCode) {
    if let (false, Some(response)) = (is_form(), use_context::<ResponseOptions>()) {
        response.set_status(status);
    }
}

/// Whether a browser sent a plain form, and shows whatever page the answer leads to.
pub fn is_form() -> bool {
    use_context::<Parts>().is_some_and(|parts| {
        let accept = parts.headers.get(ACCEPT).and_then(|value| value.to_str().ok());
        parts.method == Method::POST && accept.is_some_and(|accept| accept.contains("text/html"))
    })
}

/// What a middleware put into the request.
pub fn extension<T: Clone + Send + Sync + 'static>() -> Option<T> {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<T>().cloned())
}

/// The browser that calls, for the list of sessions and for limits of attempts.
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
    fn only_paths_of_this_site_are_gone_to_after_sign_in() {
        assert_eq!(safe_next("/people?search=a"), "/people?search=a");
        for bad in
            ["", "https://example.com", "//example.com", "/\\example.com", "/a\r\nSet-Cookie: x", "/ä", "/sign-in"]
        {
            assert_eq!(safe_next(bad), "/devices", "{bad:?}");
        }
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static("a=1; rollcall=abc; b=2"));
        assert_eq!(cookie_value(&headers, "rollcall"), Some("abc"));
        assert_eq!(cookie_value(&headers, "call"), None);
    }

    #[test]
    fn hashes_stand_in_the_paths() {
        let options = LeptosOptions::builder().output_name("rollcall").build();
        let assets = Assets::from_hashes("js: 12\nwasm: 34\n", &options);
        assert_eq!(assets.js, "/pkg/rollcall.12.js");
        assert_eq!(assets.wasm, "/pkg/rollcall.34.wasm");
        assert_eq!(assets.css, "/pkg/rollcall.css");
    }
}
