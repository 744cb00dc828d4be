//! What live views are notified of.

use domain::{
    journal::{EventKind, JournalEvent},
    types::ids::{DeviceId, InvitationId, PersonId, SessionId, SlotId},
};
use serde::Serialize;

/// What watchers are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LiveEvent {
    /// Something changed.
    Changed(LiveChange),
    /// An import of people went on, or ended. Not journalled.
    ImportProgressed,
    /// Entries of the journal were missed: anything may have changed.
    Missed,
    /// Someone signed out, or the session was revoked. Not journalled.
    SessionEnded(SessionId),
}

/// Something about these things changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LiveChange {
    /// Place in the journal; `None` for a mere contact, which is not journalled.
    pub seq: Option<i64>,
    /// Whom it is about.
    pub person_id: PersonId,
    /// The invitation, when it is about one.
    pub invitation_id: Option<InvitationId>,
    /// The row, when it is about one.
    pub slot_id: Option<SlotId>,
    /// The device, when it is about one.
    pub device_id: Option<DeviceId>,
    /// The journal's word for it, or `contact`.
    pub kind: String,
}

impl From<&JournalEvent> for LiveChange {
    fn from(entry: &JournalEvent) -> Self {
        let event = &entry.event;
        Self {
            seq: Some(entry.seq),
            person_id: event.person_id,
            invitation_id: event.invitation_id,
            slot_id: event.slot_id,
            device_id: event.device_id,
            kind: kind_word(&event.kind),
        }
    }
}

/// The tag that serde writes for an event.
fn kind_word(kind: &EventKind) -> String {
    let value = serde_json::to_value(kind).unwrap_or_default();
    value.get("kind").and_then(|k| k.as_str()).unwrap_or("changed").to_owned()
}
