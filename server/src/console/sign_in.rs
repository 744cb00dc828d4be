//! What needs a session, and the way to the sign-in page and back.

use crate::state::AppState;
use app::{
    frame::JournalHead,
    server::context::{safe_next, signed_out_answer},
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Redirect, Response},
};
use http::{Method, Uri};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use service::SignedIn;
use url::form_urlencoded;

/// Where browsers without a session are sent.
const SIGN_IN: &str = "/sign-in";
/// The server functions that work without a session: they create one, or are called before there is one.
pub const PUBLIC_FUNCTIONS: [&str; 4] =
    ["/fn/account/sign-in", "/fn/account/setup", "/fn/account/check-setup", "/fn/account/reset-password"];
/// What has to be encoded in a value of a query.
const IN_QUERY: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'&').add(b'+').add(b'<').add(b'>');

/// Guards the pages and functions of the console. A browser without a session is redirected to sign in and comes back
/// afterwards; a function is refused before its body is read.
pub async fn guard_page(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let is_signed_in = request.extensions().get::<SignedIn>().is_some();
    if !is_signed_in && needs_session(request.uri().path()) {
        return signed_out_answer();
    }
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    if is_read && !is_signed_in && !is_public(request.uri().path()) {
        return Redirect::to(&sign_in_url(request.uri())).into_response();
    }
    if is_read && is_signed_in && request.uri().path() == SIGN_IN {
        return Redirect::to(safe_next(&next_of(request.uri()))).into_response();
    }
    if request.method() == Method::GET && is_signed_in {
        // Read before the page is drawn: a change in between is then reported twice, and never lost. Without it the page
        // fetches once more.
        if let Ok(head) = state.rollcall.journal_head().await {
            request.extensions_mut().insert(JournalHead(head));
        }
    }
    next.run(request).await
}

fn needs_session(path: &str) -> bool {
    path.starts_with("/fn/") && !PUBLIC_FUNCTIONS.contains(&path)
}

/// Whether a page is open without a session. Functions are not redirected: they are refused.
fn is_public(path: &str) -> bool {
    path == SIGN_IN || ["/setup/", "/reset/", "/fn/"].iter().any(|start| path.starts_with(start))
}

/// The address of the sign-in page that leads back to `from`.
pub fn sign_in_url(from: &Uri) -> String {
    let from = from.path_and_query().map_or("/", |path| path.as_str());
    if from == "/" {
        return SIGN_IN.to_owned();
    }
    format!("{SIGN_IN}?next={}", utf8_percent_encode(from, IN_QUERY))
}

fn next_of(uri: &Uri) -> String {
    let mut pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    pairs.find(|(name, _)| name == "next").map(|(_, value)| value.into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_back_to_the_same_address() {
        let from: Uri = "/devices?search=a%26b&sort=-name".parse().unwrap();
        let sign_in: Uri = sign_in_url(&from).parse().unwrap();
        assert_eq!(next_of(&sign_in), "/devices?search=a%26b&sort=-name");
        assert_eq!(sign_in_url(&"/".parse().unwrap()), "/sign-in");
    }
}
