//! `/e/<token>`: the routes of the page that invited people open. What it looks like is in `app::plain::landing`.
//!
//! A GET changes nothing that a person would notice, because mail scanners fetch every link: it only adds a line
//! to the timeline. HEAD does not even do that.

mod files;
mod page;
mod profile;
mod progress;
mod response;

use crate::{
    middleware::{csrf, timeouts::end_slow_requests},
    state::AppState,
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::from_fn,
    routing::{get, post},
};
use tower_http::csrf::ConfigError;

/// Longest form, in bytes: it has two fields of one word each.
const FORM_MAX: usize = 4096;

/// The routes.
///
/// # Errors
/// A browser could not send the public URL as an origin.
pub fn router(state: &AppState) -> Result<Router<AppState>, ConfigError> {
    let pages = Router::new()
        .route("/e/{token}", get(page::show).post(page::accept))
        // Some mail programs add a slash to links.
        .route("/e/{token}/", get(page::show).post(page::accept))
        .route("/e/{token}/seen", post(progress::seen))
        .route("/e/{token}/status", get(progress::status))
        .route("/e/{token}/profile", get(profile::get))
        .layer(DefaultBodyLimit::max(FORM_MAX))
        .layer(csrf::layer(&state.rollcall.settings().public_url)?)
        .layer(from_fn(csrf::drop_null_origin))
        .layer(from_fn(end_slow_requests));
    Ok(pages.route("/landing.css", get(files::css)).route("/landing.js", get(files::js)))
}
