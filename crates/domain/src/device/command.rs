//! Commands: operations asked of a device. *Requested* is never shown as *done*.

use crate::{
    Timestamp,
    actor::Actor,
    device::{AgentError, lost::LostText},
    types::{
        ids::{CommandId, DeviceId},
        text_enum::text_enum,
    },
};
use serde::{Deserialize, Serialize};

/// How long an agent has to answer for a command that it fetched, before the command is offered again, in seconds.
pub const LEASE_S: i64 = 60;
/// How long a command waits for its device before it expires, in seconds: a week, so that a phone in a drawer is still
/// found when it is switched on, and one that comes back after a year does not ring.
pub const COMMAND_LIFETIME_S: i64 = 7 * 24 * 3600;

/// What is asked, with its parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "params", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CommandKind {
    /// Lock the screen.
    Lock {},
    /// Erase the device.
    Wipe {
        /// Also erase external storage.
        #[serde(default)]
        external: bool,
    },
    /// Report the position.
    Locate {
        /// Use the satellite receiver.
        #[serde(default)]
        high_accuracy: bool,
        /// How long to try, in seconds.
        #[serde(default = "default_locate_s")]
        timeout_s: u32,
    },
    /// Ring loudly.
    Ring {
        /// For how long, in seconds.
        #[serde(default = "default_ring_s")]
        seconds: u32,
    },
    /// Show a message.
    Message {
        /// The text, at most 1000 characters.
        text: String,
    },
    /// Go into lost mode: show this on the locked screen, and report the position with every heartbeat.
    LostMode(LostText),
    /// End lost mode.
    EndLostMode {},
    /// Send a fresh inventory.
    Inventory {},
    /// Take a new secret.
    Renew {},
}

const fn default_locate_s() -> u32 {
    60
}

const fn default_ring_s() -> u32 {
    30
}

impl CommandKind {
    /// The word that travels.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Lock {} => "lock",
            Self::Wipe { .. } => "wipe",
            Self::Locate { .. } => "locate",
            Self::Ring { .. } => "ring",
            Self::Message { .. } => "message",
            Self::LostMode(_) => "lost_mode",
            Self::EndLostMode {} => "end_lost_mode",
            Self::Inventory {} => "inventory",
            Self::Renew {} => "renew",
        }
    }
}

text_enum! {
    /// Where a command stands.
    CommandState {
        /// Waiting for the device.
        Requested = "requested", "Requested";
        /// The device fetched it.
        Delivered = "delivered", "Delivered";
        /// The device is at it.
        Acknowledged = "acknowledged", "Acknowledged";
        /// Done.
        Completed = "completed", "Done";
        /// The device could not.
        Failed = "failed", "Failed";
        /// The device did not ask in time.
        Expired = "expired", "Expired";
        /// Taken back before it was done.
        Cancelled = "cancelled", "Cancelled";
    }
}

impl CommandState {
    /// True when nothing can change any more.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Failed | Self::Expired | Self::Cancelled)
    }
}

/// An operation asked of a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    /// Identity.
    pub id: CommandId,
    /// Who is asked.
    pub device_id: DeviceId,
    /// What is asked.
    pub kind: CommandKind,
    /// Where it stands.
    pub state: CommandState,
    /// Who asked.
    pub requested_by: Actor,
    /// When.
    pub requested_at: Timestamp,
    /// When it is no longer offered.
    pub expires_at: Timestamp,
    /// Until when the device that fetched it has to answer before it is offered again.
    pub leased_until: Option<Timestamp>,
    /// When it came to its end.
    pub finished_at: Option<Timestamp>,
    /// What the device answered.
    pub data: Option<serde_json::Value>,
    /// Why the device could not.
    pub error: Option<AgentError>,
    /// When the device said that it had done it although it had been cancelled or had expired.
    #[serde(default)]
    pub late_answer_at: Option<Timestamp>,
    /// Version this was read at; 0 for one that is not stored yet.
    pub version: u64,
}
