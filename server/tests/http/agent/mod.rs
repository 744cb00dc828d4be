//! The agent protocol: enrolling, commands, reports.

mod commands;
mod enroll;
mod reports;
mod theft;
