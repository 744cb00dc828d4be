//! The cookies that the server sets, and reading cookies.

use http::{HeaderMap, header::COOKIE};
use service::{KnownBrowser, SessionToken};

/// Name of the session cookie over https; the prefix binds it to this host.
pub const SESSION_COOKIE: &str = "__Host-rollcall";
/// Name of the session cookie where the console is served over plain http, for `localhost` only.
pub const SESSION_COOKIE_PLAIN: &str = "rollcall";
/// How long a browser keeps the session cookie, in seconds: 30 days. The server may end the session earlier.
const SESSION_COOKIE_MAX_AGE_S: u32 = 30 * 24 * 3600;
/// Name of the cookie by which a browser is known to have signed in before.
const KNOWN_BROWSER: &str = "rollcall-known";
/// How long it is known, in seconds: 180 days.
const KNOWN_BROWSER_MAX_AGE_S: u32 = 180 * 24 * 3600;
/// Name of the cookie with the email that was typed into a form that failed. It is personal, and so not in the URL.
const TYPED_EMAIL: &str = "rollcall-email";
/// How long it is kept, in seconds.
const TYPED_EMAIL_MAX_AGE_S: u32 = 300;

/// Name of the session cookie, and whether it is `Secure`, for a public URL.
pub const fn session_cookie_name(secure: bool) -> &'static str {
    if secure { SESSION_COOKIE } else { SESSION_COOKIE_PLAIN }
}

/// The `Set-Cookie` value that starts a session.
pub fn session_cookie(token: &SessionToken, secure: bool) -> String {
    cookie(session_cookie_name(secure), token.expose(), SESSION_COOKIE_MAX_AGE_S, secure)
}

/// The `Set-Cookie` value that ends a session.
pub fn ended_session_cookie(secure: bool) -> String {
    cookie(session_cookie_name(secure), "", 0, secure)
}

/// The `Set-Cookie` value by which a browser is known from now on.
pub fn known_browser_cookie(known: &KnownBrowser, secure: bool) -> String {
    cookie(&on_host(KNOWN_BROWSER, secure), known.expose(), KNOWN_BROWSER_MAX_AGE_S, secure)
}

/// The cookie of a browser that signed in before; not checked yet.
pub fn known_browser(headers: &HeaderMap, secure: bool) -> Option<KnownBrowser> {
    cookie_value(headers, &on_host(KNOWN_BROWSER, secure)).map(KnownBrowser::from_cookie)
}

/// The `Set-Cookie` value that keeps the email of a form that failed, percent-encoded; an empty one ends it.
pub fn typed_email_cookie(encoded: &str, secure: bool) -> String {
    let max_age_s = if encoded.is_empty() { 0 } else { TYPED_EMAIL_MAX_AGE_S };
    cookie(&on_host(TYPED_EMAIL, secure), encoded, max_age_s, secure)
}

/// The email of a form that failed, percent-encoded.
pub fn typed_email(headers: &HeaderMap, secure: bool) -> Option<&str> {
    cookie_value(headers, &on_host(TYPED_EMAIL, secure))
}

/// The name of a cookie: over https its prefix binds it to this host.
fn on_host(name: &str, secure: bool) -> String {
    if secure { format!("__Host-{name}") } else { name.to_owned() }
}

fn cookie(name: &str, value: &str, max_age_s: u32, secure: bool) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static("a=1; rollcall=abc; b=2"));
        assert_eq!(cookie_value(&headers, "rollcall"), Some("abc"));
        assert_eq!(cookie_value(&headers, "call"), None);
    }
}
