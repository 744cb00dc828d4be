//! Tests against a real PostgreSQL; see [`support`].
#![expect(clippy::unwrap_used, reason = "these are tests")]

mod attempts;
mod contract;
mod copy;
mod filled;
mod outage;
mod servers;
mod support;
mod together;
