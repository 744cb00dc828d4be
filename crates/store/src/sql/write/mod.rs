//! Writing: the one writer, and the statements of a change.
//!
//! Every write goes through the [`writer`]: changes, accounts, sessions, settings. What is written together is decided in
//! `batch`. An engine brings the [`connection`], which is opened anew when something went wrong with it.

pub mod apply;
mod batch;
pub mod connection;
mod job;
pub mod person_columns;
pub mod publisher;
pub mod readiness;
mod report;
pub mod slot_columns;
mod together;
pub mod writer;
