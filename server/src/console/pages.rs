//! The console's pages and server functions as axum routes.

use crate::{
    console::{
        apple_forms, exports, import_forms,
        live_stream::{live, show},
        page_policy::set_page_policy,
        page_trouble,
        sign_in::{guard_page, sign_in_url},
    },
    http::{assets, extract::unknown_call},
    middleware::{csrf, session::recognize, timeouts::end_slow_requests},
    state::AppState,
};
use app::locale::RequestLocale;
use axum::{
    Router,
    extract::{Request, State},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse as _, Redirect, Response},
    routing::{get, put},
};
use http::{StatusCode, header};
use leptos::prelude::{LeptosOptions, provide_context};
use leptos_axum::{AxumRouteListing, LeptosRoutes as _};
use service::SignedIn;
use std::sync::Arc;
use tower_http::{csrf::ConfigError, limit::RequestBodyLimitLayer};

/// Longest body of a server function, in bytes.
const FUNCTION_BODY_MAX: usize = 1024 * 1024;
/// The route of the console for unknown addresses; here `not_found` answers them instead.
const CATCH_ALL: &str = "/{*any}";

/// Everything that a signed-in browser uses: pages, server functions, the live stream, forms and exports.
///
/// # Errors
/// A browser could not send the public URL as an origin.
pub fn router(state: &AppState) -> Result<Router<AppState>, ConfigError> {
    let context = page_context(state);
    let options = state.leptos.clone();
    let pages = Router::new()
        .leptos_routes_with_context(state, routes(state), context, move || app::frame::shell(options.clone()))
        .layer(from_fn_with_state(state.clone(), guard_page))
        .layer(from_fn(end_slow_requests))
        .layer(RequestBodyLimitLayer::new(FUNCTION_BODY_MAX));
    let shown = Router::new().route("/live/{stream}", put(show)).layer(from_fn(end_slow_requests));
    let streams = Router::new().route("/live", get(live)).merge(shown).merge(page_trouble::router());
    Ok(pages
        .merge(streams)
        .merge(import_forms::router())
        .merge(exports::router())
        .merge(apple_forms::router())
        .layer(from_fn_with_state(state.clone(), recognize))
        .layer(csrf::layer(&state.rollcall.settings().public_url)?))
}

/// The pages of the console.
fn routes(state: &AppState) -> Vec<AxumRouteListing> {
    let (routes, _) = leptos_axum::generate_route_list_with_exclusions_and_ssg_and_context(
        app::App,
        Some(vec![CATCH_ALL.to_owned()]),
        page_context(state),
    );
    routes
}

/// The context of pages and server functions.
fn page_context(state: &AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    let state = state.clone();
    move || {
        provide_context(Arc::clone(&state.rollcall));
        provide_context(assets::paths(&state.leptos));
        provide_context(RequestLocale::of_request());
        set_page_policy();
    }
}

/// The answer to an unknown address: a problem for programs, a page for browsers.
pub async fn not_found(State(state): State<AppState>, request: Request) -> Response {
    let path = request.uri().path();
    if ["/agent/", "/api/", "/fn/"].iter().any(|prefix| path.starts_with(prefix)) {
        return unknown_call().await;
    }
    if !wants_page(&request) {
        return (StatusCode::NOT_FOUND, "There is nothing here.\n").into_response();
    }
    if request.extensions().get::<SignedIn>().is_none() {
        return Redirect::to(&sign_in_url(request.uri())).into_response();
    }
    let options: LeptosOptions = state.leptos.clone();
    let render =
        leptos_axum::render_app_async_with_context(page_context(&state), move || app::frame::shell(options.clone()));
    let mut response = render(request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// Whether a browser opens a page.
fn wants_page(request: &Request) -> bool {
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
    request.method() == http::Method::GET && accept.is_some_and(|accept| accept.contains("text/html"))
}
