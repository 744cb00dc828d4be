//! `GET /agent/v1/commands`: the long poll.

use super::{
    bearer::DeviceBearer,
    errors::{DeviceErrors, device_problem},
};
use crate::{
    http::{extract::QueryParams, problem::Problem},
    state::AppState,
};
use axum::{
    Json,
    extract::State,
    response::{IntoResponse as _, Response},
};
use domain::protocol::{CommandOffer, MAX_WAIT_S};
use http::StatusCode;
use serde::Deserialize;
use std::time::Duration;

/// Parameters of the poll.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PollQuery {
    /// How long to wait for a command, in seconds; what is outside of 0 to 55 is moved to the nearest end.
    #[serde(default)]
    #[param(minimum = 0, maximum = 55)]
    wait: i64,
}

impl PollQuery {
    pub(super) fn duration(&self) -> Duration {
        let seconds = self.wait.clamp(0, i64::from(MAX_WAIT_S));
        Duration::from_secs(seconds.unsigned_abs())
    }
}

/// Fetches commands
///
/// Answers as soon as there is one. A command is leased, not removed: without a result within 60 seconds it is
/// offered again.
#[utoipa::path(
    get,
    path = "/agent/v1/commands",
    tag = "agent",
    security(("device" = [])),
    params(PollQuery),
    responses(
        (status = 200, description = "Commands, oldest first", body = [CommandOffer]),
        (status = 204, description = "None came in time"),
        DeviceErrors
    )
)]
pub async fn get_commands(
    State(state): State<AppState>,
    DeviceBearer(device): DeviceBearer,
    QueryParams(query): QueryParams<PollQuery>,
) -> Result<Response, Problem> {
    // Wait for a command, the end of the wait or the shutdown, whichever comes first. Dropping the use case gives up the
    // device's place among the waiting polls.
    let offers = tokio::select! {
        offers = state.rollcall.poll_commands(device, query.duration()) => offers.map_err(device_problem)?,
        () = state.shutdown.begun() => return Err(Problem::unavailable()),
    };
    if offers.is_empty() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(Json(offers).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_stays_below_the_usual_timeout_of_proxies() {
        for (requested, granted) in [(-1, 0), (0, 0), (50, 50), (55, 55), (3600, 55)] {
            assert_eq!(PollQuery { wait: requested }.duration(), Duration::from_secs(granted));
        }
    }
}
