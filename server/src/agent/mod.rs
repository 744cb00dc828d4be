//! Agent protocol v1, one file per call. `docs/agent-protocol.md` describes it.

mod bearer;
#[cfg(feature = "bench")]
mod bench;
mod commands;
mod enroll;
mod errors;
mod inventory;
mod progress;
mod renew;
mod result;
mod state;
mod unenroll;

use crate::{http::extract::method_not_allowed, middleware::timeouts::end_slow_requests, state::AppState};
use axum::{Router, middleware::from_fn};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The calls, with their description.
pub fn calls() -> OpenApiRouter<AppState> {
    let quick = OpenApiRouter::new()
        .routes(routes!(enroll::enroll))
        .routes(routes!(progress::put_progress))
        .routes(routes!(inventory::put_inventory))
        .routes(routes!(state::post_state))
        .routes(routes!(result::post_command_result))
        .routes(routes!(renew::post_renew))
        .routes(routes!(unenroll::post_unenroll))
        .layer(from_fn(end_slow_requests));
    // A poll waits on purpose and limits its time itself.
    quick.merge(OpenApiRouter::new().routes(routes!(commands::get_commands)))
}

/// The routes alone.
pub fn router() -> Router<AppState> {
    let routes = Router::from(calls());
    #[cfg(feature = "bench")]
    let routes = routes.merge(bench::router());
    routes.method_not_allowed_fallback(method_not_allowed)
}
