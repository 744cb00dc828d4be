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
use domain::protocol::{Received, StateReply, StateReport};

/// Reports the state of the device
///
/// A report whose `seq` is not above the latest one is late: it counts as contact and changes nothing else.
/// Each value counts for itself: one that makes no sense is not taken, and is named in the answer.
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
    JsonBody(received): JsonBody<Received<StateReport>>,
) -> Result<Json<StateReply>, Problem> {
    if !received.ignored.is_empty() {
        tracing::debug!(device.id = %device, ignored = ?received.ignored, "Values of a heartbeat were not taken");
    }
    let reply = state.rollcall.report_state(device, received.report).await.map_err(device_problem)?;
    Ok(Json(StateReply { ignored: received.ignored, ..reply }))
}
