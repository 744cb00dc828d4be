//! The calls of agent protocol v1, one function each.

use crate::protocol::{
    bearer::Bearer,
    error::ClientError,
    transport::{ApiResponse, Transport},
};
use domain::{
    protocol::{
        CommandOffer, CommandResult, EnrollReply, EnrollRequest, Inventory, ProgressReport, RenewReply, StateReply,
        StateReport,
    },
    types::ids::CommandId,
};
use reqwest::{Method, header};
use serde::de::DeserializeOwned;
use std::time::Duration;
use url::Url;

/// How long an ordinary call may take; a poll may take longer by the time it waits.
const TIMEOUT: Duration = Duration::from_secs(15);

/// A command as it was offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfferedCommand {
    /// One that this agent knows.
    Known(CommandOffer),
    /// One of a newer server.
    Unknown {
        /// The command's identity.
        id: CommandId,
        /// Its type, as the server calls it.
        name: String,
    },
}

impl OfferedCommand {
    /// The command's identity.
    pub const fn id(&self) -> CommandId {
        match self {
            Self::Known(offer) => offer.uuid,
            Self::Unknown { id, .. } => *id,
        }
    }
}

/// The answer to an inventory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventoryReceipt {
    /// False when the server had the same content already.
    pub is_changed: bool,
    /// The `ETag` of the content.
    pub etag: Option<String>,
}

/// A connection to one server; clones share it.
#[derive(Clone, Debug)]
pub struct Client(Transport);

impl Client {
    /// A client for the server at `server`, which may have a path.
    ///
    /// # Errors
    /// The address is https and this host trusts no certificate authority.
    pub fn new(server: &Url) -> Result<Self, ClientError> {
        Transport::new(server).map(Self)
    }

    /// Enrolls this device, or enrolls it again when the server knows its installation id.
    pub async fn enroll(&self, request: &EnrollRequest) -> Result<EnrollReply, ClientError> {
        let call = self.0.request(Method::POST, "enroll", None).timeout(TIMEOUT).json(request);
        read(&self.0.send(call).await?)
    }

    /// Reports how far the enrollment has come.
    pub async fn progress(&self, bearer: &Bearer, report: &ProgressReport) -> Result<(), ClientError> {
        let call = self.0.request(Method::PUT, "progress", Some(bearer)).timeout(TIMEOUT).json(report);
        accepted(&self.0.send(call).await?)
    }

    /// Sends the device's technical information. `known_etag` is the `ETag` of this very content, if the server returned one
    /// earlier.
    pub async fn inventory(
        &self,
        bearer: &Bearer,
        inventory: &Inventory,
        known_etag: Option<&str>,
    ) -> Result<InventoryReceipt, ClientError> {
        let mut call = self.0.request(Method::PUT, "inventory", Some(bearer)).timeout(TIMEOUT).json(inventory);
        if let Some(etag) = known_etag {
            call = call.header(header::IF_NONE_MATCH, etag);
        }
        let answer = self.0.send(call).await?;
        accepted(&answer)?;
        Ok(InventoryReceipt { is_changed: answer.status != 304, etag: answer.etag })
    }

    /// Sends a heartbeat.
    pub async fn state(&self, bearer: &Bearer, report: &StateReport) -> Result<StateReply, ClientError> {
        let call = self.0.request(Method::POST, "state", Some(bearer)).timeout(TIMEOUT).json(report);
        read(&self.0.send(call).await?)
    }

    /// Waits up to `wait_s` seconds for commands; none when there are none.
    pub async fn commands(&self, bearer: &Bearer, wait_s: u32) -> Result<Vec<OfferedCommand>, ClientError> {
        let timeout = TIMEOUT + Duration::from_secs(u64::from(wait_s));
        let call = self.0.request(Method::GET, "commands", Some(bearer)).query(&[("wait", wait_s)]).timeout(timeout);
        let answer = self.0.send(call).await?;
        if answer.status == 204 {
            return Ok(Vec::new());
        }
        let offers: Vec<serde_json::Value> = read(&answer)?;
        Ok(offers.into_iter().filter_map(offer).collect())
    }

    /// Sends the result of a command.
    pub async fn result(&self, bearer: &Bearer, id: CommandId, result: &CommandResult) -> Result<(), ClientError> {
        let call =
            self.0.request(Method::POST, &format!("commands/{id}/result"), Some(bearer)).timeout(TIMEOUT).json(result);
        accepted(&self.0.send(call).await?)
    }

