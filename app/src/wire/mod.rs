//! What travels between the page and the server: views, ready to be drawn; actions and requests; errors.
//!
//! Views are flat, and contain texts wherever these do not depend on the reader's clock: what the server puts into
//! words needs no code in the browser. Not here: how a view is made (`server::convert`) and how it is drawn (`pages`).

pub mod action;
pub mod bulk;
mod drawn_page;
pub mod error;
mod list_row;
mod operations;
mod people;
mod settings;
mod slot;
mod slot_page;
#[cfg(feature = "ssr")]
pub mod status;

pub use action::{AdminAction, CommandRequest};
pub use bulk::{BulkOutcome, BulkRequest};
pub use drawn_page::DrawnPage;
pub use list_row::ListRow;
pub use operations::{Abilities, AbilityView, DeviceCommandView, Operation, OperationView};
pub use people::{
    InvitationView, InviteJobView, InviteOutcome, InviteRequest, InviteSettings, InviteView, PaceView, PersonDraft,
    PersonView,
};
pub use settings::{Account, ReminderView, SessionView};
#[cfg(feature = "ssr")]
pub use slot::TimedText;
pub use slot::{AttentionView, DeviceView, Hint, MailProgress, SlotRowView};
pub use slot_page::{EventView, FactGroup, FactGroups, FactView, NoticeView, SlotPage};

use serde::{Deserialize, Serialize};

/// A moment: milliseconds since the Unix epoch, UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);
