//! Who is told of which changes. Devices report all the time and nearly every report concerns nobody, and of what changes most
//! concerns a few: those are told who show it, and a change of what is on no page costs a look into a map, however many pages
//! are open. Of changes in lists all others get a hint now and then (`hints.rs`).

use super::{
    Contact, LiveChange, Reach,
    hints::{Hints, ListChanges, Pace},
    shown::{Place, SHOWN_MAX, Shown, ShownId},
    unheard::Unheard,
};
use domain::types::ids::SessionId;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::Notify,
    time::{Instant, sleep_until},
};

/// Parts of the index that are locked apart from each other.
const SHARDS: usize = 64;
/// After a subscriber heard something, what follows is gathered for this long: an enrollment is half a dozen changes of one
/// row within a second.
const GATHERING: Duration = Duration::from_millis(250);

type Shard = HashMap<ShownId, Vec<(Place, Arc<Viewer>)>>;

/// Who shows what.
pub(crate) struct RowWatches {
    index: [Mutex<Shard>; SHARDS],
    viewers: Mutex<HashMap<u64, Arc<Viewer>>>,
    /// How many viewers there are.
    count: AtomicUsize,
    next: AtomicU64,
    lists: ListChanges,
}

/// A subscriber, as it is found by what it shows.
struct Viewer {
    id: u64,
    session: SessionId,
    shown: Mutex<BTreeSet<(ShownId, Place)>>,
    /// Contacts since they were taken the last time: the latest of each row.
    contacts: Mutex<HashMap<ShownId, Contact>>,
    /// What it was told and has not heard yet.
    unheard: Mutex<Unheard>,
    news: Notify,
    /// Changes in lists that it was told.
    told_of_lists: AtomicU64,
}

/// What a subscriber hears of what it shows. It shows nothing at first.
pub struct RowWatch {
    watches: Arc<RowWatches>,
    viewer: Arc<Viewer>,
    hints: Hints,
    gathered_at: Instant,
}

/// What a subscriber hears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowNews {
    /// Changes of what it shows; those of the same thing are one.
    Changes(Vec<LiveChange>),
    /// Lists may have changed, in rows that it does not show; up to this entry of the journal nothing was kept from it.
    Lists(Option<i64>),
    /// It was too slow, and some changes were left out.
    Missed,
}

impl RowWatch {
    /// Names the subscriber, to say what it shows.
    pub fn id(&self) -> u64 {
        self.viewer.id
    }

    /// Waits for news. Nothing is lost if this is dropped.
    pub async fn next(&mut self) -> RowNews {
        let (viewer, watches) = (&self.viewer, &self.watches);
        let pace = || Pace { streams: watches.count(), number: viewer.id };
        tokio::select! {
            biased;
            () = viewer.has_news(self.gathered_at) => {
                self.gathered_at = Instant::now() + GATHERING;
                self.take().unwrap_or(RowNews::Changes(Vec::new()))
            }
            seq = self.hints.next(|| viewer.told_of_lists(), pace) => RowNews::Lists(seq),
        }
    }

    /// The news there are of what it shows, without waiting.
    pub fn take(&self) -> Option<RowNews> {
        std::mem::take(&mut *lock(&self.viewer.unheard)).into_news()
    }

    /// Whether lists may have changed, and a hint has yet to say so.
    pub fn owes_hint(&self) -> bool {
        self.hints.is_due(self.viewer.told_of_lists())
    }

