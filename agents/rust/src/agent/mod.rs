//! An agent: a host, a memory and a server. Here are the single calls with what each changes in the memory; the steps of
//! an enrollment, the main loop and the commands are in files of their own.

mod commands;
mod run;
pub mod steps;

use crate::{
    clock,
    failure::Failure,
    host::Host,
    protocol::{
        VERSION,
        bearer::{Bearer, Secret},
        client::Client,
        error::ClientError,
        retry::{Retry, with_retries},
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
    protocol::{EnrollCredential, EnrollRequest, Inventory, ProgressReport, StateReply},
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
    /// When failed calls are retried.
    pub retry: Retry,
    /// Messages to the person at the terminal.
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
        let reply = with_retries(self.retry, &mut self.rng, &self.log, || client.enroll(&request)).await?;
        let mut enrollment = Enrollment::new(server.clone(), request.platform, ownership, reply);
        enrollment.capabilities = request.capabilities;
        self.memory.update(|state| state.enrollment = Some(enrollment))?;
        Ok(())
    }

    /// Reports how far the enrollment has come, and which required permissions are missing.
    ///
    /// # Errors
    /// As [`Self::enroll`].
    pub async fn report_progress(
        &mut self,
        step: EnrollmentStep,
        error: Option<domain::device::AgentError>,
    ) -> Result<(), Failure> {
        let report =
            ProgressReport { step, percent: None, missing_permissions: Some(self.missing_permissions()?), error };
        let (client, bearer) = (&self.client, self.memory.enrollment()?.bearer());
        with_retries(self.retry, &mut self.rng, &self.log, || client.progress(&bearer, &report)).await?;
        Ok(())
    }

    /// The required permissions that the agent does not have on this host.
    ///
    /// # Errors
    /// There is no enrollment.
    pub fn missing_permissions(&self) -> Result<Vec<String>, Failure> {
        let required = &self.memory.enrollment()?.required_permissions;
        Ok(required.iter().filter(|name| !self.host.has_permission(name)).cloned().collect())
    }

    /// Sends the device's technical information. True when it differs from what the server had.
    ///
    /// # Errors
    /// As [`Self::enroll`].
    pub async fn send_inventory(&mut self) -> Result<bool, Failure> {
        let inventory = self.host.inventory();
        let fingerprint = fingerprint(&inventory);
        // A request that is delivered late does not undo a newer one.
        let inventory = Inventory { collected_at: Some(clock::now()), ..inventory };
        let enrollment = self.memory.enrollment()?;
        let bearer = enrollment.bearer();
        // The ETag goes along only when the content is the same as last time: then the server may answer 304.
        let known_etag =
            enrollment.inventory.clone().filter(|sent| sent.fingerprint == fingerprint).and_then(|sent| sent.etag);
        let client = &self.client;
        let call = || client.inventory(&bearer, &inventory, known_etag.as_deref());
        let receipt = with_retries(self.retry, &mut self.rng, &self.log, call).await?;
        let sent = SentInventory { fingerprint, etag: receipt.etag.or(known_etag) };
        self.memory.update_enrollment(|e| e.inventory = Some(sent))?;
        Ok(receipt.is_changed)
    }

    /// Sends a heartbeat. Its number is saved before it is sent, so that no number is used twice.
    ///
    /// # Errors
    /// As [`Self::enroll`].
    pub async fn heartbeat(&mut self) -> Result<StateReply, Failure> {
        let is_lost = self.memory.state().lost.is_some();
        let mut report = self.host.report(is_lost).await;
        report.lost_mode = Some(is_lost);
        // Capabilities travel only when they have changed.
        let capabilities = self.host.capabilities();
        if self.memory.enrollment()?.capabilities.as_ref() != Some(&capabilities) {
            report.capabilities = Some(capabilities.clone());
        }
        self.memory.update(|state| state.seq += 1)?;
        report.seq = self.memory.state().seq;
        let (client, bearer) = (&self.client, self.memory.enrollment()?.bearer());
        let reply = with_retries(self.retry, &mut self.rng, &self.log, || client.state(&bearer, &report)).await?;
        if report.capabilities.is_some() {
            self.memory.update_enrollment(|e| e.capabilities = Some(capabilities))?;
        }
        Ok(reply)
    }

    /// Requests a new secret.
    ///
    /// # Errors
    /// As [`Self::enroll`].
    pub async fn renew(&mut self) -> Result<(), Failure> {
        let (client, bearer) = (&self.client, self.memory.enrollment()?.bearer());
        let reply = with_retries(self.retry, &mut self.rng, &self.log, || client.renew(&bearer)).await?;
        self.memory.update_enrollment(|e| e.device_secret = Secret(reply.device_secret))?;
        Ok(())
    }

    /// Unenrolls and forgets the enrollment, even when the server does not know this device any more.
    ///
    /// # Errors
    /// As [`Self::enroll`].
    pub async fn unenroll(&mut self) -> Result<(), Failure> {
        let (client, bearer) = (&self.client, self.memory.enrollment()?.bearer());
        match with_retries(self.retry, &mut self.rng, &self.log, || client.unenroll(&bearer)).await {
            Err(error) if !error.ends_enrollment() => return Err(error.into()),
            _ => {}
        }
        self.memory.update(|state| (state.enrollment, state.lost) = (None, None))?;
        Ok(())
    }

    /// A poll for commands that begins after `pause`. It borrows nothing, so that heartbeats go on meanwhile.
    ///
    /// # Errors
    /// There is no enrollment.
    pub fn poll(
        &self,
        pause: Duration,
        wait_s: u32,
    ) -> Result<impl Future<Output = PollResult> + Send + use<H>, Failure> {
        let bearer = self.memory.enrollment()?.bearer();
        Ok(poll(self.client.clone(), bearer, pause, wait_s))
    }
}

/// The result of a poll.
pub type PollResult = Result<Vec<crate::protocol::client::OfferedCommand>, ClientError>;

/// Shortest duration of a poll that brings nothing: behind a proxy that does not let the server wait, the agent would
/// poll without a pause.
const SHORTEST_EMPTY_POLL: Duration = Duration::from_secs(2);

async fn poll(client: Client, bearer: Bearer, pause: Duration, wait_s: u32) -> PollResult {
    tokio::time::sleep(pause).await;
    let shortest = tokio::time::sleep(SHORTEST_EMPTY_POLL);
    let result = client.commands(&bearer, wait_s).await;
    if wait_s > 0 && matches!(&result, Ok(offers) if offers.is_empty()) {
        shortest.await;
    }
    result
}

fn fingerprint(inventory: &Inventory) -> u64 {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(inventory).unwrap_or_default().hash(&mut hasher);
    hasher.finish()
}
