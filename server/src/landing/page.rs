//! The page itself and its Accept button.

use super::response::{header_text, private};
use crate::state::AppState;
use app::plain::landing::{
    AcceptForm, Browser, LandingQuery, render_active, render_inactive, render_unavailable, render_unknown,
};
use axum::{
    Form,
    extract::{Path, RawQuery, State, rejection::FormRejection},
    response::{Html, IntoResponse as _, Redirect, Response},
};
use domain::invitation::credentials::EnrollmentToken;
use http::{HeaderMap, Method, StatusCode, header};
use service::{ServiceError, enrollment::landing::Landing};

/// `GET /e/{token}`.
pub(super) async fn show(
    State(state): State<AppState>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let user_agent = header_text(&headers, header::USER_AGENT);
    if method == Method::GET
        && let Err(error) = state.rollcall.record_fetch(&token, user_agent).await
    {
        // The page is more important than its line on the timeline.
        tracing::debug!(%error, "A fetch of a landing page was not noted");
    }
    of_token(&state, &token, query.as_deref(), &headers).await
}

/// The page of a link with this query, whatever became of its invitation.
pub(super) async fn of_token(state: &AppState, token: &str, query: Option<&str>, headers: &HeaderMap) -> Response {
    let user_agent = header_text(headers, header::USER_AGENT);
    let helpdesk = &state.rollcall.settings().helpdesk;
    let query = LandingQuery::parse(query);
    let languages = header_text(headers, header::ACCEPT_LANGUAGE);
    let (status, html) = match state.rollcall.landing(token).await {
        Ok(Landing::Active(invitation)) => {
            (StatusCode::OK, render_active(&invitation, helpdesk, Browser::of(user_agent), query))
        }
        Ok(Landing::Inactive(reason)) => (StatusCode::GONE, render_inactive(reason, helpdesk, query, languages)),
        Ok(Landing::Unknown) => (StatusCode::NOT_FOUND, render_unknown(helpdesk, query, languages)),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, render_unavailable(helpdesk, query, languages)),
    };
    private((status, Html(html)).into_response())
}

/// `POST /e/{token}`: the Accept button.
pub(super) async fn accept(
    State(state): State<AppState>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    form: Result<Form<AcceptForm>, FormRejection>,
) -> Response {
    let query = LandingQuery::parse(query.as_deref());
    // Redirects lead to the token alone, without what a mail program may have added to the link.
    let token = EnrollmentToken::parse(&token).map_or(token, |token| token.expose().to_owned());
    let choice = form.ok().and_then(|form| form.0.choice());
    let Some((ownership, platform)) = choice else {
        return private(Redirect::to(&query.incomplete(&token)).into_response());
    };
    match state.rollcall.accept(&token, ownership, platform).await {
        // The page itself shows what became of the invitation.
        Ok(()) | Err(ServiceError::Refused(_) | ServiceError::NotFound | ServiceError::WrongCredentials) => {
            private(Redirect::to(&query.after_accept(&token)).into_response())
        }
        Err(_) => {
            let languages = header_text(&headers, header::ACCEPT_LANGUAGE);
            let html = render_unavailable(&state.rollcall.settings().helpdesk, query, languages);
            private((StatusCode::SERVICE_UNAVAILABLE, Html(html)).into_response())
        }
    }
}
