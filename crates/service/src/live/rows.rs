//! What subscribers see of single rows. Devices report all the time, and nearly every report concerns nobody: only those are
//! told who show the row. A report of a device that is on no page costs a look into a map, however many pages are open.

use super::{Contact, LiveChange, LiveEvent};
use domain::types::ids::{SessionId, SlotId};
use std::{
    collections::{BTreeSet, HashMap},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};
use tokio::sync::mpsc;

/// Most rows that one subscriber shows; what is beyond is not watched.
pub const SHOWN_MAX: usize = 1000;
/// Changes that a subscriber may be behind; one that falls further behind has missed some.
const BACKLOG: usize = 256;
/// Parts of the index that are locked apart from each other.
const SHARDS: usize = 64;

type Shard = HashMap<SlotId, Vec<Arc<Viewer>>>;

/// Who shows which rows.
pub(crate) struct RowWatches {
    rows: [Mutex<Shard>; SHARDS],
    viewers: Mutex<HashMap<u64, Arc<Viewer>>>,
    next: AtomicU64,
}

/// A subscriber, as it is found by the rows that it shows.
struct Viewer {
    id: u64,
    session: SessionId,
    shown: Mutex<BTreeSet<SlotId>>,
    /// Contacts since they were taken the last time: the latest of each row.
    contacts: Mutex<HashMap<SlotId, Contact>>,
    changes: mpsc::Sender<LiveChange>,
    has_missed: AtomicBool,
}

/// What a subscriber hears of the rows that it shows. It shows none at first.
pub struct RowWatch {
    watches: Arc<RowWatches>,
    viewer: Arc<Viewer>,
    changes: mpsc::Receiver<LiveChange>,
}

impl RowWatch {
    /// Names the subscriber, to say what it shows.
    pub fn id(&self) -> u64 {
        self.viewer.id
    }

    /// The next change of a row that is shown, or that some were missed.
    pub async fn next(&mut self) -> LiveEvent {
        let change = self.changes.recv().await;
        if self.viewer.has_missed.swap(false, Ordering::Relaxed) {
            return LiveEvent::Missed;
        }
        change.map_or(LiveEvent::Missed, LiveEvent::Changed)
    }

    /// The contacts of rows that are shown, since the last call.
    pub fn take_contacts(&self) -> Vec<Contact> {
        std::mem::take(&mut *lock(&self.viewer.contacts)).into_values().collect()
    }
}

impl Drop for RowWatch {
    fn drop(&mut self) {
        self.watches.leave(&self.viewer);
    }
}

impl RowWatches {
    pub(crate) fn new() -> Arc<Self> {
        let rows = std::array::from_fn(|_| Mutex::default());
        Arc::new(Self { rows, viewers: Mutex::default(), next: AtomicU64::new(1) })
    }

    /// How many subscribers there are.
    pub(crate) fn count(&self) -> usize {
        lock(&self.viewers).len()
    }

    /// A subscriber of a session.
    pub(crate) fn enter(self: &Arc<Self>, session: SessionId) -> RowWatch {
        let (sender, changes) = mpsc::channel(BACKLOG);
        let viewer = Arc::new(Viewer {
            id: self.next.fetch_add(1, Ordering::Relaxed),
            session,
            shown: Mutex::default(),
            contacts: Mutex::default(),
            changes: sender,
            has_missed: AtomicBool::new(false),
        });
        lock(&self.viewers).insert(viewer.id, Arc::clone(&viewer));
        RowWatch { watches: Arc::clone(self), viewer, changes }
    }

    /// A subscriber shows these rows from now on; false when the session has no such subscriber.
    pub(crate) fn show(&self, id: u64, session: SessionId, rows: impl IntoIterator<Item = SlotId>) -> bool {
        let viewer = lock(&self.viewers).get(&id).filter(|viewer| viewer.session == session).cloned();
        let Some(viewer) = viewer else { return false };
        let rows: BTreeSet<SlotId> = rows.into_iter().take(SHOWN_MAX).collect();
        // Held until the index says the same: two calls at once come one after the other.
        let mut shown = lock(&viewer.shown);
        for row in shown.difference(&rows) {
            self.remove(*row, &viewer);
        }
        for row in rows.difference(&shown) {
            self.shard(*row).entry(*row).or_default().push(Arc::clone(&viewer));
        }
        *shown = rows;
        drop(shown);
        // It may have left meanwhile.
        if !lock(&self.viewers).contains_key(&id) {
            self.forget_rows(&viewer);
        }
        true
    }

    /// Tells those who show the row of a contact.
    pub(crate) fn contact(&self, contact: Contact) {
        for viewer in self.shard(contact.slot_id).get(&contact.slot_id).into_iter().flatten() {
            let mut contacts = lock(&viewer.contacts);
            let known = contacts.entry(contact.slot_id).or_insert(contact);
            *known = Contact { is_report: known.is_report || contact.is_report, ..contact };
        }
    }

