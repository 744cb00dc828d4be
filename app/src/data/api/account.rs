//! Signing in and out, the first account, and the account's sessions.

use crate::wire::{Account, error::AppError};
#[cfg(feature = "ssr")]
use crate::{
    data::list_query::encoded,
    server::context::{
        answer, browser, end_session, extension, keep_typed_email, require_session, rollcall, safe_next, start_session,
    },
    text,
    wire::status::is_form,
};
#[cfg(feature = "ssr")]
use crate::{server::reminders::reminder_views, wire::SessionView};
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
#[cfg(feature = "ssr")]
use service::{InvalidField, PASSWORD_MAX, PASSWORD_MIN, ServiceError, mail::MailRoute};

/// Characters of an email that are filled in again.
#[cfg(feature = "ssr")]
const EMAIL_MAX: usize = 254;
/// Where the sign-in form is sent.
#[cfg(feature = "ssr")]
pub const SIGN_IN: &str = "/fn/account/sign-in";
/// Where the form for the first account is sent.
#[cfg(feature = "ssr")]
pub const SET_UP: &str = "/fn/account/setup";
/// Where the form that signs out is sent.
pub const SIGN_OUT: &str = "/fn/account/sign-out";
/// Where the form that chooses the language is sent.
pub const CHOOSE_LANGUAGE: &str = "/fn/account/language";
/// The URL parameter by which a form's page knows why the form failed.
#[cfg(feature = "ssr")]
pub const FAILED: &str = "failed";

/// What a form's page says about a failure. The URL carries a code and not the sentence: the author of a link must not
/// be able to make the page say anything.
#[cfg(feature = "ssr")]
pub fn failure_text(code: &str) -> String {
    let text = match code {
        "credentials" => text::failed_credentials(),
        "attempts" => text::failed_attempts(),
        "waiting" => text::sign_ins_waiting(),
        "email" => text::email_invalid(),
        "short" => return text::password_too_short(PASSWORD_MIN),
        "long" => return text::password_too_long(PASSWORD_MAX),
        "guessable" => text::password_guessable(),
        "current" => text::current_password_wrong(),
        "link" => text::failed_link(),
        _ => text::server_failed(),
    };
    text.to_owned()
}

/// The code by which a form's page knows why it failed.
#[cfg(feature = "ssr")]
pub(super) const fn failure_code(error: &ServiceError) -> &'static str {
    match error {
        ServiceError::WrongCredentials => "credentials",
        ServiceError::TooManyAttempts { .. } => "attempts",
        ServiceError::SignInsWaiting => "waiting",
        ServiceError::Invalid(InvalidField::Text(_) | InvalidField::AccountExists) => "email",
        ServiceError::Invalid(InvalidField::PasswordTooShort) => "short",
        ServiceError::Invalid(InvalidField::PasswordTooLong) => "long",
        ServiceError::Invalid(InvalidField::PasswordGuessable) => "guessable",
        ServiceError::Invalid(InvalidField::CurrentPasswordWrong) => "current",
        _ => "internal",
    }
}

/// Signs in, sets the session cookie and goes to `next`. A plain form: it works without JavaScript, and password
/// managers know it.
#[server(prefix = "/fn", endpoint = "account/sign-in")]
pub async fn sign_in(email: String, password: String, next: Option<String>) -> Result<(), AppError> {
    let rollcall = rollcall()?;
    let next = next.unwrap_or_default();
    match rollcall.sign_in(&email, &password, &browser()).await {
        Ok(session) => {
            // The browser forgets the cookie of its earlier session: nobody could end that one from here any more.
            if let Some(earlier) = extension::<service::SessionToken>() {
                answer(rollcall.sign_out(earlier.expose(), Some(browser().address)).await)?;
            }
            start_session(&rollcall, &session);
            keep_typed_email(&rollcall, "");
            leptos_axum::redirect(safe_next(&next));
            Ok(())
        }
        Err(error) => {
            let code = failure_code(&error);
            back_to_form_with_email(&format!("/sign-in?next={}&{FAILED}={code}", encoded(&next)), &email, error)
        }
    }
}

