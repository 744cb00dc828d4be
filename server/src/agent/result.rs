//! `POST /agent/v1/commands/{uuid}/result`: how a command went.

use super::{
    bearer::DeviceBearer,
    errors::{BodyErrors, DeviceErrors, device_problem},
};
use crate::{
    http::{extract::PathId, json_body::JsonBody, problem::Problem},
    state::AppState,
};
use axum::extract::State;
use domain::{protocol::CommandResult, types::ids::CommandId};
use http::StatusCode;
use service::ServiceError;

/// Reports how a command went
///
/// Sending the same result again changes nothing, and neither does one that comes after the end; that a command was
/// carried out although it had been cancelled or had expired is noted.
#[utoipa::path(
    post,
    path = "/agent/v1/commands/{uuid}/result",
    tag = "agent",
    security(("device" = [])),
    params(("uuid" = CommandId, Path, description = "The command's identity")),
    request_body = CommandResult,
    responses(
        (status = 204, description = "Taken"),
        (status = 404, description = "`not_found`: this device was never asked for it; `command_cancelled` or \
            `command_expired`: it is not to begin with it", body = domain::protocol::Problem,
            content_type = "application/problem+json"),
        BodyErrors,
        DeviceErrors
    )
)]
pub async fn post_command_result(
    State(state): State<AppState>,
    DeviceBearer(device): DeviceBearer,
    PathId(command): PathId<CommandId>,
    JsonBody(result): JsonBody<CommandResult>,
) -> Result<StatusCode, Problem> {
    match state.rollcall.command_result(device, command, result).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        // Here it is the command that is unknown, not the device: that was authenticated.
        Err(ServiceError::NotFound) => Err(Problem::from(ServiceError::NotFound)),
        Err(error) => Err(device_problem(error)),
    }
}
