//! What needs attention.

use super::{errors::ApiErrors, token::Script};
use crate::{http::problem::Problem, state::AppState};
use axum::{Json, extract::State};
use domain::slot::attention::Cause;
use serde::Serialize;
use utoipa::ToSchema;

/// Rows that need attention for one cause
#[derive(Debug, Serialize, ToSchema)]
pub struct CauseCount {
    /// Why; `attention` of the list of rows takes this word.
    cause: Cause,
    /// The same in words.
    label: &'static str,
    /// How many rows.
    count: u64,
}

/// Counts the rows that need attention, for each cause
///
/// Causes that no row has are in the answer with a count of 0.
#[utoipa::path(
    get,
    path = "/api/v1/attention",
    tag = "slots",
    security(("api_token" = [])),
    responses((status = 200, description = "The causes", body = [CauseCount]), ApiErrors)
)]
pub async fn count_attention(State(state): State<AppState>, _script: Script) -> Result<Json<Vec<CauseCount>>, Problem> {
    let counts = state.rollcall.attention_counts().await?;
    let shown = counts.into_iter().map(|(cause, count)| CauseCount { cause, label: cause.label(), count });
    Ok(Json(shown.collect()))
}
