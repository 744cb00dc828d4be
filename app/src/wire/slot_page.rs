//! The page of a row.

use super::{
    Moment,
    operations::{Abilities, DeviceCommandView, OperationView},
};
use crate::{drawing::icon::Icon, wire::slot::SlotRowView};
use domain::types::ids::{CommandId, SlotId};
use serde::{Deserialize, Serialize};

/// Everything about one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotPage {
    /// The row.
    pub slot: SlotRowView,
    /// What is under way and must not be overlooked.
    pub notices: Vec<NoticeView>,
    /// What is known at a glance.
    pub glance: Vec<FactView>,
    /// Operations of the device.
    pub operations: Vec<OperationView>,
    /// What the device reported that it can do.
    pub abilities: Option<Abilities>,
    /// The latest technical information.
    pub inventory: Option<FactGroups>,
    /// The latest commands, newest first.
    pub commands: Vec<DeviceCommandView>,
    /// What happened, newest first.
    pub timeline: Vec<EventView>,
}

/// Facts that a device reported, in groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactGroups {
    /// When they were reported.
    pub at: Moment,
    /// The groups.
    pub groups: Vec<FactGroup>,
}

/// A group of facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactGroup {
    /// Its name.
    pub name: String,
    /// Since when all of its facts have been as they are.
    pub since: Moment,
    /// Names and values.
    pub facts: Vec<(String, String)>,
}

/// A fact at a glance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactView {
    /// Its word, such as `battery`.
    pub word: String,
    /// Its name.
    pub name: String,
    /// Its value; empty when the moment says everything.
    pub value: String,
    /// A note.
    pub note: Option<String>,
    /// Whether it needs attention.
    pub warns: bool,
    /// A part of a whole, in percent.
    pub share: Option<u8>,
    /// A link to more.
    pub link: Option<String>,
    /// The moment that belongs to it.
    pub at: Option<Moment>,
    /// Whether it has been so since that moment.
    pub is_since: bool,
    /// Whether the device measured it at that moment.
    pub is_taken: bool,
}

/// What is under way and must not be overlooked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeView {
    /// Its word: `lost`, `wipe`, `replaced` or `replaces`.
    pub word: String,
    /// `info`, `warn` or `danger`.
    pub tone: String,
    /// The text, with [`crate::text::FIRST_VIEW`] in the place of the moment, and `SECOND_VIEW` in that of the last
    /// contact.
    pub text: String,
    /// The moment.
    pub at: Moment,
    /// What the screen of the device shows.
    pub detail: Option<String>,
    /// The command that can be cancelled.
    pub cancel: Option<CommandId>,
    /// The row that it refers to.
    pub other: Option<SlotId>,
}

/// An entry of a timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventView {
    /// Sequence number in the journal.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// What happened.
    pub text: String,
    /// The error message of the mail server or the device.
    pub detail: Option<String>,
    /// Who did it, when it was not Rollcall itself.
    pub by: Option<String>,
    /// Its icon.
    pub icon: Icon,
    /// `ok`, `warn`, `danger`, `info` or `quiet`.
    pub tone: String,
}
