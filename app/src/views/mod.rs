//! What pages show, ready to be drawn: flat, and in words wherever the words do not depend on the reader. Whatever can be
//! said in the server is not code that every browser loads.

mod operations;
mod people;
mod settings;
mod slot_line;
mod slot_page;

pub use operations::{Abilities, AbilityLine, CommandLine, Operation, OperationLine};
pub use people::{ImportView, InvitationLine, InviteLine, PersonLine};
pub use settings::{Account, ReminderLine, SessionLine};
#[cfg(feature = "ssr")]
pub use slot_line::MarkLine;
pub use slot_line::{AttentionLine, DeviceLine, Hint, SlotLine};
pub use slot_page::{EventLine, FactGroup, FactGroups, FactLine, NoticeLine, SlotPage};

use serde::{Deserialize, Serialize};

/// A moment: milliseconds since the Unix epoch, UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);
