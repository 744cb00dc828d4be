//! What can be asked of a device, and what was.

use super::Moment;
use crate::wire::slot::MarkLine;
use domain::{device::command::CommandState, types::ids::CommandId};
use serde::{Deserialize, Serialize};

/// Something that can be asked of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operation {
    /// Send fresh technical information.
    Refresh,
    /// Report the position.
    Locate,
    /// Ring loudly.
    Ring,
    /// Show a message.
    Message,
    /// Lock the screen.
    Lock,
    /// Go into lost mode.
    LostMode,
    /// End lost mode.
    EndLostMode,
    /// Erase everything.
    Wipe,
}

/// An operation as it is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperationLine {
    /// Which.
    pub operation: Operation,
    /// Its name.
    pub name: String,
    /// Why it is switched off.
    pub reason: Option<String>,
}

/// What a device said that it can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Abilities {
    /// When.
    pub at: Moment,
    /// Command by command.
    pub lines: Vec<AbilityLine>,
    /// What its platform can never grant, as a sentence.
    pub never: Option<String>,
}

/// Whether a device can carry out a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AbilityLine {
    /// Name of the command.
    pub name: String,
    /// Whether it can.
    pub is_there: bool,
    /// Why not, or what it lacks.
    pub note: Option<String>,
}

/// A command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommandLine {
    /// Identity.
    pub id: CommandId,
    /// Its word, such as `lock`.
    pub word: String,
    /// Its name.
    pub name: String,
    /// The message that is shown, when it is one.
    pub text: Option<String>,
    /// Where it stands.
    pub state: CommandState,
    /// Who asked.
    pub by: Option<String>,
    /// When.
    pub requested_at: Moment,
    /// When it is no longer offered.
    pub expires_at: Moment,
    /// When it came to its end.
    pub finished_at: Option<Moment>,
    /// Why the device could not.
    pub error: Option<String>,
    /// That it was done after all, when it had been taken back or had expired.
    pub late: Option<MarkLine>,
}
