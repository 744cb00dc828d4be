//! Writing: the one writer with its connection, the statements of a change, and the columns that are computed from others.
//!
//! Every write goes through the [`writer`]: changes, accounts, sessions, settings. What is written together is decided in
//! [`batch`], the connection is opened anew in [`connection`] when something went wrong with it.

mod apply;
mod batch;
pub(crate) mod connection;
mod files;
pub(crate) mod hardware_keys;
mod job;
pub(crate) mod person_columns;
mod publisher;
mod recompute;
pub(crate) mod slot_columns;
pub(crate) mod telemetry;
#[cfg(test)]
mod tests;
pub(crate) mod writer;
