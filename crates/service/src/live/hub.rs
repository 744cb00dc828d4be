//! The hub: publishes changes to subscribers and wakes workers and parked polls.

use super::{LiveEvent, wake::Polls};
use domain::journal::{EventKind, JournalEvent};
use tokio::sync::{Notify, broadcast};

/// Events that a subscriber may lag behind before it misses some.
const BACKLOG: usize = 4096;

/// Publishes changes within this process.
pub(crate) struct Hub {
    events: broadcast::Sender<LiveEvent>,
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
        let events = broadcast::channel(BACKLOG).0;
        let polls = Polls::default();
        Self {
            events,
            polls,
            mail: Notify::new(),
            reminders: Notify::new(),
            pushes: Notify::new(),
            invite_jobs: Notify::new(),
        }
    }

    pub(crate) fn subscribe(&self) -> broadcast::Receiver<LiveEvent> {
        self.events.subscribe()
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

    /// Sends subscribers an event that is not in the journal.
    pub(crate) fn send(&self, event: LiveEvent) {
        // Having no subscriber is not an error.
        let _ = self.events.send(event);
    }
}
