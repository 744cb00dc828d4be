//! The agent protocol as a client speaks it: addresses, calls, errors, trying again. What the answers mean for the device
//! is up to `agent`.

pub mod address;
pub mod bearer;
pub mod client;
pub mod error;
pub mod retry;
pub mod transport;
#[cfg(test)]
mod vectors;

/// The version of the agent that the server gets.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
