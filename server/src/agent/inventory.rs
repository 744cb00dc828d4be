//! `PUT /agent/v1/inventory`: the device's technical information, as a whole.

use super::{
    bearer::DeviceBearer,
    errors::{BodyErrors, DeviceErrors, device_problem},
};
use crate::{
    http::{
        json_body::{INVENTORY_MAX, JsonBody},
        problem::Problem,
    },
    state::AppState,
};
use axum::{
    extract::State,
    response::{IntoResponse as _, Response},
};
use domain::protocol::{Inventory, Received};
use http::{HeaderValue, StatusCode, header};

/// Reports the technical information
///
/// Always the whole of it, at most 1 MB. An inventory that is the same as the latest one, or was collected before it, changes
/// nothing. At most 500 facts are kept, and 500 characters of each.
#[utoipa::path(
    put,
    path = "/agent/v1/inventory",
    tag = "agent",
    security(("device" = [])),
    request_body = Inventory,
    responses(
        (status = 204, description = "Taken", headers(("ETag" = String, description = "Hash of the inventory"))),
        (status = 304, description = "Unchanged", headers(("ETag" = String, description = "Hash of the inventory"))),
        BodyErrors,
        DeviceErrors
    )
)]
pub async fn put_inventory(
    State(state): State<AppState>,
    DeviceBearer(device): DeviceBearer,
    JsonBody(received): JsonBody<Received<Inventory>, INVENTORY_MAX>,
) -> Result<Response, Problem> {
    if !received.ignored.is_empty() {
        tracing::debug!(device.id = %device, ignored = ?received.ignored, "Facts of an inventory were not taken");
    }
    let receipt = state.rollcall.put_inventory(device, received.report).await.map_err(device_problem)?;
    let status = if receipt.changed { StatusCode::NO_CONTENT } else { StatusCode::NOT_MODIFIED };
    let mut response = status.into_response();
    if let Ok(tag) = HeaderValue::from_str(&quoted(&receipt.etag)) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

/// An entity tag is quoted (RFC 9110).
fn quoted(tag: &str) -> String {
    if tag.starts_with('"') { tag.to_owned() } else { format!("\"{tag}\"") }
}
