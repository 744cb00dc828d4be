//! Lost mode: a message on the locked screen and a position with every heartbeat. What was requested and what the
//! device confirmed are two separate facts.

use crate::{
    Timestamp,
    device::command::{Command, CommandKind, CommandState},
    types::ids::CommandId,
};
use serde::{Deserialize, Serialize};

/// What is shown on the screen of a lost device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LostText {
    /// The message; may be empty when there is a number.
    #[serde(default)]
    pub message: String,
    /// The number to call.
    #[serde(default)]
    pub phone: Option<String>,
}

/// Lost mode, as the device confirmed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostConfirmed {
    /// Since when.
    pub since: Timestamp,
    /// What is shown; `None` when lost mode did not begin with a command of this server.
    pub text: Option<LostText>,
}

/// A command about lost mode that the device has not answered yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostRequest {
    /// The command.
    pub command_id: CommandId,
    /// When it was requested.
    pub at: Timestamp,
    /// Whether it ends lost mode.
    pub ends: bool,
}

/// The lost mode of a device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostMode {
    /// What the device confirmed.
    pub on: Option<LostConfirmed>,
    /// What was requested and is not answered yet.
    #[serde(rename = "asked")]
    pub requested: Option<LostRequest>,
    /// Request time of the latest command that was carried out: late answers to earlier commands change nothing.
    pub decided_by: Option<Timestamp>,
}

/// Lost mode in one word, with its times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum LostState {
    /// Neither on nor asked for.
    #[default]
    Off,
    /// Asked for; the device has not confirmed it.
    Requested {
        /// When it was asked for.
        requested_at: Timestamp,
    },
    /// On, as the device says.
    On {
        /// Since when.
        since: Timestamp,
    },
    /// On, and asked to end; the device has not confirmed that.
    EndRequested {
        /// Since when it is on.
        since: Timestamp,
        /// When the end was asked for.
        requested_at: Timestamp,
    },
}

impl LostMode {
    /// The state, in one word.
    pub fn state(&self) -> LostState {
        let since = self.on.as_ref().map(|on| on.since);
        match (since, self.requested) {
            (Some(since), Some(LostRequest { at, ends: true, .. })) => {
                LostState::EndRequested { since, requested_at: at }
            }
            (Some(since), _) => LostState::On { since },
            (None, Some(LostRequest { at, ends: false, .. })) => LostState::Requested { requested_at: at },
            (None, _) => LostState::Off,
        }
    }

    /// Applies the new state of a command. Commands of another kind change nothing.
    pub(crate) fn apply_command(&mut self, command: &Command, now: Timestamp) {
        let ends = match command.kind {
            CommandKind::LostMode(_) => false,
            CommandKind::EndLostMode {} => true,
            _ => return,
        };
        let CommandState::Requested = command.state else {
            // A command that has ended is no open request any more.
            if command.state.is_final() {
                self.requested = self.requested.filter(|request| request.command_id != command.id);
            }
            // The device has done it, in time or after it was cancelled or had expired.
            if command.state == CommandState::Completed || command.late_answer_at.is_some() {
                self.carry_out(command, now);
            }
            return;
        };
        self.requested = Some(LostRequest { command_id: command.id, at: command.requested_at, ends });
    }

    fn carry_out(&mut self, command: &Command, now: Timestamp) {
        // A late answer: a command that was requested after this one has been carried out already.
        if self.decided_by.is_some_and(|latest| latest > command.requested_at) {
            return;
        }
        self.decided_by = Some(command.requested_at);
        self.on = match &command.kind {
            CommandKind::LostMode(text) => {
                let since = self.on.as_ref().map_or(now, |on| on.since);
                Some(LostConfirmed { since, text: Some(text.clone()) })
            }
            _ => None,
        };
    }

    /// Applies what a heartbeat reports.
    pub(crate) fn apply_report(&mut self, is_on: bool, now: Timestamp) {
        match (is_on, &self.on) {
            (true, None) => self.on = Some(LostConfirmed { since: now, text: None }),
            (false, Some(_)) => self.on = None,
            _ => {}
        }
    }
}
