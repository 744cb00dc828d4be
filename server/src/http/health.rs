//! Health checks for a supervisor or a load balancer. Both are open to everyone and tell no details: those are in the log.

use axum::{
    extract::State,
    response::{IntoResponse as _, Response},
};
use http::{HeaderValue, StatusCode, header};
use service::{FailingWorker, NotReady, Rollcall};
use std::{fmt::Write as _, sync::Arc};

/// How long to wait before asking again, in seconds.
const RETRY_S: u64 = 5;

/// `GET /healthz`: the process is up.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the database can be written, too. The first line is `ready`, or `not ready:` with the reason in a word. A
/// background worker that fails has a line as well, and does not keep requests away: pages and devices are served without it.
pub async fn readyz(State(rollcall): State<Arc<Rollcall>>) -> Response {
    let workers = workers_text(&rollcall.failing_workers());
    let mut response = match rollcall.ready().await {
        Ok(()) => format!("ready\n{workers}").into_response(),
        Err(NotReady { reason, text }) => {
            let body = format!("not ready: {reason}\n{text}\n{workers}");
            let retry = [(header::RETRY_AFTER, HeaderValue::from(RETRY_S))];
            (StatusCode::SERVICE_UNAVAILABLE, retry, body).into_response()
        }
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// One line for each worker that fails.
fn workers_text(failing: &[FailingWorker]) -> String {
    let mut text = String::new();
    for FailingWorker { name, times } in failing {
        let _ = writeln!(text, "worker {name} failed {times} times in a row");
    }
    text
}
