//! `PUT /agent/v1/progress`: how far the enrollment is.

use super::{
    bearer::DeviceBearer,
    errors::{BodyErrors, DeviceErrors, device_problem},
};
use crate::{
    http::{json_body::JsonBody, problem::Problem},
    state::AppState,
};
use axum::extract::State;
use domain::protocol::ProgressReport;
use http::StatusCode;

/// Reports how far the enrollment is
#[utoipa::path(
    put,
    path = "/agent/v1/progress",
    tag = "agent",
    security(("device" = [])),
    request_body = ProgressReport,
    responses((status = 204, description = "Taken"), BodyErrors, DeviceErrors)
)]
pub async fn put_progress(
    State(state): State<AppState>,
    DeviceBearer(device): DeviceBearer,
    JsonBody(report): JsonBody<ProgressReport>,
) -> Result<StatusCode, Problem> {
    state.rollcall.report_progress(device, report).await.map_err(device_problem)?;
    Ok(StatusCode::NO_CONTENT)
}
