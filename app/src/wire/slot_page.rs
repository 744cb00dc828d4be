//! The page of a row.

use super::{
    Moment,
    operations::{Abilities, CommandLine, OperationLine},
};
use crate::{drawing::icon::Icon, wire::slot::SlotLine};
use domain::types::ids::CommandId;
use serde::{Deserialize, Serialize};

/// Everything about one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotPage {
    /// The row.
    pub line: SlotLine,
    /// What is under way and must not be overlooked.
    pub notices: Vec<NoticeLine>,
    /// What is known at a glance.
    pub glance: Vec<FactLine>,
    /// What can be asked of the device.
    pub operations: Vec<OperationLine>,
    /// What the device said that it can do.
    pub abilities: Option<Abilities>,
    /// The latest technical information.
    pub inventory: Option<FactGroups>,
    /// The latest commands, newest first.
    pub commands: Vec<CommandLine>,
    /// What happened, newest first.
    pub timeline: Vec<EventLine>,
}

/// Facts that a device reported, in groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactGroups {
    /// When.
    pub at: Moment,
    /// The groups.
    pub groups: Vec<FactGroup>,
}

/// A group of facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactGroup {
    /// Its name.
    pub name: String,
    /// Since when all of it has been as it is.
    pub since: Moment,
    /// Names and values.
    pub facts: Vec<(String, String)>,
}

/// A fact at a glance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactLine {
    /// Its word, such as `battery`.
    pub word: String,
    /// Its name.
    pub name: String,
    /// Its value; empty when the moment says it all.
    pub value: String,
    /// What else is to be known.
    pub note: Option<String>,
    /// Whether it needs a look.
    pub warns: bool,
    /// A part of a whole, in percent.
    pub share: Option<u8>,
    /// Where more is shown.
    pub link: Option<String>,
    /// When it was told.
    pub at: Option<Moment>,
    /// Whether that is since when it holds.
    pub is_since: bool,
    /// Whether that is when the device found it out.
    pub is_taken: bool,
}

/// What is under way and must not be overlooked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeLine {
    /// Its word: `lost` or `wipe`.
    pub word: String,
    /// `info`, `warn` or `danger`.
    pub tone: String,
    /// The words, with [`crate::text::FIRST_VIEW`] in the place of the moment, and `SECOND_VIEW` in that of the last contact.
    pub text: String,
    /// The moment.
    pub at: Moment,
    /// What the screen of the device shows.
    pub detail: Option<String>,
    /// The command that can be taken back.
    pub cancel: Option<CommandId>,
}

/// An entry of a timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventLine {
    /// Place in the journal.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// What happened.
    pub text: String,
    /// In the words of whoever met the trouble.
    pub detail: Option<String>,
    /// Who did it, when it was not Rollcall itself.
    pub by: Option<String>,
    /// The sign beside it.
    pub icon: Icon,
    /// `ok`, `warn`, `danger`, `info` or `quiet`.
    pub tone: String,
}