    /// Everything until now is known to the subscriber, or will be fetched by it.
    pub fn forget(&mut self) {
        let _ = self.take();
        self.hints.forget(self.viewer.told_of_lists());
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

impl Viewer {
    /// Waits until there is something to hear, and then until `gathered_at`.
    async fn has_news(&self, gathered_at: Instant) {
        loop {
            if !lock(&self.unheard).is_empty() {
                return sleep_until(gathered_at).await;
            }
            self.news.notified().await;
        }
    }

    fn tell(&self, change: &LiveChange) {
        if change.reach == Reach::Lists {
            self.told_of_lists.fetch_add(1, Ordering::Relaxed);
        }
        lock(&self.unheard).add(change);
        self.news.notify_one();
    }

    fn told_of_lists(&self) -> u64 {
        self.told_of_lists.load(Ordering::Relaxed)
    }
}

impl RowWatches {
    /// Numbers subscribers from `first` on: those of several servers are not the same.
    pub(crate) fn new(first: u64) -> Arc<Self> {
        Arc::new(Self {
            index: std::array::from_fn(|_| Mutex::default()),
            viewers: Mutex::default(),
            count: AtomicUsize::new(0),
            next: AtomicU64::new(first),
            lists: ListChanges::default(),
        })
    }

    /// How many subscribers there are.
    pub(crate) fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    /// A subscriber of a session.
    pub(crate) fn enter(self: &Arc<Self>, session: SessionId) -> RowWatch {
        let viewer = Arc::new(Viewer {
            id: self.next.fetch_add(1, Ordering::Relaxed),
            session,
            shown: Mutex::default(),
            contacts: Mutex::default(),
            unheard: Mutex::default(),
            news: Notify::new(),
            told_of_lists: AtomicU64::new(0),
        });
        lock(&self.viewers).insert(viewer.id, Arc::clone(&viewer));
        self.count.fetch_add(1, Ordering::Relaxed);
        RowWatch { watches: Arc::clone(self), viewer, hints: self.lists.hints(), gathered_at: Instant::now() }
    }

    /// A subscriber shows this from now on; false when the session has no such subscriber.
    pub(crate) fn show(&self, id: u64, session: SessionId, shown: Shown) -> bool {
        self.show_instead_or_more(id, session, shown, false)
    }

    /// A subscriber shows this, too.
    pub(crate) fn show_more(&self, id: u64, session: SessionId, shown: Shown) -> bool {
        self.show_instead_or_more(id, session, shown, true)
    }

    fn show_instead_or_more(&self, id: u64, session: SessionId, shown: Shown, is_more: bool) -> bool {
        let viewer = lock(&self.viewers).get(&id).filter(|viewer| viewer.session == session).cloned();
        let Some(viewer) = viewer else { return false };
        let mut places: BTreeSet<_> = shown.places().collect();
        // Held until the index says the same: two calls at once come one after the other.
        let mut shown = lock(&viewer.shown);
        if is_more {
            places.extend(shown.iter().copied().take(SHOWN_MAX.saturating_sub(places.len())));
        }
        for place in shown.difference(&places) {
            self.remove(*place, &viewer);
        }
        for (id, place) in places.difference(&shown) {
            self.shard(*id).entry(*id).or_default().push((*place, Arc::clone(&viewer)));
        }
        *shown = places;
        drop(shown);
        // It may have left meanwhile.
        if !lock(&self.viewers).contains_key(&id) {
            self.forget_shown(&viewer);
        }
        true
    }

    /// Tells those who show the row of a contact.
    pub(crate) fn contact(&self, contact: Contact) {
        let id = contact.slot_id.into();
        for (_, viewer) in self.shard(id).get(&id).into_iter().flatten() {
            let mut contacts = lock(&viewer.contacts);
            let known = contacts.entry(id).or_insert(contact);
            *known = Contact { is_report: known.is_report || contact.is_report, ..contact };
        }
    }

    /// Tells those who show what changed, and owes all others a hint if it shows in lists.
    pub(crate) fn change(&self, change: &LiveChange) {
        // A report is about its device alone: other pages of the person show nothing of it.
        let is_of_row_alone = change.seq.is_none() && change.reach == Reach::Page;
        let person = (!is_of_row_alone).then(|| change.person_id.into());
        let invitation = change.invitation_id.filter(|_| !is_of_row_alone).map(ShownId::from);
        let mut viewers: BTreeMap<u64, Arc<Viewer>> = BTreeMap::new();
        for id in change.slot_id.map(ShownId::from).into_iter().chain(person).chain(invitation) {
            for (place, viewer) in self.shard(id).get(&id).into_iter().flatten() {
                let shows_it = change.reach == Reach::Lists || *place == Place::Page;
                if shows_it {
                    viewers.entry(viewer.id).or_insert_with(|| Arc::clone(viewer));
                }
            }
        }
        for viewer in viewers.values() {
            viewer.tell(change);
        }
        // Last: who was told has counted it by now.
        self.lists.note(change.seq, change.reach == Reach::Lists);
    }

    fn leave(&self, viewer: &Viewer) {
        lock(&self.viewers).remove(&viewer.id);
        self.count.fetch_sub(1, Ordering::Relaxed);
        self.forget_shown(viewer);
    }

    fn forget_shown(&self, viewer: &Viewer) {
        for place in std::mem::take(&mut *lock(&viewer.shown)) {
            self.remove(place, viewer);
        }
    }

    fn remove(&self, (id, place): (ShownId, Place), viewer: &Viewer) {
        let mut shard = self.shard(id);
        if let Some(viewers) = shard.get_mut(&id) {
            viewers.retain(|(other_place, other)| other.id != viewer.id || *other_place != place);
            if viewers.is_empty() {
                shard.remove(&id);
            }
        }
    }

    fn shard(&self, id: ShownId) -> MutexGuard<'_, Shard> {
        // The last byte of an id is random.
        let place = id.0.as_bytes().last().copied().unwrap_or_default();
        lock(&self.index[usize::from(place) % SHARDS])
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
