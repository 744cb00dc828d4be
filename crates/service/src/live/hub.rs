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
    /// Wakes the worker that imports people.
    pub(crate) imports: Notify,
    /// Tells other servers, whose subscribers hear of what happens here.
    tell: Box<dyn Fn(&LiveEvent) + Send + Sync>,
}

impl Hub {
    /// A hub that tells other servers by `tell`, and numbers its subscribers from `first` on.
    pub(crate) fn new(first: u64, tell: impl Fn(&LiveEvent) + Send + Sync + 'static) -> Self {
        Self {
            events: broadcast::channel(BACKLOG).0,
            notices: broadcast::channel(BACKLOG).0,
            polls: Polls::default(),
            rows: RowWatches::new(first),
            mail: Notify::new(),
            reminders: Notify::new(),
            pushes: Notify::new(),
            invite_jobs: Notify::new(),
            imports: Notify::new(),
            tell: Box::new(tell),
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
        self.send_here(LiveEvent::Changed(entry.into()));
    }

    /// Sends an event that is not in the journal to the subscribers of all servers.
    pub(crate) fn send(&self, event: LiveEvent) {
        if concerns_others(&event) {
            (self.tell)(&event);
        }
        self.send_here(event);
    }

    /// Sends an event to the subscribers of this server: a change to those who show what changed, anything else to everybody.
    /// Every server hears of the journal by itself.
    pub(crate) fn send_here(&self, event: LiveEvent) {
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

/// Whether an event is worth telling other servers. Polls are too many: where they are not told of, a contact shows once it is
/// written. And each server has
/// its own connection to the mail server, and knows itself what it missed.
const fn concerns_others(event: &LiveEvent) -> bool {
    match event {
        LiveEvent::Contact(contact) => contact.is_report,
        LiveEvent::OutboxChanged | LiveEvent::Missed => false,
        _ => true,
    }
}
