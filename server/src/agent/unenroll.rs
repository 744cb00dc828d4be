//! `POST /agent/v1/unenroll`: goodbye.

use super::{
    bearer::DeviceBearer,
    errors::{DeviceErrors, device_problem},
};
use crate::{http::problem::Problem, state::AppState};
use axum::extract::State;
use http::StatusCode;

/// Says goodbye
#[utoipa::path(
    post,
    path = "/agent/v1/unenroll",
    tag = "agent",
    security(("device" = [])),
    responses((status = 204, description = "The device is unenrolled"), DeviceErrors)
)]
pub async fn post_unenroll(
    State(state): State<AppState>,
    DeviceBearer(device): DeviceBearer,
) -> Result<StatusCode, Problem> {
    state.rollcall.unenroll_device(device).await.map_err(device_problem)?;
    Ok(StatusCode::NO_CONTENT)
}
