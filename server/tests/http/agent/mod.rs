//! The agent protocol: enrolling, commands, reports.

mod at_once;
mod bench;
mod commands;
mod cost;
mod enroll;
mod pace;
mod pin_limits;
mod reports;
mod returns;
mod theft;
mod values;
