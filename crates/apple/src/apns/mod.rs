//! Apple's push service, as far as device management needs it: one small request that tells a phone to ask for commands.
//!
//! Both halves are here: [`Push`] and [`Answer`] are written and read, so that the service can be pretended. When a push is
//! sent, and what follows from its [`Verdict`], is the business of the caller. Untested against Apple's service.

mod answer;
mod client;
mod failure;
mod push;

pub use answer::{Answer, MAX_ANSWER, MAX_RETRY_AFTER, Verdict};
pub use client::{CONNECT_TIME, Client, ClientError, Identity, PRODUCTION, REQUEST_TIME};
pub use failure::Failure;
pub use push::{LIFE, MAX_MAGIC, MAX_TOPIC, Push, PushError, TOKEN_BYTES};
