//! `POST /agent/v1/enroll`: a device becomes one of ours.

use super::errors::{BodyErrors, EnrollErrors, enroll_problem};
use crate::{
    http::{json_body::JsonBody, problem::Problem},
    state::AppState,
};
use app::server::context::ClientAddress;
use axum::{Extension, Json, extract::State};
use domain::protocol::{EnrollReply, EnrollRequest};
use http::StatusCode;

/// Enrolls a device
///
/// With the token of an invitation, or with its PIN and the person's email. The same `installation_id` enrolls the
/// same device again and gets a new secret: a lost answer is repaired by asking once more.
#[utoipa::path(
    post,
    path = "/agent/v1/enroll",
    tag = "agent",
    request_body = EnrollRequest,
    responses((status = 201, description = "Enrolled", body = EnrollReply), BodyErrors, EnrollErrors)
)]
pub async fn enroll(
    State(state): State<AppState>,
    Extension(address): Extension<ClientAddress>,
    JsonBody(request): JsonBody<EnrollRequest>,
) -> Result<(StatusCode, Json<EnrollReply>), Problem> {
    let reply = state.rollcall.enroll(request, address.0).await.map_err(enroll_problem)?;
    Ok((StatusCode::CREATED, Json(reply)))
}
