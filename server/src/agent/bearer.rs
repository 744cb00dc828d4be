//! The device that is calling: `Authorization: Bearer <device_id>.<device_secret>`.

use super::errors::{device_problem, device_unknown};
use crate::{
    http::{extract::bearer_token, problem::Problem},
    state::AppState,
};
use axum::extract::FromRequestParts;
use domain::types::ids::DeviceId;
use http::request::Parts;

/// The calling device.
pub struct DeviceBearer(pub DeviceId);

impl FromRequestParts<AppState> for DeviceBearer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let token = bearer_token(parts).ok_or_else(device_unknown)?;
        state.rollcall.authenticate_device(token).await.map(Self).map_err(device_problem)
    }
}
