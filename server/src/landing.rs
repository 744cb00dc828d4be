//! `/e/<token>`: the routes of the page that invited people open. What it looks like is in `app::plain::landing`.
//!
//! A GET changes nothing that a person would notice, since mail scanners fetch every link: it is noted on the timeline
//! and that is all. HEAD is not even noted.

use crate::{
    http::{csrf, limits::end_slow_requests},
    problem::Problem,
    state::AppState,
};
use app::plain::landing::{
    AcceptForm, CONTENT_SECURITY_POLICY, LandingQuery, render_active, render_inactive, render_unavailable,
    render_unknown, script, status, status_inactive, stylesheet, suggested_platform,
};
use axum::{
    Form, Json, Router,
    extract::{DefaultBodyLimit, Path, RawQuery, State, rejection::FormRejection},
    middleware::from_fn,
    response::{Html, IntoResponse as _, Redirect, Response},
    routing::{get, post},
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use service::{ServiceError, landing::Landing};
use tower_http::csrf::ConfigError;

/// Longest form, in bytes: it has two fields of one word each.
const FORM_MAX: usize = 4096;
/// For files whose address changes with their content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The routes.
///
/// # Errors
/// The public URL is none that a browser could send as an origin.
pub fn router(state: &AppState) -> Result<Router<AppState>, ConfigError> {
    let pages = Router::new()
        .route("/e/{token}", get(show).post(accept))
        .route("/e/{token}/seen", post(seen))
        .route("/e/{token}/status", get(progress))
        .layer(DefaultBodyLimit::max(FORM_MAX))
        .layer(csrf::layer(&state.rollcall.settings().public_url)?)
        .layer(from_fn(csrf::drop_null_origin))
        .layer(from_fn(end_slow_requests));
    Ok(pages.route("/landing.css", get(css)).route("/landing.js", get(js)))
}

/// `GET /e/{token}`.
async fn show(
    State(state): State<AppState>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let user_agent = header_text(&headers, header::USER_AGENT);
    if method == Method::GET
        && let Err(error) = state.rollcall.note_fetch(&token, user_agent).await
    {
        // The page matters more than its line on the timeline.
        tracing::debug!(%error, "A fetch of a landing page was not noted");
    }
    let helpdesk = &state.rollcall.settings().helpdesk;
    let query = LandingQuery::parse(query.as_deref());
    let languages = header_text(&headers, header::ACCEPT_LANGUAGE);
    let (code, html) = match state.rollcall.landing(&token).await {
        Ok(Landing::Active(invitation)) => {
            (StatusCode::OK, render_active(&invitation, helpdesk, suggested_platform(user_agent), query))
        }
        Ok(Landing::Inactive(reason)) => (StatusCode::GONE, render_inactive(reason, helpdesk, query, languages)),
        Ok(Landing::Unknown) => (StatusCode::NOT_FOUND, render_unknown(helpdesk, query, languages)),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, render_unavailable(helpdesk, query, languages)),
    };
    private((code, Html(html)).into_response())
}

/// `POST /e/{token}`: the Accept button.
async fn accept(
    State(state): State<AppState>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    form: Result<Form<AcceptForm>, FormRejection>,
) -> Response {
    let query = LandingQuery::parse(query.as_deref());
    let choice = form.ok().and_then(|form| form.0.choice());
    let Some((ownership, platform)) = choice else {
        return private(Redirect::to(&query.incomplete(&token)).into_response());
    };
    match state.rollcall.accept(&token, ownership, platform).await {
        // What the invitation has become is told by the page itself.
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

/// `POST /e/{token}/seen`: someone tapped, typed or scrolled.
async fn seen(State(state): State<AppState>, Path(token): Path<String>) -> Response {
    match state.rollcall.note_interaction(&token).await {
        Ok(()) | Err(ServiceError::Refused(_)) => private(StatusCode::NO_CONTENT.into_response()),
        Err(error) => private(Problem::from(error).into_response()),
    }
}

/// `GET /e/{token}/status`: how far the enrollment is, for the page's script.
async fn progress(
    State(state): State<AppState>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let languages = header_text(&headers, header::ACCEPT_LANGUAGE);
    let query = LandingQuery::parse(query.as_deref());
    private(match state.rollcall.landing(&token).await {
        Ok(Landing::Active(invitation)) => Json(status(&invitation, query)).into_response(),
        Ok(Landing::Inactive(reason)) => Json(status_inactive(reason, query, languages)).into_response(),
        Ok(Landing::Unknown) => Problem::from(ServiceError::NotFound).into_response(),
        Err(error) => Problem::from(error).into_response(),
    })
}

/// A header as text; empty where there is none, or none that is ASCII.
fn header_text(headers: &HeaderMap, name: HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Keeps an answer about an invitation out of caches, search engines and other sites' logs.
fn private(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    response
}

async fn css() -> Response {
    for_ever("text/css; charset=utf-8", stylesheet())
}

async fn js() -> Response {
    for_ever("text/javascript; charset=utf-8", script())
}

fn for_ever(kind: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, FOR_EVER)], text).into_response()
}
