//! Opens the agent's memory and its connection.

use super::args::MemoryArgs;
use crate::{
    agent::Agent,
    failure::Failure,
    host::RealHost,
    protocol::{client::Client, retry::Retry},
    rng::{Rng, system_seed},
    state::{
        file::{self, StateError},
        memory::Memory,
    },
    terminal::Log,
};
use std::path::PathBuf;
use url::Url;

/// Where the agent's memory is.
pub(super) fn path(memory: MemoryArgs) -> Result<PathBuf, StateError> {
    memory.state.map_or_else(file::default_path, Ok)
}

/// An agent on this host for the server at `server`.
pub(super) async fn agent_on_this_host(memory: Memory, server: &Url) -> Result<Agent<RealHost>, Failure> {
    let host = RealHost::detect().await;
    let rng = Rng::from_seed(system_seed()?);
    Ok(Agent { host, client: Client::new(server)?, memory, rng, retry: Retry::DEFAULT, log: Log::default() })
}

/// The agent of a device that is enrolled.
pub(super) async fn enrolled(memory: MemoryArgs) -> Result<Agent<RealHost>, Failure> {
    let path = path(memory)?;
    // Check first: opening the memory would create the file for a device that was never enrolled.
    file::read(&path)?.and_then(|state| state.enrollment).ok_or(StateError::NotEnrolled)?;
    let memory = Memory::open(path)?;
    let server = memory.enrollment()?.server.clone();
    agent_on_this_host(memory, &server).await
}