    /// Tells those who show the row of a change.
    pub(crate) fn change(&self, row: SlotId, change: &LiveChange) {
        for viewer in self.shard(row).get(&row).into_iter().flatten() {
            if viewer.changes.try_send(change.clone()).is_err() {
                viewer.has_missed.store(true, Ordering::Relaxed);
            }
        }
    }

    fn leave(&self, viewer: &Viewer) {
        lock(&self.viewers).remove(&viewer.id);
        self.forget_rows(viewer);
    }

    fn forget_rows(&self, viewer: &Viewer) {
        for row in std::mem::take(&mut *lock(&viewer.shown)) {
            self.remove(row, viewer);
        }
    }

    fn remove(&self, row: SlotId, viewer: &Viewer) {
        let mut shard = self.shard(row);
        if let Some(viewers) = shard.get_mut(&row) {
            viewers.retain(|other| other.id != viewer.id);
            if viewers.is_empty() {
                shard.remove(&row);
            }
        }
    }

    fn shard(&self, row: SlotId) -> MutexGuard<'_, Shard> {
        // The last byte of an id is random.
        let place = row.0.as_bytes().last().copied().unwrap_or_default();
        lock(&self.rows[usize::from(place) % SHARDS])
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::Reach;
    use domain::{Timestamp, types::ids::PersonId};
    use futures::FutureExt as _;
    use uuid::Uuid;

    const ME: SessionId = SessionId(Uuid::from_u128(1));
    const ROW: SlotId = SlotId(Uuid::from_u128(10));
    const OTHER: SlotId = SlotId(Uuid::from_u128(11));

    fn contact(slot_id: SlotId, ms: i64, is_report: bool) -> Contact {
        Contact { slot_id, at: Timestamp::from_millis(ms), is_report }
    }

    fn change() -> LiveChange {
        LiveChange {
            seq: None,
            person_id: PersonId(Uuid::nil()),
            invitation_id: None,
            slot_id: Some(ROW),
            device_id: None,
            kind: "report".to_owned(),
            reach: Reach::Page,
        }
    }

    #[test]
    fn who_shows_a_row_hears_of_it_and_nobody_else() {
        let watches = RowWatches::new();
        let (mut one, mut two) = (watches.enter(ME), watches.enter(ME));
        assert!(watches.show(one.id(), ME, [ROW]));
        assert!(watches.show(two.id(), ME, [OTHER]));
        watches.contact(contact(ROW, 1, true));
        watches.contact(contact(ROW, 2, false));
        watches.change(ROW, &change());
        assert_eq!(one.take_contacts(), [contact(ROW, 2, true)], "the latest, and that there was a report");
        assert_eq!(one.take_contacts(), []);
        assert_eq!(one.next().now_or_never(), Some(LiveEvent::Changed(change())));
        assert_eq!(two.take_contacts(), []);
        assert_eq!(two.next().now_or_never(), None);
        // It shows something else now.
        assert!(watches.show(one.id(), ME, [OTHER]));
        watches.change(ROW, &change());
        assert_eq!(one.next().now_or_never(), None);
    }

    #[test]
    fn only_the_session_of_a_subscriber_says_what_it_shows() {
        let watches = RowWatches::new();
        let watch = watches.enter(ME);
        assert!(!watches.show(watch.id(), SessionId(Uuid::from_u128(2)), [ROW]));
        assert!(!watches.show(watch.id() + 1, ME, [ROW]));
        watches.contact(contact(ROW, 1, true));
        assert_eq!(watch.take_contacts(), []);
    }

    #[test]
    fn a_subscriber_that_left_takes_no_memory() {
        let watches = RowWatches::new();
        let watch = watches.enter(ME);
        let id = watch.id();
        watches.show(id, ME, [ROW, OTHER]);
        drop(watch);
        assert!(watches.rows.iter().all(|shard| lock(shard).is_empty()));
        assert!(lock(&watches.viewers).is_empty());
        assert!(!watches.show(id, ME, [ROW]));
    }

    #[test]
    fn a_subscriber_that_is_too_slow_learns_that_it_missed_something() {
        let watches = RowWatches::new();
        let mut watch = watches.enter(ME);
        watches.show(watch.id(), ME, [ROW]);
        for _ in 0..=BACKLOG {
            watches.change(ROW, &change());
        }
        assert_eq!(watch.next().now_or_never(), Some(LiveEvent::Missed));
        assert_eq!(watch.next().now_or_never(), Some(LiveEvent::Changed(change())), "and goes on");
    }

    #[test]
    fn no_more_rows_are_watched_than_a_page_can_show() {
        let watches = RowWatches::new();
        let watch = watches.enter(ME);
        watches.show(watch.id(), ME, (0..5000).map(|n| SlotId(Uuid::from_u128(n))));
        assert_eq!(watches.rows.iter().map(|shard| lock(shard).len()).sum::<usize>(), SHOWN_MAX);
    }
}
