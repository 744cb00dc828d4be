//! Health checks for a supervisor or a load balancer.

use crate::http::problem::Problem;
use axum::extract::State;
use service::Rollcall;
use std::sync::Arc;

/// `GET /healthz`: the process is up.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the database works, too.
pub async fn readyz(State(rollcall): State<Arc<Rollcall>>) -> Result<&'static str, Problem> {
    rollcall.ready().await.map_err(|error| {
        tracing::warn!(%error, "Not ready");
        Problem::unavailable()
    })?;
    Ok("ready\n")
}
