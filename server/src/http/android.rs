//! The app for Android phones: the file, and what Android asks about it.

use super::unchanged::unless_known;
use crate::state::AppState;
use axum::{
    Json,
    extract::State,
    response::{IntoResponse as _, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};

/// What Android takes for an app.
const CONTENT_TYPE: &str = "application/vnd.android.package-archive";
/// Without an app there is nothing to install, and no reason to try again soon.
const NO_APP: &str = "This server has no Android app. Whoever runs it can build it, or set one with --android-app.\n";

/// `GET /android/rollcall.apk`. Browsers and the setup wizard of a new phone download it.
pub async fn file(State(state): State<AppState>, request: HeaderMap) -> Response {
    let Some(app) = &state.rollcall.settings().android_app else { return no_app() };
    let mut response = unless_known(app.sha256(), &request, app.file().clone());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"rollcall.apk\""));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// `GET /.well-known/assetlinks.json`: which app may open links to this server.
pub async fn asset_links(State(state): State<AppState>) -> Response {
    match &state.rollcall.settings().android_app {
        Some(app) => Json(app.asset_links()).into_response(),
        None => no_app(),
    }
}

fn no_app() -> Response {
    (StatusCode::NOT_FOUND, NO_APP).into_response()
}
