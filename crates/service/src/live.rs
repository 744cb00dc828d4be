//! What changed, told to those who watch: the live views, waiting polls, the mail worker.

use domain::{
    journal::{EventKind, JournalEvent},
    types::ids::{DeviceId, InvitationId, PersonId, SessionId, SlotId},
};
use serde::Serialize;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};
use tokio::sync::{Notify, broadcast};

/// Events that a watcher may be behind before it has to start over.
const BACKLOG: usize = 4096;

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

/// Tells watchers.
pub(crate) struct Hub {
    events: broadcast::Sender<LiveEvent>,
    /// Polls that wait, by device. A poll holds its bell; a bell that nobody holds is forgotten.
    bells: Mutex<HashMap<DeviceId, Weak<Notify>>>,
    /// Wakes the mail worker.
    pub(crate) mail: Notify,
    /// Wakes the worker that reminds.
    pub(crate) reminders: Notify,
}

impl Hub {
    pub(crate) fn new() -> Self {
        let events = broadcast::channel(BACKLOG).0;
        Self { events, bells: Mutex::default(), mail: Notify::new(), reminders: Notify::new() }
    }

    pub(crate) fn subscribe(&self) -> broadcast::Receiver<LiveEvent> {
        self.events.subscribe()
    }

    /// Tells everyone whom a journal entry concerns.
    pub(crate) fn publish(&self, entry: &JournalEvent) {
        match (&entry.event.kind, entry.event.device_id) {
            (EventKind::MailQueued { .. } | EventKind::MailDelayed { .. }, _) => self.mail.notify_one(),
            (
                EventKind::CommandRequested { .. }
                | EventKind::DeviceDeleted { .. }
                | EventKind::DeviceUnenrolled { .. },
                Some(id),
            ) => self.ring(id),
            _ => {}
        }
        self.send(LiveEvent::Changed(entry.into()));
    }

    /// Tells watchers something that is not in the journal.
    pub(crate) fn send(&self, event: LiveEvent) {
        // Nobody watching is no error.
        let _ = self.events.send(event);
    }

    /// The bell that rings when a device has something to fetch.
    pub(crate) fn bell(&self, device: DeviceId) -> Arc<Notify> {
        let mut bells = self.bells.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bell) = bells.get(&device).and_then(Weak::upgrade) {
            return bell;
        }
        let bell = Arc::new(Notify::new());
        bells.retain(|_, bell| bell.strong_count() > 0);
        bells.insert(device, Arc::downgrade(&bell));
        bell
    }

    fn ring(&self, device: DeviceId) {
        let bell = self.bells.lock().unwrap_or_else(PoisonError::into_inner).get(&device).and_then(Weak::upgrade);
        if let Some(bell) = bell {
            bell.notify_waiters();
        }
    }
}
