//! The session cookie, and reading cookies.

use http::{HeaderMap, header::COOKIE};
use service::SessionToken;

/// Name of the session cookie over https; the prefix binds it to this host.
pub const SESSION_COOKIE: &str = "__Host-rollcall";
/// Name of the session cookie where the console is served over plain http, for `localhost` only.
pub const SESSION_COOKIE_PLAIN: &str = "rollcall";
/// How long a browser keeps the session cookie, in seconds: 30 days. The server may end the session earlier.
const SESSION_COOKIE_MAX_AGE_S: u32 = 30 * 24 * 3600;
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
