//! Why a command of the command line failed: the message is for the person at the terminal.

use crate::{protocol::error::ClientError, provision::ProvisionError, state::file::StateError};

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A call failed.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// A phone could not be set up.
    #[error(transparent)]
    Provision(#[from] ProvisionError),
    /// The agent's memory cannot be used, or has no enrollment.
    #[error(transparent)]
    State(#[from] StateError),
    /// The operating system provides no randomness.
    #[error("The operating system provides no randomness: {0}.")]
    Randomness(#[from] getrandom::Error),
    /// A file named on the command line cannot be used.
    #[error("{0}")]
    Input(String),
    /// Simulated phones failed that were not meant to.
    #[error("{0} of the simulated phones could not enroll.")]
    Phones(usize),
}
