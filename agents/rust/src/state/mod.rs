//! What the agent remembers between two runs, and the file that holds it. Nothing here calls a server.

pub mod agent_state;
pub mod file;
pub mod memory;
