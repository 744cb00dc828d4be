//! The command line: arguments, and one file per command. No other room knows it.

pub mod args;
pub mod dispatch;
mod enroll;
mod open;
mod pretend_apple;
mod provision;
mod simulate;
mod status;
