//! `POST /agent/v1/renew`: a new secret.

use super::{
    bearer::DeviceBearer,
    errors::{DeviceErrors, device_problem},
};
use crate::{http::problem::Problem, state::AppState};
use axum::{Json, extract::State};
use domain::protocol::RenewReply;

/// Takes a new secret
///
/// The old one works until the new one was used: a lost answer locks nobody out.
#[utoipa::path(
    post,
    path = "/agent/v1/renew",
    tag = "agent",
    security(("device" = [])),
    responses((status = 200, description = "The new secret", body = RenewReply), DeviceErrors)
)]
pub async fn post_renew(
    State(state): State<AppState>,
    DeviceBearer(device): DeviceBearer,
) -> Result<Json<RenewReply>, Problem> {
    state.rollcall.rotate_device_secret(device).await.map(Json).map_err(device_problem)
}
