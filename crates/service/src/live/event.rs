//! Events for subscribers.

use super::reach::Reach;
use domain::{
    Timestamp,
    journal::{EventKind, JournalEvent},
    types::ids::{DeviceId, InvitationId, PersonId, SessionId, SlotId},
};
use serde::{Deserialize, Serialize};

/// An event for subscribers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LiveEvent {
    /// Something changed: a journal entry, or a report of a device that shows.
    Changed(LiveChange),
    /// A device was in contact, and nothing else changed. Gathered for those who show its row.
    Contact(Contact),
    /// An import of people made progress or ended. Not in the journal.
    ImportProgressed,
    /// The outbox was paused, or goes on. Not in the journal.
    OutboxChanged,
    /// Journal entries were missed: anything may have changed.
    Missed,
    /// A session ended by signing out or by being revoked. Not in the journal.
    SessionEnded(SessionId),
}

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveChange {
    /// Sequence number in the journal; `None` for what is not in the journal.
    pub seq: Option<i64>,
    /// The person it is about.
    pub person_id: PersonId,
    /// The invitation, when it is about one.
    pub invitation_id: Option<InvitationId>,
    /// The row, when it is about one.
    pub slot_id: Option<SlotId>,
    /// The device, when it is about one.
    pub device_id: Option<DeviceId>,
    /// Kind of the journal entry, or `report`.
    pub kind: String,
    /// Where it shows.
    pub reach: Reach,
}

/// A contact of a device that changed nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The device's row.
    pub slot_id: SlotId,
    /// When.
    pub at: Timestamp,
    /// Whether the device reported its state, the same as before: the page of the device shows when it did.
    pub is_report: bool,
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
            kind: kind_tag(&event.kind),
            reach: Reach::of(&event.kind),
        }
    }
}

/// The tag that serde writes for an event.
fn kind_tag(kind: &EventKind) -> String {
    let value = serde_json::to_value(kind).unwrap_or_default();
    value.get("kind").and_then(|k| k.as_str()).unwrap_or("changed").to_owned()
}
