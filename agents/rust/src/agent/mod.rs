//! An agent: a host, a memory and a server, and what each call means for the memory.

mod commands;
mod run;
pub mod steps;

use crate::{
    failure::Failure,
    host::Host,
    protocol::{
        VERSION,
        bearer::{Bearer, Secret},
        client::Client,
        problem::ClientError,
        retry::{Retry, repeat},
    },
    rng::Rng,
    state::{
        agent_state::{Enrollment, SentInventory},
        memory::Memory,
    },
    terminal::Log,
};
use domain::{
    device::{EnrollmentStep, Ownership},
    protocol::{EnrollCredential, EnrollRequest, ProgressReport, StateReply},
};
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    time::Duration,
};
use url::Url;

/// An agent on a host of kind `H`.
pub struct Agent<H> {
    /// What it runs on.
    pub host: H,
    /// The connection to its server.
    pub client: Client,
    /// What it remembers.
    pub memory: Memory,
    /// Jitter.
    pub rng: Rng,
    /// How it tries again.
    pub retry: Retry,
    /// What it tells the person at its terminal.
    pub log: Log,
}

impl<H: Host> Agent<H> {
    /// Enrolls with the server at `server`. The credential is used and not kept.
    ///
    /// # Errors
    /// The server refuses or cannot be reached, or the memory cannot be written.
    pub async fn enroll(
        &mut self,
        server: &Url,
        credential: EnrollCredential,
        ownership: Ownership,
    ) -> Result<(), Failure> {
        let request = EnrollRequest {
            credential,
            platform: self.host.platform(),
            ownership,
            installation_id: self.memory.state().installation_id,
            agent_version: VERSION.to_owned(),
            device: self.host.info(),
            capabilities: Some(self.host.capabilities()),
            push: None,
        };
        let client = &self.client;
        let reply = repeat(self.retry, &mut self.rng, &self.log, || client.enroll(&request)).await?;
        let mut enrollment = Enrollment::new(server.clone(), request.platform, ownership, reply);
        enrollment.capabilities = request.capabilities;
        self.memory.change(|state| state.enrollment = Some(enrollment))?;
        Ok(())
    }

    /// Tells how far the enrollment has come, and which required permissions are missing.
    ///
    /// # Errors
    /// As [`Self::enroll`].
    pub async fn progress(
        &mut self,
        step: EnrollmentStep,
        error: Option<domain::device::AgentError>,
    ) -> Result<(), Failure> {
        let report =
            ProgressReport { step, percent: None, missing_permissions: Some(self.missing_permissions()?), error };
        let (client, bearer) = (&self.client, self.memory.enrollment()?.bearer());
        repeat(self.retry, &mut self.rng, &self.log, || client.progress(&bearer, &report)).await?;
        Ok(())
    }

    /// The required permissions that the host does not give.
    ///
    /// # Errors
    /// There is no enrollment.
    pub fn missing_permissions(&self) -> Result<Vec<String>, Failure> {
        let required = &self.memory.enrollment()?.required_permissions;
        Ok(required.iter().filter(|name| !self.host.holds(name)).cloned().collect())
    }

    /// Sends the device's technical information. Returns whether it was news to the server.
    ///
    /// # Errors
    /// As [`Self::enroll`].
    pub async fn send_inventory(&mut self) -> Result<bool, Failure> {
        let inventory = self.host.inventory();
        let fingerprint = fingerprint(&inventory);
        let enrollment = self.memory.enrollment()?;
        let bearer = enrollment.bearer();
        let known_as =
            enrollment.inventory.clone().filter(|sent| sent.fingerprint == fingerprint).and_then(|sent| sent.etag);
        let client = &self.client;
        let call = || client.inventory(&bearer, &inventory, known_as.as_deref());
        let answer = repeat(self.retry, &mut self.rng, &self.log, call).await?;
        let sent = SentInventory { fingerprint, etag: answer.etag.or(known_as) };
        self.memory.change_enrollment(|e| e.inventory = Some(sent))?;
        Ok(answer.is_changed)
    }

    /// Sends a heartbeat. Its number is on disk before it is sent, so that none is used twice.
    ///
    /// # Errors
    /// As [`Self::enroll`].
    pub async fn heartbeat(&mut self) -> Result<StateReply, Failure> {
        let is_lost = self.memory.state().lost.is_some();
        let mut report = self.host.report(is_lost).await;
        report.lost_mode = Some(is_lost);
        let can = self.host.capabilities();
        if self.memory.enrollment()?.capabilities.as_ref() != Some(&can) {
            report.capabilities = Some(can.clone());
        }
        self.memory.change(|state| state.seq += 1)?;
        report.seq = self.memory.state().seq;
        let (client, bearer) = (&self.client, self.memory.enrollment()?.bearer());
        let reply = repeat(self.retry, &mut self.rng, &self.log, || client.state(&bearer, &report)).await?;
        if report.capabilities.is_some() {
            self.memory.change_enrollment(|e| e.capabilities = Some(can))?;
        }
        Ok(reply)
    }

    /// Takes a new secret.
    ///
    /// # Errors
    /// As [`Self::enroll`].
    pub async fn renew(&mut self) -> Result<(), Failure> {
        let (client, bearer) = (&self.client, self.memory.enrollment()?.bearer());
        let reply = repeat(self.retry, &mut self.rng, &self.log, || client.renew(&bearer)).await?;
        self.memory.change_enrollment(|e| e.device_secret = Secret(reply.device_secret))?;
        Ok(())
    }

    /// Says goodbye and forgets the enrollment; also when the server has forgotten it before.
    ///
    /// # Errors
    /// As [`Self::enroll`].
    pub async fn unenroll(&mut self) -> Result<(), Failure> {
        let (client, bearer) = (&self.client, self.memory.enrollment()?.bearer());
        match repeat(self.retry, &mut self.rng, &self.log, || client.unenroll(&bearer)).await {
            Err(error) if !error.ends_enrollment() => return Err(error.into()),
            _ => {}
        }
        self.memory.change(|state| (state.enrollment, state.lost) = (None, None))?;
        Ok(())
    }

    /// A poll for commands that begins after `pause`. It owns what it needs, so that heartbeats go on meanwhile.
    ///
    /// # Errors
    /// There is no enrollment.
    pub fn poll(
        &self,
        pause: Duration,
        wait_s: u32,
    ) -> Result<impl Future<Output = PollAnswer> + Send + use<H>, Failure> {
        let bearer = self.memory.enrollment()?.bearer();
        Ok(poll(self.client.clone(), bearer, pause, wait_s))
    }
}

/// What a poll brings.
pub type PollAnswer = Result<Vec<crate::protocol::client::Offer>, ClientError>;

/// Shortest time between two polls that bring nothing: keeps an agent from running in circles behind a proxy that does
/// not let the server wait.
const SHORTEST_EMPTY_POLL: Duration = Duration::from_secs(2);

async fn poll(client: Client, bearer: Bearer, pause: Duration, wait_s: u32) -> PollAnswer {
    tokio::time::sleep(pause).await;
    let shortest = tokio::time::sleep(SHORTEST_EMPTY_POLL);
    let answer = client.commands(&bearer, wait_s).await;
    if wait_s > 0 && matches!(&answer, Ok(offers) if offers.is_empty()) {
        shortest.await;
    }
    answer
}

fn fingerprint(inventory: &domain::protocol::Inventory) -> u64 {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(inventory).unwrap_or_default().hash(&mut hasher);
    hasher.finish()
}
