//! Calls that do everything but touch the store: what `cargo xtask bench devices` compares the real ones with. They pass the
//! same middleware and read the same headers and bodies, and change nothing.

use super::{commands::PollQuery, errors::device_unknown};
use crate::{
    http::{
        extract::{QueryParams, bearer_token},
        json_body::JsonBody,
        problem::Problem,
    },
    middleware::timeouts::end_slow_requests,
    state::AppState,
};
use axum::{
    Json, Router,
    extract::{FromRequestParts, State},
    middleware::from_fn,
    routing::{get, post},
};
use domain::{
    protocol::{HEARTBEAT_S, Received, StateReply, StateReport},
    types::ids::DeviceId,
};
use http::{StatusCode, request::Parts};

/// A bearer token that has the right form. Whether it is valid nobody asks.
struct BearerForm;

impl FromRequestParts<AppState> for BearerForm {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        let (id, _secret) = bearer_token(parts).and_then(|token| token.split_once('.')).ok_or_else(device_unknown)?;
        id.parse::<DeviceId>().map(|_| Self).map_err(|_| device_unknown())
    }
}

/// The routes.
pub(super) fn router() -> Router<AppState> {
    let quick = Router::new().route("/bench/state", post(post_state)).layer(from_fn(end_slow_requests));
    quick.route("/bench/commands", get(get_commands))
}

/// A heartbeat that is read and forgotten.
async fn post_state(_: BearerForm, JsonBody(received): JsonBody<Received<StateReport>>) -> Json<StateReply> {
    Json(StateReply { pending_commands: 0, ignored: received.ignored, next_heartbeat_s: HEARTBEAT_S })
}

/// A poll that waits, for nothing.
async fn get_commands(
    State(state): State<AppState>,
    _: BearerForm,
    QueryParams(query): QueryParams<PollQuery>,
) -> Result<StatusCode, Problem> {
    tokio::select! {
        () = tokio::time::sleep(query.duration()) => Ok(StatusCode::NO_CONTENT),
        () = state.shutdown.begun() => Err(Problem::unavailable()),
    }
}
