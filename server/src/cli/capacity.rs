//! How many devices the server keeps in memory, and how many polls it lets wait.

use clap::Args;
use service::{KNOWN_DEVICES, PARKED_POLLS, Settings};

/// Bounds that follow from the memory and the open files that the server may use.
#[derive(Clone, Debug, Args)]
pub struct CapacityArgs {
    /// Most polls of devices that wait at the same time, each an open connection and some 30 kB. What is more is told to come
    /// again in a moment.
    #[arg(
        long,
        env = "ROLLCALL_PARKED_POLLS",
        default_value_t = PARKED_POLLS,
        value_name = "COUNT",
        value_parser = clap::value_parser!(u32).range(1..)
    )]
    pub parked_polls: u32,
    /// Most devices whose calls are answered from memory, some 1 kB each. Calls of others read the database first.
    #[arg(
        long,
        env = "ROLLCALL_KNOWN_DEVICES",
        default_value_t = KNOWN_DEVICES,
        value_name = "COUNT",
        value_parser = clap::value_parser!(u32).range(1..)
    )]
    pub known_devices: u32,
}

impl CapacityArgs {
    /// Sets the bounds.
    pub fn apply(&self, settings: &mut Settings) {
        settings.max_parked_polls = self.parked_polls as usize;
        settings.known_devices = self.known_devices as usize;
    }
}
