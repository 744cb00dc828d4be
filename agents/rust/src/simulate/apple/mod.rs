//! iPhones and iPads: they open the page of an invitation, take its profile, get their identity, check in, and answer
//! commands when they are pushed, all by Apple's protocol.
//!
//! What is here is what Apple's documentation says that phones do. Real ones may differ.

mod course;
mod figures;
mod fleet;
mod front;
mod life;
mod phone;
mod plan;
mod push_service;
#[cfg(test)]
mod tests;

pub use course::{Course, Supervision};
pub use fleet::simulate;
pub use front::Addresses;
pub use push_service::{Folder, Valid};

use super::Pace;
use crate::protocol::address::EnrollmentUrl;
use std::{net::SocketAddr, time::Duration};

/// Where profiles come from.
#[derive(Clone, Debug)]
pub enum Source {
    /// From the pages of these invitations, in turn; not empty.
    Pages(Vec<EnrollmentUrl>),
    /// They were downloaded before, one for each phone.
    Files(Vec<Vec<u8>>),
}

/// What is simulated.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many phones.
    pub devices: u32,
    /// Where their profiles come from.
    pub source: Source,
    /// How fast the people behind them are.
    pub pace: Pace,
    /// The same seed gives the same phones.
    pub seed: u64,
    /// How long to go on after all phones have enrolled or got stuck; `None`: until stopped.
    pub run_for: Option<Duration>,
    /// What happens to all of them; `None`: drawn for each.
    pub course: Option<Course>,
    /// Which of them are supervised.
    pub supervision: Supervision,
    /// The pretended push service: the folder with its certificates, and where it listens.
    pub push: Option<(Folder, SocketAddr)>,
    /// TLS in front of the server, with a certificate of the same folder.
    pub front: Option<(Folder, Addresses)>,
    /// How often a phone asks for commands without a push. Real ones do not.
    pub ask_every: Option<Duration>,
}
