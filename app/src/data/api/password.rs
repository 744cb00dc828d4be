//! Changing a password: one's own, or through a one-time link. Plain forms of pages that the server draws alone.

use crate::wire::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    data::{
        api::account::{FAILED, back_to_form, failure_code, link_failure_code},
        list_query::encoded,
    },
    server::context::{browser, require_session, rollcall, start_session},
};
use leptos::prelude::*;

/// Where the form that changes one's own password is sent.
#[cfg(feature = "ssr")]
pub const CHANGE: &str = "/fn/account/change-password";
/// Where the form of a one-time link is sent.
#[cfg(feature = "ssr")]
pub const RESET: &str = "/fn/account/reset-password";
/// The page that changes one's own password.
#[cfg(feature = "ssr")]
pub const CHANGE_PAGE: &str = "/settings/password";
/// The URL parameter by which a form's page knows that the password was changed.
#[cfg(feature = "ssr")]
pub const CHANGED: &str = "changed";

/// Changes the password of the signed-in account. Its other sessions end, and this one goes on with a new cookie.
#[server(prefix = "/fn", endpoint = "account/change-password")]
pub async fn change_password(current: String, password: String) -> Result<(), AppError> {
    let call = require_session()?;
    match call.rollcall.change_password(&call.who, &current, &password, &browser()).await {
        Ok(session) => {
            start_session(&call.rollcall, &session);
            leptos_axum::redirect(&format!("{CHANGE_PAGE}?{CHANGED}=1"));
            Ok(())
        }
        Err(error) => back_to_form(&format!("{CHANGE_PAGE}?{FAILED}={}", failure_code(&error)), error),
    }
}

/// Replaces a password with the token of a one-time link, and leads to the sign-in page.
#[server(prefix = "/fn", endpoint = "account/reset-password")]
pub async fn reset_password(token: String, password: String) -> Result<(), AppError> {
    match rollcall()?.use_reset_link(&token, &password, &browser()).await {
        Ok(()) => {
            leptos_axum::redirect(&format!("/sign-in?{CHANGED}=1"));
            Ok(())
        }
        Err(error) => {
            back_to_form(&format!("/reset/{}?{FAILED}={}", encoded(&token), link_failure_code(&error)), error)
        }
    }
}
