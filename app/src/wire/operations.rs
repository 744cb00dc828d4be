//! Operations of a device, and commands that were requested.

use super::Moment;
use crate::wire::slot::TimedText;
use domain::{device::command::CommandState, types::ids::CommandId};
use serde::{Deserialize, Serialize};

/// Something that can be requested of a device.
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
    /// Leave, with all that manages the device.
    Unenroll,
}

/// An operation as it is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperationView {
    /// Which.
    pub operation: Operation,
    /// Its name.
    pub name: String,
    /// Why it is disabled.
    pub reason: Option<String>,
}

/// What a device reported that it can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Abilities {
    /// When it was reported.
    pub at: Moment,
    /// Command by command.
    pub commands: Vec<AbilityView>,
    /// What its platform can never grant, as a sentence.
    pub never: Option<String>,
}

/// Whether a device can carry out a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AbilityView {
    /// Name of the command.
    pub name: String,
    /// Whether it can.
    pub is_there: bool,
    /// Why not, or what it lacks.
    pub note: Option<String>,
}

/// A command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceCommandView {
    /// Identity.
    pub id: CommandId,
    /// Its word, such as `lock`.
    pub word: String,
    /// Its name.
    pub name: String,
    /// The message that is shown, when it is one.
    pub text: Option<String>,
    /// Its state.
    pub state: CommandState,
    /// Who requested it.
    pub by: Option<String>,
    /// When it was requested.
    pub requested_at: Moment,
    /// When it is no longer offered.
    pub expires_at: Moment,
    /// When it reached its final state.
    pub finished_at: Option<Moment>,
    /// Why the device failed, or what it could not do although the command is done.
    pub trouble: Option<String>,
    /// Says that it was carried out although it had been cancelled or had expired.
    pub late: Option<TimedText>,
}
