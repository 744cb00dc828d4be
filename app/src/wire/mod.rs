//! What travels between the page and the server: views, ready to be drawn; actions and requests; errors.
//!
//! Views are flat, and hold texts wherever the text does not depend on the reader's clock: what the server says is no code
//! that every browser loads. Not here: how a view is made (`server::convert`) and how it is drawn (`pages`).

pub mod action;
pub mod bulk;
pub mod error;
mod operations;
mod people;
mod row;
mod settings;
mod slot;
mod slot_page;
#[cfg(feature = "ssr")]
pub mod status;

pub use action::{AdminAction, Order};
pub use bulk::{BulkOutcome, Work};
pub use operations::{Abilities, AbilityLine, CommandLine, Operation, OperationLine};
pub use people::{ImportView, InvitationLine, InviteHow, InviteLine, PersonDraft, PersonLine};
pub use row::Line;
pub use settings::{Account, ReminderLine, SessionLine};
#[cfg(feature = "ssr")]
pub use slot::MarkLine;
pub use slot::{AttentionLine, DeviceLine, Hint, SlotLine};
pub use slot_page::{EventLine, FactGroup, FactGroups, FactLine, NoticeLine, SlotPage};

use serde::{Deserialize, Serialize};

/// A moment: milliseconds since the Unix epoch, UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);
