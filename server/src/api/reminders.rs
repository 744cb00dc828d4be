//! Of which causes people are reminded.

use super::{
    errors::{ApiErrors, BodyErrors},
    token::{Script, origin},
};
use crate::{
    http::{json_body::JsonBody, problem::Problem},
    state::AppState,
};
use app::server::context::ClientAddress;
use axum::{Extension, Json, extract::State};
use domain::slot::reminder::ReminderRule;

/// Longest body, in bytes: there are five causes.
const BODY_MAX: usize = 4096;

/// Of which causes people are reminded
///
/// A cause that is not there is none that people are reminded of.
#[utoipa::path(
    get,
    path = "/api/v1/reminders",
    tag = "slots",
    security(("api_token" = [])),
    responses((status = 200, description = "The rules", body = [ReminderRule]), ApiErrors)
)]
pub async fn get_reminders(State(state): State<AppState>, _script: Script) -> Result<Json<Vec<ReminderRule>>, Problem> {
    Ok(Json(state.rollcall.reminders().await?.into()))
}

/// Says of which causes people are reminded
///
/// The rules take the place of those before; an empty list ends all reminders. Mails that are due go out at once: the
/// invitation for an invitation item, the renewal for a device. Nobody gets two within a day, nobody whose invitation
/// was deactivated gets any.
#[utoipa::path(
    put,
    path = "/api/v1/reminders",
    tag = "slots",
    security(("api_token" = [])),
    request_body = [ReminderRule],
    responses((status = 200, description = "The rules as they are kept", body = [ReminderRule]), ApiErrors, BodyErrors)
)]
pub async fn set_reminders(
    State(state): State<AppState>,
    Script(actor): Script,
    Extension(address): Extension<ClientAddress>,
    JsonBody(rules): JsonBody<Vec<ReminderRule>, BODY_MAX>,
) -> Result<Json<Vec<ReminderRule>>, Problem> {
    Ok(Json(state.rollcall.set_reminders(&origin(&actor, address), rules).await?.into()))
}