    /// Requests a new secret; the old one works until the new one is used.
    pub async fn renew(&self, bearer: &Bearer) -> Result<RenewReply, ClientError> {
        let call = self.0.request(Method::POST, "renew", Some(bearer)).timeout(TIMEOUT);
        read(&self.0.send(call).await?)
    }

    /// Unenrolls this device.
    pub async fn unenroll(&self, bearer: &Bearer) -> Result<(), ClientError> {
        let call = self.0.request(Method::POST, "unenroll", Some(bearer)).timeout(TIMEOUT);
        accepted(&self.0.send(call).await?)
    }
}

fn read<T: DeserializeOwned>(answer: &ApiResponse) -> Result<T, ClientError> {
    serde_json::from_slice(&answer.body).map_err(|e| ClientError::Unreadable(e.to_string()))
}

/// Checks the answer to a call that has no content. A page in HTML is none: it comes from a network that wants a sign-in,
/// and the call never reached the server.
fn accepted(answer: &ApiResponse) -> Result<(), ClientError> {
    match answer.status {
        204 | 304 => Ok(()),
        _ => read::<serde_json::Value>(answer).map(drop),
    }
}

/// Parses one element by itself: a command of a newer server must not make the others unreadable. An element without an id
/// cannot be answered and is skipped.
fn offer(value: serde_json::Value) -> Option<OfferedCommand> {
    let id = value.get("uuid").and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
    let name = value.get("type").and_then(|name| name.as_str()).unwrap_or_default().to_owned();
    match serde_json::from_value(value) {
        Ok(known) => Some(OfferedCommand::Known(known)),
        Err(_) => id.map(|id| OfferedCommand::Unknown { id, name }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::stub::{Reply, StubServer, bearer};
    use domain::device::command::CommandKind;

    #[tokio::test]
    async fn a_command_of_a_newer_server_does_not_affect_the_others() {
        let offers = r#"[
            {"uuid":"00000000-0000-4000-8000-000000000001","type":"make_coffee","params":{},"expires_at":"2026-01-31T09:30:00Z"},
            {"uuid":"00000000-0000-4000-8000-000000000002","type":"ring","params":{"seconds":3},"expires_at":"2026-01-31T09:30:00Z"},
            {"type":"no identity"}
        ]"#;
        let stub = StubServer::start(|_, _| Reply::json(200, offers)).await;
        let got = stub.client().commands(&bearer(), 0).await.unwrap();
        assert_eq!(got.len(), 2);
        assert!(matches!(&got[0], OfferedCommand::Unknown { name, .. } if name == "make_coffee"));
        assert!(matches!(&got[1], OfferedCommand::Known(o) if o.kind == CommandKind::Ring { seconds: 3 }));
        assert_eq!(stub.requests()[0].target, "/base/agent/v1/commands?wait=0");
        assert!(stub.requests()[0].head.contains("authorization: Bearer 00000000-0000-4000-8000-00000000000d.secret"));
    }

    #[tokio::test]
    async fn a_redirect_is_reported_and_not_followed() {
        let stub = StubServer::start(|_, _| Reply::new(302).header("Location", "http://127.0.0.1:1/elsewhere")).await;
        let error = stub.client().unenroll(&bearer()).await.unwrap_err();
        assert!(matches!(&error, ClientError::Redirected { to } if to.ends_with("/elsewhere")), "{error:?}");
        assert_eq!(stub.requests().len(), 1);
    }

    #[tokio::test]
    async fn a_problem_is_read_with_its_retry_after() {
        let problem =
            r#"{"type":"about:blank","title":"T","status":429,"code":"too_many_attempts","detail":"Locked."}"#;
        let stub = StubServer::start(move |_, _| Reply::json(429, problem).header("Retry-After", "42")).await;
        let error = stub.client().unenroll(&bearer()).await.unwrap_err();
        assert_eq!(error.to_string(), "Locked.");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(42)));
    }

    #[tokio::test]
    async fn an_answer_of_another_program_is_reported_as_such() {
        let stub = StubServer::start(|_, _| Reply::new(502).body("<html>Bad gateway</html>")).await;
        let error = stub.client().unenroll(&bearer()).await.unwrap_err();
        assert!(matches!(error, ClientError::Unexpected { status: 502, .. }), "{error:?}");
        assert!(error.is_transient());
    }

    #[tokio::test]
    async fn an_endless_answer_is_cut_off() {
        let stub = StubServer::start(|_, _| Reply::new(200).body("x".repeat(2_000_000))).await;
        let error = stub.client().renew(&bearer()).await.unwrap_err();
        assert!(matches!(error, ClientError::Unreadable(_)), "{error:?}");
    }
}
