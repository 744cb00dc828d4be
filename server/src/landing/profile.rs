//! `GET /e/{token}/profile`: the enrollment profile of an iPhone or iPad. Fetching it changes nothing: the page can be opened
//! again, and mail scanners fetch every link.

use super::{
    page,
    response::{header_text, private},
};
use crate::{http::problem::Problem, state::AppState};
use app::plain::landing::LandingQuery;
use apple::profile::CONTENT_TYPE;
use axum::{
    extract::{Path, RawQuery, State},
    response::{IntoResponse as _, Redirect, Response},
};
use http::{HeaderMap, Method, header};
use service::{NoProfile, ServiceError};

/// The profile as a file, or the page that says why there is none.
pub(super) async fn get(
    State(state): State<AppState>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let agent = header_text(&headers, header::USER_AGENT);
    // Desktop-class tablets call themselves a Mac.
    let is_phone = method == Method::GET && ["iPhone", "iPad", "Macintosh"].iter().any(|name| agent.contains(name));
    let response = match state.rollcall.enrollment_profile(&token, is_phone).await {
        // Without a name for the file: with one, the browser would save it instead of offering to install it.
        Ok(profile) => ([(header::CONTENT_TYPE, CONTENT_TYPE)], profile).into_response(),
        Err(NoProfile::Service(error)) if is_about_invitation(&error) => {
            page::of_token(&state, &token, query.as_deref(), &headers).await
        }
        Err(NoProfile::Service(error)) => Problem::from(error).into_response(),
        // The page has other steps now: the person chose another platform, or there is no push certificate.
        Err(NoProfile::OtherPlatform | NoProfile::NoPushCertificate) => {
            Redirect::to(&LandingQuery::parse(query.as_deref()).path(&token)).into_response()
        }
    };
    private(response)
}

/// Whether the page says what became of the invitation.
const fn is_about_invitation(error: &ServiceError) -> bool {
    matches!(error, ServiceError::Refused(_) | ServiceError::NotFound | ServiceError::WrongCredentials)
}
