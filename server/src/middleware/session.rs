//! Session recognition: who is signed in, from the cookie. What needs a session is decided elsewhere.

use crate::{http::problem::Problem, state::AppState};
use app::server::{
    context::is_secure,
    cookies::{cookie_value, session_cookie_name},
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::StatusCode;
use service::{SessionToken, SignedIn};

/// Puts `SignedIn` and the `SessionToken` into the extensions of a request whose cookie is valid. An
/// invalid cookie is no error: the request goes on without a session.
pub async fn recognize(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let name = session_cookie_name(is_secure(&state.rollcall));
    let token = cookie_value(request.headers(), name).filter(|value| !value.is_empty()).map(SessionToken::from_cookie);
    if let Some(token) = token {
        match state.rollcall.session(token.expose()).await {
            Ok(Some(who)) => {
                request.extensions_mut().insert(who);
                request.extensions_mut().insert(token);
            }
            Ok(None) => {}
            // Without this, a busy database would sign people out, and they would lose their work.
            Err(error) => return Problem::from(error).into_response(),
        }
    }
    next.run(request).await
}

/// The account that a request comes from.
///
/// # Errors
/// 401 without a session.
pub fn signed_in(request: &Request) -> Result<SignedIn, Problem> {
    request.extensions().get::<SignedIn>().cloned().ok_or_else(signed_out)
}

/// The session token of a request.
///
/// # Errors
/// 401 without a session.
pub fn session_token(request: &Request) -> Result<SessionToken, Problem> {
    request.extensions().get::<SessionToken>().cloned().ok_or_else(signed_out)
}

/// 401: there is no session.
pub fn signed_out() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "unauthenticated", "You are signed out.")
}
