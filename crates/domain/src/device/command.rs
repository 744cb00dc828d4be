//! Commands: operations requested of a device. *Requested* is never shown as *done*.

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

/// Lease of a fetched command, in seconds: without an answer in this time, the command is offered again.
pub const LEASE_S: i64 = 60;
/// Time after which a command that has not finished expires, in seconds: a week, so that a phone in a drawer is still
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
    /// Leave: remove the profile, and with it all that manages the device.
    Unenroll {},
}

const fn default_locate_s() -> u32 {
    60
}

const fn default_ring_s() -> u32 {
    30
}

impl CommandKind {
    /// A position, as an admin asks for it: as exact as the device can, within a minute.
    pub const fn locate() -> Self {
        Self::Locate { high_accuracy: true, timeout_s: default_locate_s() }
    }

    /// The word that is stored and sent.
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
            Self::Unenroll {} => "unenroll",
        }
    }
}

text_enum! {
    /// The state of a command.
    CommandState {
        /// Waiting for the device.
        Requested = "requested", "Requested";
        /// The device fetched it.
        Delivered = "delivered", "Delivered";
        /// The device is working on it.
        Acknowledged = "acknowledged", "Acknowledged";
        /// Done.
        Completed = "completed", "Done";
        /// The device reported an error.
        Failed = "failed", "Failed";
        /// The device did not finish it in time.
        Expired = "expired", "Expired";
        /// Cancelled before it was done.
        Cancelled = "cancelled", "Cancelled";
    }
}

impl CommandState {
    /// True when the state cannot change any more.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Failed | Self::Expired | Self::Cancelled)
    }
}

/// An operation requested of a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    /// Identity.
    pub id: CommandId,
    /// The device.
    pub device_id: DeviceId,
    /// The operation, with its parameters.
    pub kind: CommandKind,
    /// Its state.
    pub state: CommandState,
    /// Who requested it.
    pub requested_by: Actor,
    /// When it was requested.
    pub requested_at: Timestamp,
    /// When it is no longer offered.
    pub expires_at: Timestamp,
    /// End of its lease; without an answer it is offered again then.
    pub leased_until: Option<Timestamp>,
    /// When it reached a final state.
    pub finished_at: Option<Timestamp>,
    /// Data that the device returned.
    pub data: Option<serde_json::Value>,
    /// Why it failed.
    pub error: Option<AgentError>,
    /// When the device reported it as done although it had been cancelled or had expired.
    #[serde(default)]
    pub late_answer_at: Option<Timestamp>,
    /// When the device put it off. It is offered again when the device next asks by itself.
    #[serde(default)]
    pub not_now_at: Option<Timestamp>,
    /// How many requests of Apple's protocol it consists of have been answered.
    #[serde(default)]
    pub part: u8,
    /// Version at which it was read (optimistic concurrency); 0 if not stored yet.
    pub version: u64,
}

impl Command {
    /// What is to be known about it although it is done. Only a lock has such a note, and only once it is done: what a device
    /// sends with other commands is its own affair.
    pub fn note(&self) -> Option<CommandNote> {
        match (&self.kind, self.state) {
            (CommandKind::Lock {}, CommandState::Completed) => self.data.as_ref().and_then(CommandNote::of_data),
            _ => None,
        }
    }
}

text_enum! {
    /// What is to be known about a command that is done.
    CommandNote {
        /// A lock screen without a passcode keeps nobody out.
        NoPasscode = "no_passcode", "Locked, but without a passcode";
    }
}

impl CommandNote {
    /// The note in what a device returned.
    fn of_data(data: &serde_json::Value) -> Option<Self> {
        data.get("note")?.as_str()?.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn answered(kind: CommandKind, state: CommandState, data: serde_json::Value) -> Command {
        Command {
            id: CommandId("00000000-0000-0000-0000-000000000001".parse().unwrap()),
            device_id: DeviceId("00000000-0000-0000-0000-000000000002".parse().unwrap()),
            kind,
            state,
            requested_by: Actor::System,
            requested_at: Timestamp::from_millis(0),
            expires_at: Timestamp::from_millis(COMMAND_LIFETIME_S * 1000),
            leased_until: None,
            finished_at: None,
            data: Some(data),
            error: None,
            late_answer_at: None,
            not_now_at: None,
            part: 0,
            version: 1,
        }
    }

    #[test]
    fn only_a_lock_that_is_done_has_a_note() {
        let note = |kind, state| answered(kind, state, json!({ "note": "no_passcode" })).note();
        for state in CommandState::ALL.iter().copied() {
            let expected = (state == CommandState::Completed).then_some(CommandNote::NoPasscode);
            assert_eq!(note(CommandKind::Lock {}, state), expected, "{state}");
        }
        let others = [
            CommandKind::Wipe { external: false },
            CommandKind::Ring { seconds: 30 },
            CommandKind::Message { text: "Hello".to_owned() },
            CommandKind::EndLostMode {},
            CommandKind::Inventory {},
        ];
        for kind in others {
            assert_eq!(note(kind.clone(), CommandState::Completed), None, "{}", kind.name());
        }
        for data in [json!({ "note": "other" }), json!({ "note": 1 }), json!("no_passcode")] {
            assert_eq!(answered(CommandKind::Lock {}, CommandState::Completed, data).note(), None);
        }
    }

    #[test]
    fn what_a_command_leaves_out_has_the_documented_value() {
        let command = |json: &str| serde_json::from_str::<CommandKind>(json).unwrap();
        let (locate, ring) = (r#"{"type":"locate","params":{}}"#, r#"{"type":"ring","params":{}}"#);
        assert!(matches!(command(locate), CommandKind::Locate { timeout_s: 60, .. }));
        assert_eq!(command(ring), CommandKind::Ring { seconds: 30 });
        assert_eq!(COMMAND_LIFETIME_S, 604_800, "a week");
    }
}
