//! Devices, and what is asked of them.

use super::{
    errors::{ApiErrors, BodyErrors, DeviceErrors, NotFound},
    token::Script,
};
use crate::{
    api::views::device::DeviceView,
    http::{
        error_responses::error_responses,
        extract::{PathId, QueryParams},
        json_body::JsonBody,
        problem::Problem,
    },
    state::AppState,
};
use axum::{
    Json,
    extract::State,
    response::{IntoResponse as _, Response},
};
use domain::{
    device::command::CommandKind,
    types::ids::{CommandId, DeviceId},
    views::CommandView,
};
use http::{StatusCode, header};
use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::{Value, json};
use service::ServiceError;
use std::collections::BTreeMap;
use utoipa::{
    IntoResponses,
    openapi::{RefOr, Response as Described},
};

/// What is asked of a device. Commands without parameters need no `params`.
pub struct CommandBody(CommandKind);

#[derive(Deserialize)]
struct Raw {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    params: Option<Value>,
}

impl<'de> Deserialize<'de> for CommandBody {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Raw { kind, params } = Raw::deserialize(deserializer)?;
        let whole = json!({"type": kind, "params": params.unwrap_or_else(|| json!({}))});
        serde_json::from_value(whole).map(Self).map_err(D::Error::custom)
    }
}

/// Gets a device
#[utoipa::path(
    get,
    path = "/api/v1/devices/{id}",
    tag = "devices",
    security(("api_token" = [])),
    params(("id" = DeviceId, Path, description = "The device's identity")),
    responses((status = 200, description = "The device", body = DeviceView), ApiErrors, NotFound)
)]
pub async fn get_device(
    State(state): State<AppState>,
    _script: Script,
    PathId(id): PathId<DeviceId>,
) -> Result<Json<DeviceView>, Problem> {
    let detail = state.rollcall.device_slot(id).await?;
    let device = DeviceView::of(detail).ok_or(ServiceError::NotFound)?;
    Ok(Json(device))
}

/// How to delete a device
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeleteParams {
    /// Delete it also while a wipe waits for it. The wipe is cancelled, and the data stays on the device.
    #[serde(default)]
    cancel_wipe: bool,
}

/// A wipe waits for the device.
pub struct WipePending;

impl IntoResponses for WipePending {
    fn responses() -> BTreeMap<String, RefOr<Described>> {
        error_responses(&[(
            409,
            "`wipe_pending`: a wipe waits for this device; `cancel_wipe=true` deletes it all the same",
        )])
    }
}

/// Deletes a device
///
/// Its secret is not valid from then on. When it was the only device of an active invitation, its row is an
/// invitation item again. The rows that it replaced go with it.
#[utoipa::path(
    delete,
    path = "/api/v1/devices/{id}",
    tag = "devices",
    security(("api_token" = [])),
    params(("id" = DeviceId, Path, description = "The device's identity"), DeleteParams),
    responses((status = 204, description = "Deleted"), ApiErrors, NotFound, WipePending)
)]
pub async fn delete_device(
    State(state): State<AppState>,
    Script(actor): Script,
    PathId(id): PathId<DeviceId>,
    QueryParams(params): QueryParams<DeleteParams>,
) -> Result<StatusCode, Problem> {
    state.rollcall.delete_device(actor, id, params.cancel_wipe).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends the person a mail that brings the device back
#[utoipa::path(
    post,
    path = "/api/v1/devices/{id}/renew",
    tag = "devices",
    security(("api_token" = [])),
    params(("id" = DeviceId, Path, description = "The device's identity")),
    responses((status = 202, description = "The mail is on its way"), ApiErrors, DeviceErrors)
)]
pub async fn renew_device(
    State(state): State<AppState>,
    Script(actor): Script,
    PathId(id): PathId<DeviceId>,
) -> Result<StatusCode, Problem> {
    state.rollcall.renew_device(actor, id).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Lists the latest commands of a device, newest first
#[utoipa::path(
    get,
    path = "/api/v1/devices/{id}/commands",
    tag = "devices",
    security(("api_token" = [])),
    params(("id" = DeviceId, Path, description = "The device's identity")),
    responses((status = 200, description = "The commands", body = [CommandView]), ApiErrors, NotFound)
)]
pub async fn list_commands(
    State(state): State<AppState>,
    _script: Script,
    PathId(id): PathId<DeviceId>,
) -> Result<Json<Vec<CommandView>>, Problem> {
    Ok(Json(state.rollcall.device_slot(id).await?.commands))
}

/// Asks a device for something
///
/// Requested is not done: the device takes the command when it is in contact next, within a week.
#[utoipa::path(
    post,
    path = "/api/v1/devices/{id}/commands",
    tag = "devices",
    security(("api_token" = [])),
    params(("id" = DeviceId, Path, description = "The device's identity")),
    request_body = CommandKind,
    responses(
        (status = 201, description = "Requested", body = CommandView),
        ApiErrors,
        BodyErrors,
        DeviceErrors
    )
)]
pub async fn request_command(
    State(state): State<AppState>,
    Script(actor): Script,
    PathId(id): PathId<DeviceId>,
    JsonBody(CommandBody(kind)): JsonBody<CommandBody>,
) -> Result<Response, Problem> {
    let made = state.rollcall.request_command(actor, id, kind).await?;
    let location = [(header::LOCATION, format!("/api/v1/devices/{id}/commands"))];
    Ok((StatusCode::CREATED, location, Json(made)).into_response())
}

/// Takes a command back
///
/// A device that fetched it already may still carry it out.
#[utoipa::path(
    post,
    path = "/api/v1/commands/{id}/cancel",
    tag = "devices",
    security(("api_token" = [])),
    params(("id" = CommandId, Path, description = "The command's identity")),
    responses((status = 204, description = "Taken back"), ApiErrors, DeviceErrors)
)]
pub async fn cancel_command(
    State(state): State<AppState>,
    Script(actor): Script,
    PathId(id): PathId<CommandId>,
) -> Result<StatusCode, Problem> {
    state.rollcall.cancel_command(actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