/// Creates the first account with the token of the one-time link, signs it in and goes to the first page. A plain form.
#[server(prefix = "/fn", endpoint = "account/setup")]
pub async fn set_up(token: String, email: String, password: String) -> Result<(), AppError> {
    let rollcall = rollcall()?;
    match rollcall.create_first_account(&token, &email, &password, &browser()).await {
        Ok(session) => {
            start_session(&rollcall, &session);
            keep_typed_email(&rollcall, "");
            leptos_axum::redirect("/devices");
            Ok(())
        }
        Err(error) => {
            let code = link_failure_code(&error);
            back_to_form_with_email(&format!("/setup/{}?{FAILED}={code}", encoded(&token)), &email, error)
        }
    }
}

/// The code of a failure of a form that a one-time link opened.
#[cfg(feature = "ssr")]
pub(super) const fn link_failure_code(error: &ServiceError) -> &'static str {
    match error {
        ServiceError::WrongCredentials => "link",
        other => failure_code(other),
    }
}

/// Leads a browser whose form failed back to the form. A script gets the error itself.
#[cfg(feature = "ssr")]
pub(super) fn back_to_form(form: &str, error: ServiceError) -> Result<(), AppError> {
    if !is_form() {
        return answer(Err(error));
    }
    leptos_axum::redirect(form);
    Ok(())
}

/// The same, for a form with an email, which the form's page fills in again.
#[cfg(feature = "ssr")]
fn back_to_form_with_email(form: &str, email: &str, error: ServiceError) -> Result<(), AppError> {
    if is_form() {
        // What is too long for an email is cut off: it would be too long for a header as well.
        let email: String = email.chars().take(EMAIL_MAX).collect();
        keep_typed_email(&*rollcall()?, &encoded(&email));
    }
    back_to_form(form, error)
}

/// Whether the one-time link for the first account still works.
#[server(prefix = "/fn", endpoint = "account/check-setup", input = Postcard, output = Postcard)]
pub async fn check_setup(token: String) -> Result<bool, AppError> {
    answer(rollcall()?.check_setup_token(&token).await)
}

/// Ends this session and goes to the sign-in page. A plain form.
#[server(prefix = "/fn", endpoint = "account/sign-out")]
pub async fn sign_out() -> Result<(), AppError> {
    let call = require_session()?;
    if let Some(token) = extension::<service::SessionToken>() {
        answer(call.rollcall.sign_out(token.expose(), call.origin().address).await)?;
    }
    end_session(&call.rollcall);
    leptos_axum::redirect("/sign-in");
    Ok(())
}

/// Saves the language that the account chose, and goes back to Settings, which is then in that language. A plain form.
/// An empty text is the browser's language, and so is one that the console is not translated into.
#[server(prefix = "/fn", endpoint = "account/language")]
pub async fn choose_language(language: String) -> Result<(), AppError> {
    let call = require_session()?;
    let language = i18n::Language::of_choice(&language);
    answer(call.rollcall.choose_language(&call.who, language).await)?;
    leptos_axum::redirect("/settings#language");
    Ok(())
}

/// The signed-in account, its sessions, and where mails go.
#[server(name = GetAccount, prefix = "/fn", endpoint = "account/get", input = Postcard, output = Postcard)]
pub async fn account() -> Result<Account, AppError> {
    let call = require_session()?;
    let sessions = answer(call.rollcall.list_sessions(&call.who).await)?;
    let mail_folder = match &call.rollcall.settings().mail_route {
        MailRoute::Files(folder) => folder.file_name().map(|name| name.to_string_lossy().into_owned()),
        MailRoute::Smtp(_) => None,
    };
    Ok(Account {
        language: call.who.language.map(i18n::Language::tag).unwrap_or_default().to_owned(),
        email: call.who.email,
        server_version: env!("CARGO_PKG_VERSION").to_owned(),
        mail_folder,
        sessions: sessions.into_iter().map(SessionView::from).collect(),
        reminders: reminder_views(&answer(call.rollcall.reminders().await)?),
    })
}

/// What the frame of the console says above every page, as HTML; an error without a session.
#[server(prefix = "/fn", endpoint = "account/check", input = Postcard, output = Postcard)]
pub async fn console_notices() -> Result<String, AppError> {
    let rollcall = require_session()?.rollcall;
    // A store that fails is the business of the page below.
    let push = rollcall.push_trouble().await.unwrap_or_default();
    Ok(crate::server::notices::view(rollcall.writes_mails_to_files(), push))
}
