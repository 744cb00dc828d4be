//! Many phones at once, for demonstrations and load: each enrolls through the true protocol with an installation id of
//! its own, and then works like a phone.

mod chaos;
mod fleet;
mod models;
mod phone;
mod plan;
mod tally;

pub use fleet::simulate;

use crate::protocol::address::EnrollmentUrl;
use std::time::Duration;

/// How fast the people behind the phones are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Pace {
    /// They begin one after the other and take 2 to 20 seconds for a step.
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
    /// What the fleet follows from.
    pub seed: u64,
    /// How long to go on when all phones have enrolled or got stuck; until it is stopped when nothing is said.
    pub run_for: Option<Duration>,
    /// Pause between heartbeats instead of the server's.
    pub heartbeat: Option<Duration>,
    /// Whether commands are answered late, twice, out of order and wrongly.
    pub chaos: bool,
}

/// What happens to a phone.
#[derive(Debug)]
enum Happening {
    /// It is through, or as far as it will come.
    Settled(Fate),
    /// It carries out a command.
    Command,
    /// In disorder: it told how a command ended, and the server took it.
    Answered(String),
    /// It does not answer any more: wiped, deleted, or the server forgot it.
    Ended(String),
}

/// Where an enrollment ended.
#[derive(Debug)]
enum Fate {
    /// At its end.
    Enrolled,
    /// On the way, as was meant: where.
    Stuck(String),
    /// The server did not want it, or was not there: why.
    Refused(String),
}
