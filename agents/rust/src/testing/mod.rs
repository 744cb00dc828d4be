//! Test doubles: a server that answers as a test wants, and a host without a machine.

pub mod apple_server;
pub mod stub;
pub mod test_host;
