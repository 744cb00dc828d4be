//! The hub: publishes changes to subscribers and wakes workers and parked polls.

use super::{LiveEvent, Reach, rows::RowWatches, wake::Polls};
use domain::journal::{EventKind, JournalEvent};
use std::sync::Arc;
use tokio::sync::{Notify, broadcast};

/// Events that a subscriber may lag behind before it misses some.
const BACKLOG: usize = 4096;

/// Publishes changes within this process.
pub(crate) struct Hub {
    events: broadcast::Sender<LiveEvent>,
    /// Those of the events that concern everybody.
    notices: broadcast::Sender<LiveEvent>,
    /// Who shows what.
    pub(crate) rows: Arc<RowWatches>,
    /// The waiting polls of devices.
    pub(crate) polls: Polls,
    /// Wakes the mail worker.
    pub(crate) mail: Notify,
    /// Wakes the reminder worker.
    pub(crate) reminders: Notify,
    /// Wakes the push worker.
    pub(crate) pushes: Notify,
    /// Wakes the worker that invites people.
    pub(crate) invite_jobs: Notify,
}

impl Hub {
    pub(crate) fn new() -> Self {
        Self {
            events: broadcast::channel(BACKLOG).0,
            notices: broadcast::channel(BACKLOG).0,
            polls: Polls::default(),
            rows: RowWatches::new(),
            mail: Notify::new(),
            reminders: Notify::new(),
            pushes: Notify::new(),
            invite_jobs: Notify::new(),
        }
    }

    pub(crate) fn subscribe(&self) -> broadcast::Receiver<LiveEvent> {
        self.events.subscribe()
    }

    /// The events that concern everybody.
    pub(crate) fn notices(&self) -> broadcast::Receiver<LiveEvent> {
        self.notices.subscribe()
    }

    /// Publishes a journal entry, and wakes the worker or the polls that have to act on it.
    pub(crate) fn publish(&self, entry: &JournalEvent) {
        if matches!(entry.event.kind, EventKind::CommandRequested { .. }) {
            self.pushes.notify_one();
        }
        match (&entry.event.kind, entry.event.device_id) {
            (EventKind::MailQueued { .. } | EventKind::MailDelayed { .. }, _) => self.mail.notify_one(),
            (
                EventKind::CommandRequested { .. }
                | EventKind::DeviceDeleted { .. }
                | EventKind::DeviceUnenrolled { .. },
                Some(id),
            ) => self.polls.wake(id),
            _ => {}
        }
        self.send(LiveEvent::Changed(entry.into()));
    }

    /// Sends an event: a change to those who show what changed, anything else to everybody.
    pub(crate) fn send(&self, event: LiveEvent) {
        match &event {
            LiveEvent::Contact(contact) => return self.rows.contact(*contact),
            LiveEvent::Changed(change) => {
                self.rows.change(change);
                // Reports are too many for those who want to hear of everything.
                if change.seq.is_none() && change.reach == Reach::Page {
                    return;
                }
            }
            // Having no subscriber is not an error.
            _ => _ = self.notices.send(event.clone()),
        }
        let _ = self.events.send(event);
    }
}
