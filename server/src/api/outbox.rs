//! The outbox: whether its mails go out.

use super::{errors::ApiErrors, token::Script};
use crate::{http::problem::Problem, state::AppState};
use axum::{Json, extract::State};
use domain::Timestamp;
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

/// Whether mails go out.
#[derive(Serialize, ToSchema)]
pub struct OutboxView {
    /// Why nothing goes out; `null` while the mail server takes mails.
    paused: Option<PauseView>,
}

/// The outbox waits for the mail server. No mail fails for it.
#[derive(Serialize, ToSchema)]
struct PauseView {
    /// Since when nothing has got through.
    since: Timestamp,
    /// When it is tried again.
    next_try_at: Timestamp,
    /// The mail server's words, or what was missing.
    reason: String,
}

/// Says whether mails go out
///
/// The outbox is paused while the mail server cannot be used, refuses everybody, or asks for fewer mails.
#[utoipa::path(
    get,
    path = "/api/v1/outbox",
    tag = "mails",
    security(("api_token" = [])),
    responses((status = 200, description = "The outbox", body = OutboxView), ApiErrors)
)]
pub async fn get_outbox(State(state): State<AppState>, Script(_): Script) -> Result<Json<OutboxView>, Problem> {
    let paused = state.rollcall.mail_pause().map(|pause| PauseView {
        since: pause.since,
        next_try_at: pause.next_try_at,
        reason: pause.reason,
    });
    Ok(Json(OutboxView { paused }))
}

/// Sends all waiting mails now
///
/// Does not wait for the end of a pause, or until a mail is due again.
#[utoipa::path(
    post,
    path = "/api/v1/outbox/retry",
    tag = "mails",
    security(("api_token" = [])),
    responses((status = 204, description = "They are tried now"), ApiErrors)
)]
pub async fn retry_outbox(State(state): State<AppState>, Script(actor): Script) -> Result<StatusCode, Problem> {
    state.rollcall.retry_mails(&actor);
    Ok(StatusCode::NO_CONTENT)
}
