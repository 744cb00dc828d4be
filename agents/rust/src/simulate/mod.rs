//! Many phones at once, for demonstrations and load: each enrolls through the real protocol with its own installation id,
//! and then behaves like a phone.

pub mod apple;
mod chaos;
mod fleet;
mod models;
mod phone;
mod plan;
mod summary;
mod watch;

pub use fleet::simulate;

use crate::protocol::address::EnrollmentUrl;
use std::time::Duration;

/// How fast the people behind the phones are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Pace {
    /// They begin one after the other and take 2 to 20 seconds per step.
    Human,
    /// No pauses.
    Fast,
}

/// What is simulated.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many phones.
    pub devices: u32,
    /// The invitations that they enroll with, in turn; not empty.
    pub urls: Vec<EnrollmentUrl>,
    /// How fast.
    pub pace: Pace,
    /// The same seed gives the same fleet.
    pub seed: u64,
    /// How long to go on after all phones have enrolled or got stuck; `None`: until stopped.
    pub run_for: Option<Duration>,
    /// Pause between heartbeats instead of the server's.
    pub heartbeat: Option<Duration>,
    /// Whether commands are answered late, twice, out of order and wrongly.
    pub chaos: bool,
}

/// What a phone reports to its fleet.
#[derive(Debug)]
enum PhoneEvent {
    /// Its enrollment has ended, in one way or another.
    Settled(EnrollmentEnd),
    /// It carries out a command.
    Command,
    /// With chaos: the server accepted its result of a command.
    Answered(String),
    /// It has stopped: wiped, deleted, or unknown to the server.
    Ended(String),
}

/// How an enrollment ended.
#[derive(Debug)]
enum EnrollmentEnd {
    /// It is complete.
    Enrolled,
    /// It stopped on the way, as planned: where.
    Stuck(String),
    /// The server refused it or could not be reached: why.
    Refused(String),
}
