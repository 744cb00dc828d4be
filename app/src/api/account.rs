//! Signing in and out, the first account, and the account's sessions.

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::{
    answer, browser, end_session, extension, require_session, rollcall, safe_next, start_session,
};
use domain::{
    ids::SessionId,
    views::{Me, SessionRow},
};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// Signs in, sets the session cookie and goes to `next`. A form that works without JavaScript.
#[server(prefix = "/fn", endpoint = "account/sign-in")]
pub async fn sign_in(email: String, password: String, next: Option<String>) -> Result<(), AppError> {
    let rollcall = rollcall()?;
    let token = answer(rollcall.sign_in(&email, &password, browser()).await)?;
    start_session(&rollcall, &token);
    leptos_axum::redirect(safe_next(&next.unwrap_or_default()));
    Ok(())
}

/// Makes the first account with the token of the one-time link, signs it in and goes to the first page. A form that
/// works without JavaScript.
#[server(prefix = "/fn", endpoint = "account/setup")]
pub async fn set_up(token: String, email: String, password: String) -> Result<(), AppError> {
    let rollcall = rollcall()?;
    let session = answer(rollcall.create_first_account(&token, &email, &password, browser()).await)?;
    start_session(&rollcall, &session);
    leptos_axum::redirect("/devices");
    Ok(())
}

/// Whether the one-time link for the first account still works.
#[server(prefix = "/fn", endpoint = "account/check-setup", input = Json)]
pub async fn check_setup(token: String) -> Result<bool, AppError> {
    answer(rollcall()?.check_setup_token(&token).await)
}

/// Ends this session and goes to the sign-in page. A form that works without JavaScript.
#[server(prefix = "/fn", endpoint = "account/sign-out")]
pub async fn sign_out() -> Result<(), AppError> {
    let call = require_session()?;
    if let Some(token) = extension::<service::SessionToken>() {
        answer(call.rollcall.sign_out(token.expose()).await)?;
    }
    end_session(&call.rollcall);
    leptos_axum::redirect("/sign-in");
    Ok(())
}

/// The signed-in account.
#[server(name = GetMe, prefix = "/fn", endpoint = "account/me", input = Json)]
pub async fn me() -> Result<Me, AppError> {
    let call = require_session()?;
    Ok(Me {
        account_id: call.who.account_id,
        mail_to_files: call.rollcall.mails_go_to_files(),
        server_version: env!("CARGO_PKG_VERSION").to_owned(),
        email: call.who.email,
    })
}

/// The browsers in which the account is signed in.
#[server(prefix = "/fn", endpoint = "account/sessions", input = Json)]
pub async fn list_sessions() -> Result<Vec<SessionRow>, AppError> {
    let call = require_session()?;
    answer(call.rollcall.list_sessions(&call.who).await)
}

/// Signs one of the account's browsers out.
#[server(prefix = "/fn", endpoint = "account/revoke-session", input = Json)]
pub async fn revoke_session(id: SessionId) -> Result<(), AppError> {
    let call = require_session()?;
    answer(call.rollcall.revoke_session(&call.who, id).await)
}
