//! Requests to a server on loopback.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use ureq::http::{Response, StatusCode};
use ureq::{Agent, Body};

/// Longest wait for an answer; a bench that hangs is worse than one that fails.
const PATIENCE: Duration = Duration::from_secs(30);
/// Longest wait for the answer of a server that is starting.
const READY_PATIENCE: Duration = Duration::from_secs(5);
/// Longest answer that is read.
const MAX_BYTES: u64 = 100_000_000;

/// A client of the REST API, with an API token. It keeps its connection open.
pub struct Client {
    agent: Agent,
    address: String,
    token: String,
}

impl Client {
    /// A client of the server at `address`.
    pub fn new(address: &str, token: &str) -> Self {
        Self { agent: agent(PATIENCE), address: address.to_owned(), token: token.to_owned() }
    }

    /// Gets `path`; an error unless the answer is 200.
    pub fn get(&self, path: &str) -> Result<String> {
        let request = self.agent.get(format!("http://{}{path}", self.address));
        let response = request.header("Authorization", format!("Bearer {}", self.token)).call();
        read(response.with_context(|| format!("could not get {path}"))?, &[StatusCode::OK], path)
    }

    /// Posts JSON to `path`; an error unless the answer is 200 or 201.
    pub fn post(&self, path: &str, json: &str) -> Result<String> {
        let request = self.agent.post(format!("http://{}{path}", self.address));
        let request = request.header("Authorization", format!("Bearer {}", self.token));
        let response = request.header("Content-Type", "application/json").send(json);
        let expected = [StatusCode::OK, StatusCode::CREATED];
        read(response.with_context(|| format!("could not post to {path}"))?, &expected, path)
    }
}

fn read(mut response: Response<Body>, expected: &[StatusCode], path: &str) -> Result<String> {
    let status = response.status();
    // Reading to the end lets the connection be used again.
    let body = response.body_mut().with_config().limit(MAX_BYTES).read_to_vec();
    ensure!(expected.contains(&status), "{path}: {status}");
    let body = body.with_context(|| format!("could not read the answer to {path}"))?;
    String::from_utf8(body).with_context(|| format!("the answer to {path} is not UTF-8"))
}

/// Whether the server at `address` answers that it is ready.
pub fn is_ready(address: &str) -> bool {
    let answer = agent(READY_PATIENCE).get(format!("http://{address}/readyz")).call();
    answer.is_ok_and(|response| response.status() == StatusCode::OK)
}

/// Without a proxy: what it asks is on this machine.
fn agent(patience: Duration) -> Agent {
    Agent::config_builder().timeout_global(Some(patience)).proxy(None).build().into()
}
