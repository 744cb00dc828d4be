//! All routes, and what every request goes through.

use crate::{
    agent, api,
    console::pages,
    http::{assets, health},
    landing,
    middleware::{client_address, panics::after_panic, security_headers, session, trace, url_encoding},
    openapi,
    state::AppState,
};
use axum::{
    Router,
    handler::Handler as _,
    middleware::{from_fn, from_fn_with_state},
    routing::get,
};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::ConfigError};

/// Everything that answers requests.
///
/// # Errors
/// The public URL is none that a browser could send as an origin.
pub fn router(state: AppState) -> Result<Router, ConfigError> {
    let not_found = pages::not_found.layer(from_fn_with_state(state.clone(), session::recognize));
    let routes = Router::new()
        .merge(pages::router(&state)?)
        .merge(landing::router(&state)?)
        .merge(agent::router())
        .merge(api::router())
        .merge(public())
        .fallback(not_found);
    Ok(add_middleware(routes, &state).with_state(state))
}

/// What is open to everyone and changes nothing.
fn public() -> Router<AppState> {
    Router::new()
        .route("/pkg/{*path}", get(assets::file))
        .route("/words/{name}", get(assets::words))
        .route("/palette.js", get(assets::palette))
        .route("/robots.txt", get(assets::robots))
        .route("/openapi.json", get(openapi::serve))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
}

/// Puts what every request goes through around the routes; the last layer is the first that a request meets.
fn add_middleware(routes: Router<AppState>, state: &AppState) -> Router<AppState> {
    routes
        .layer(from_fn(url_encoding::refuse_bad_urls))
        .layer(from_fn_with_state(state.clone(), client_address::note))
        // Event streams, small answers and what is compressed already are left alone.
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(from_fn_with_state(state.clone(), security_headers::add_headers))
        .layer(from_fn_with_state(state.clone(), trace::log))
}
