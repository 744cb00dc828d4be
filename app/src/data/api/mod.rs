//! Server functions: what the console asks the server for. Each checks the session first, calls one use case, and turns
//! the result into what travels.

pub mod account;
pub mod act;
pub mod apple;
pub mod audit;
pub mod bulk;
pub mod devices;
pub mod invitations;
pub mod password;
pub mod people;
pub mod reminders;
