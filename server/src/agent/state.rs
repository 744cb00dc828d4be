//! `POST /agent/v1/state`: the heartbeat.

use super::{
    bearer::DeviceBearer,
    errors::{BodyErrors, DeviceErrors, device_problem},
};
use crate::{
    http::{json_body::JsonBody, problem::Problem},
    state::AppState,
};
use axum::{Json, extract::State};
use domain::protocol::{StateReply, StateReport};

/// Reports the state of the device
///
/// A report whose `seq` is not above the latest one is late: it counts as contact and changes nothing else.
#[utoipa::path(
    post,
    path = "/agent/v1/state",
    tag = "agent",
    security(("device" = [])),
    request_body = StateReport,
    responses((status = 200, description = "Taken", body = StateReply), BodyErrors, DeviceErrors)
)]
pub async fn post_state(
    State(state): State<AppState>,
    DeviceBearer(device): DeviceBearer,
    JsonBody(report): JsonBody<StateReport>,
) -> Result<Json<StateReply>, Problem> {
    state.rollcall.report_state(device, report).await.map(Json).map_err(device_problem)
}
