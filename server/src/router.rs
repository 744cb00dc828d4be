//! All routes, and the middleware around them.

use crate::{
    agent, api, apple,
    console::pages,
    http::{android, assets, health},
    landing,
    middleware::{
        body_room::{BodyRoom, bound_bodies},
        client_address,
        compression::{self, Turns, take_turns},
        panics::after_panic,
        security_headers, session, trace, url_encoding,
    },
    openapi,
    state::AppState,
};
use axum::{
    Router,
    handler::Handler as _,
    middleware::{from_fn, from_fn_with_state},
    routing::get,
};
use service::android::PATH;
use tower_http::{catch_panic::CatchPanicLayer, csrf::ConfigError};

/// Everything that answers requests.
///
/// # Errors
/// A browser could not send the public URL as an origin.
pub fn router(state: AppState) -> Result<Router, ConfigError> {
    let not_found = pages::not_found.layer(from_fn_with_state(state.clone(), session::recognize));
    let routes = Router::new()
        .merge(pages::router(&state)?)
        .merge(landing::router(&state)?)
        .merge(agent::router())
        .merge(apple::router())
        .merge(api::router())
        .merge(public())
        .fallback(not_found);
    Ok(add_middleware(routes, &state).with_state(state))
}

/// Files and health checks: open to everyone, without effects.
fn public() -> Router<AppState> {
    Router::new()
        .route("/pkg/{*path}", get(assets::file))
        .route("/words/{name}", get(assets::words))
        .route("/palette.js", get(assets::script))
        .route("/back.js", get(assets::script))
        .route("/live.js", get(assets::script))
        .route("/start.js", get(assets::script))
        .route("/robots.txt", get(assets::robots))
        .route(PATH, get(android::file))
        .route("/.well-known/assetlinks.json", get(android::asset_links))
        .route("/openapi.json", get(openapi::serve))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
}

/// Adds the middleware that every request passes. The last layer is the outermost: a request meets it first.
fn add_middleware(routes: Router<AppState>, state: &AppState) -> Router<AppState> {
    routes
        .layer(from_fn(url_encoding::refuse_bad_urls))
        .layer(from_fn_with_state(state.clone(), client_address::add_client_address))
        .layer(from_fn_with_state(BodyRoom::default(), bound_bodies))
        .layer(from_fn_with_state(Turns::default(), take_turns))
        .layer(compression::layer())
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(from_fn_with_state(state.clone(), security_headers::add_headers))
        .layer(from_fn_with_state(state.clone(), trace::log_request))
}
