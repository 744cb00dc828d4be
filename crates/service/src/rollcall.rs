//! The type that all use cases are methods of, and the only way they change anything: load, decide, commit, publish.

use crate::{
    ServiceError, ServiceResult,
    environment::{Clock, Environment, FreshIds},
    heard::Heard,
    import::{PreviewCache, RunningImport},
    live::{Contact, Contacts, Hub, LiveChange, LiveEvent, PushNews, RowWatch, Shown, quiet_event},
    mail::{MailPause, MailRoute, Outbox},
    register::Register,
    security::{
        full_invitations::FullInvitations,
        keys::Keys,
        last_uses::UnwrittenUses,
        limiter::{Full, Limiter},
        passwords::Passwords,
        shared_limiter::SharedLimiter,
        trail::Trail,
    },
    servers::{LimitKind, News, Servers, Work},
    settings::Settings,
    shared_count::SharedCount,
    supervision::WorkerStates,
    turns::Turns,
    warned::Warned,
    work_stats::WorkStats,
};
use apple::authority::Authority;
use domain::{
    Timestamp,
    actor::Actor,
    aggregate::PersonAggregate,
    decide::{Context, Refusal},
    journal::{JournalEvent, change::Change},
    slot::attention::Cause,
    types::ids::{DeviceId, PersonId, ServerId, SessionId, SlotId},
};
use std::{future::Future, sync::Arc};
use store::{ServerCard, Store, StoreError};
use tokio::sync::{Mutex, OnceCell, Semaphore, broadcast};

/// Attempts at one decision before giving up on version conflicts. Within this process decisions about a person take
/// turns, so that conflicts are rare however many there are at once.
const MAX_TRIES: u32 = 32;

/// Ids of what a browser shows that fit into one piece of news.
const SHOWN_IN_NEWS: usize = 150;

/// Requests for certificates of phones that are answered at the same time: each takes a processor for some milliseconds.
const SCEP_AT_ONCE: usize = 4;

/// A running Rollcall.
pub struct Rollcall {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) environment: Environment,
    pub(crate) keys: Keys,
    pub(crate) settings: Settings,
    /// This server among those on the same database.
    pub(crate) servers: Arc<Servers>,
    pub(crate) hub: Hub,
    pub(crate) outbox: Outbox,
    pub(crate) pin_limits: SharedLimiter,
    pub(crate) sign_in_limits: SharedLimiter,
    pub(crate) scep_limits: SharedLimiter,
    pub(crate) passwords: Passwords,
    pub(crate) trail: Trail,
    pub(crate) preview_cache: PreviewCache,
    pub(crate) running_import: RunningImport,
    pub(crate) contacts: Contacts,
    pub(crate) heard: Mutex<Heard>,
    pub(crate) full_invitations: FullInvitations,
    /// Decisions about a person and all that belongs to them are made one after the other.
    people_turns: Turns<PersonId>,
    /// Decisions about one device alone, too. Where both turns are taken, that of the person comes first.
    pub(crate) device_turns: Turns<DeviceId>,
    /// What calls of devices are answered from.
    pub(crate) register: Register,
    /// How many rows need attention.
    pub(crate) attention: SharedCount<Vec<(Cause, u64)>>,
    pub(crate) unwritten_uses: UnwrittenUses,
    /// The certificate authority that names phones, once it was needed.
    pub(crate) apple_authority: OnceCell<Arc<Authority>>,
    /// Requests for certificates that are answered at the same time.
    pub(crate) scep_places: Arc<Semaphore>,
    /// What Apple said about the push certificate.
    pub(crate) push_news: PushNews,
    /// The warning about the push certificate that is being sent.
    pub(crate) push_warnings: Mutex<Warned>,
    pub(crate) worker_states: WorkerStates,
    pub(crate) work_stats: WorkStats,
}

impl Rollcall {
    /// Builds a Rollcall without its workers; [`Rollcall::spawn_workers`] starts them.
    pub fn new(store: Arc<dyn Store>, environment: Environment, keys: Keys, settings: Settings) -> Arc<Self> {
        let register = Register::new(settings.known_devices);
        let card = ServerCard {
            // Without random numbers nothing else works, either.
            id: ServerId(environment.id().unwrap_or_default()),
            place: settings.place.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let servers = Servers::new(card, store.is_shared());
        Arc::new(Self {
            environment,
            keys,
            settings,
            hub: hub(&servers),
            outbox: Outbox::default(),
            pin_limits: shared_limiter(LimitKind::Pin, &servers, &store),
            sign_in_limits: shared_limiter(LimitKind::SignIn, &servers, &store),
            scep_limits: shared_limiter(LimitKind::Scep, &servers, &store),
            servers,
            store,
            passwords: Passwords::default(),
            trail: Trail::new(),
            preview_cache: PreviewCache::new(),
            running_import: RunningImport::default(),
            contacts: Contacts::default(),
            heard: Mutex::default(),
            full_invitations: FullInvitations::new(),
            people_turns: Turns::new(),
            device_turns: Turns::new(),
            register,
            attention: SharedCount::new(),
            unwritten_uses: UnwrittenUses::default(),
            apple_authority: OnceCell::new(),
            scep_places: Arc::new(Semaphore::new(SCEP_AT_ONCE)),
            push_news: PushNews::default(),
            push_warnings: Mutex::default(),
            worker_states: WorkerStates::default(),
            work_stats: WorkStats::default(),
        })
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The clock.
    pub fn clock(&self) -> &dyn Clock {
        self.environment.clock()
    }

    /// Whether mails are written to files because no mail server is configured.
    pub fn writes_mails_to_files(&self) -> bool {
        matches!(self.settings.mail_route, MailRoute::Files(_))
    }

    /// Why the outbox waits, while it does: the mail server cannot be used, refuses everything, or asks for fewer mails.
    pub fn mail_pause(&self) -> Option<MailPause> {
        self.outbox.pause()
    }

    /// Sends everything in the outbox now, without waiting for the end of a pause.
    pub fn retry_mails(&self, actor: &Actor) {
        tracing::info!(?actor, "The outbox was asked not to wait");
        self.begin_anywhere(Work::MailsNow);
    }

    /// Subscribes to all changes from now on.
    pub fn live(&self) -> broadcast::Receiver<LiveEvent> {
        self.hub.subscribe()
    }

    /// Subscribes to what concerns every browser. Of changes each hears by what it shows: [`Rollcall::watch_rows`].
    pub fn notices(&self) -> broadcast::Receiver<LiveEvent> {
        self.hub.notices()
    }

    /// What a browser hears of what it shows. It shows nothing at first.
    pub fn watch_rows(&self, session: SessionId) -> RowWatch {
        self.hub.rows.enter(session)
    }

    /// What a browser shows from now on; false when its session has no such watch. Its stream may come from another server,
    /// which is told then, and nobody knows whether it has it.
    pub fn show_rows(&self, watch: u64, session: SessionId, shown: Shown) -> bool {
        if self.hub.rows.show(watch, session, shown.clone()) {
            return true;
        }
        for (number, shown) in shown.parts(SHOWN_IN_NEWS).into_iter().enumerate() {
            self.servers.tell(News::Shown { watch, session, shown, is_more: number > 0 });
        }
        self.servers.has_others()
    }

    /// Changes after journal entry `seq`, oldest first, at most `limit`.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] when some of them may not be kept any more.
    pub async fn live_since(&self, seq: i64, limit: u32) -> ServiceResult<Vec<LiveChange>> {
        let entries = self.store.journal_after(seq, limit).await?;
        // Asked afterwards: what is deleted meanwhile was read.
        if self.store.journal_start().await? > seq.saturating_add(1) {
            return Err(ServiceError::NotFound);
        }
        Ok(entries.iter().map(LiveChange::from).collect())
    }

    /// Sequence number of the latest journal entry.
    pub async fn journal_head(&self) -> ServiceResult<i64> {
        Ok(self.store.journal_head().await?)
    }

    pub(crate) fn context(&self, actor: Actor) -> Context {
        Context { now: self.environment.now(), actor }
    }

    /// Runs a decision about a person and all that belongs to them. `decide` may run several times, so it must be pure.
    ///
    /// The store publishes the journal entries of a commit to its subscribers; nothing is published here.
    pub(crate) async fn decide_person<T: Send>(
        &self,
        actor: Actor,
        id: PersonId,
        decide: impl Fn(&PersonAggregate, &mut FreshIds, &Context) -> Result<(T, Change), Refusal> + Send + Sync,
    ) -> ServiceResult<T> {
        let nothing = || async { Ok(()) };
        self.decide_person_on(actor, id, nothing, |aggregate, (), ids, context| decide(aggregate, ids, context)).await
    }

    /// Like [`Rollcall::decide_person`], for a decision that rests on more than the aggregate. `read` loads it, again
    /// before each attempt: what was read before a conflict may be out of date.
    pub(crate) async fn decide_person_on<R: Send, T: Send, F>(
        &self,
        actor: Actor,
        id: PersonId,
        read: impl Fn() -> F + Send + Sync,
        decide: impl Fn(&PersonAggregate, R, &mut FreshIds, &Context) -> Result<(T, Change), Refusal> + Send + Sync,
    ) -> ServiceResult<T>
    where
        F: Future<Output = ServiceResult<R>> + Send,
    {
        let _turn = self.people_turns.take(id).await;
        for _ in 0..MAX_TRIES {
            // Load a consistent state, with the version of each row. What else is read comes later: a change in between
            // is noticed by these versions.
            let aggregate = self.with_contacts(self.store.load_person(id).await?.ok_or(ServiceError::NotFound)?);
            let known = read().await?;
            // Decide without I/O. A refusal ends the loop: only conflicts are retried.
            let (value, change) =
                decide(&aggregate, known, &mut self.environment.ids()?, &self.context(actor.clone()))?;
            // Commit. On a conflict someone else wrote in between: decide again on what they wrote.
            if self.try_commit(change).await?.is_some() {
                return Ok(value);
            }
        }
        Err(ServiceError::Unavailable)
    }

    /// Like [`Rollcall::decide_person`], for a decision about one device alone. A change without journal entries is
    /// published here.
    pub(crate) async fn decide_device<T: Send>(
        &self,
        actor: Actor,
        id: DeviceId,
        decide: impl Fn(&PersonAggregate, &mut FreshIds, &Context) -> Result<(T, Change), Refusal> + Send + Sync,
    ) -> ServiceResult<T> {
        let nothing = || async { Ok(()) };
        self.decide_device_on(actor, id, nothing, |aggregate, (), ids, context| decide(aggregate, ids, context)).await
    }

    /// Like [`Rollcall::decide_device`], for a decision that rests on more than the aggregate; see
    /// [`Rollcall::decide_person_on`].
    pub(crate) async fn decide_device_on<R: Send, T: Send, F>(
        &self,
        actor: Actor,
        id: DeviceId,
        read: impl Fn() -> F + Send + Sync,
        decide: impl Fn(&PersonAggregate, R, &mut FreshIds, &Context) -> Result<(T, Change), Refusal> + Send + Sync,
    ) -> ServiceResult<T>
    where
        F: Future<Output = ServiceResult<R>> + Send,
    {
        // Devices of one person do not wait for each other, nor for decisions about the person.
        let mut own_turn = Some(self.device_turns.take(id).await);
        let mut persons_turn = None;
        for _ in 0..MAX_TRIES {
            let aggregate = self.with_contacts(self.store.load_device(id).await?.ok_or(ServiceError::NotFound)?);
            let known = read().await?;
            let (value, mut change) =
                decide(&aggregate, known, &mut self.environment.ids()?, &self.context(actor.clone()))?;
            let quiet = self.quiet_event(&aggregate, id, &change).await;
            // Contacts are kept in memory, and written together later.
            let contacts = std::mem::take(&mut change.contacts);
            if self.try_commit(change).await?.is_some() {
                for (device, at) in contacts {
                    self.contacts.note(device, at);
                }
                // Publish only what was committed. The store publishes journal entries; this has none.
                if let Some(event) = quiet {
                    self.hub.send(event);
                }
                return Ok(value);
            }
            // A decision about the person touched the device. From now on this one waits for those, too.
            if persons_turn.is_none() {
                own_turn.take();
                persons_turn = Some(self.people_turns.take(aggregate.person.id).await);
                own_turn = Some(self.device_turns.take(id).await);
            }
        }
        Err(ServiceError::Unavailable)
    }

    /// Publishes a contact of a device that changed nothing else.
    pub(crate) fn publish_contact(&self, slot_id: SlotId, at: Timestamp) {
        self.hub.send(LiveEvent::Contact(Contact { slot_id, at, is_report: false }));
    }

    /// The event for a device's change without journal entries: reports and contacts are too frequent for the journal.
    async fn quiet_event(&self, before: &PersonAggregate, id: DeviceId, change: &Change) -> Option<LiveEvent> {
        // A change that leaves the device as it was is no contact.
        if !change.events.is_empty() || change.contacts.is_empty() {
            return None;
        }
        // Without the stored report, this one counts as news: that costs one request too many and hides nothing.
        let known = if change.reports.is_empty() { None } else { self.store.find_report(id).await.ok().flatten() };
        quiet_event(before, id, change, known.as_ref())
    }

    /// Commits a change; `None` on a version conflict, which is all that is worth another attempt: a store that fails does not
    /// get better by being asked 32 times.
    pub(crate) async fn try_commit(&self, change: Change) -> ServiceResult<Option<Vec<JournalEvent>>> {
        let touched = change.touched_devices();
        // Of what is in the journal other servers hear by themselves.
        let is_quiet = change.events.is_empty();
        let changes_rows = !change.slots.is_empty() || !change.closed_slots.is_empty();
        let committed = self.store.commit(change).await;
        // Whatever came of it: a commit that seemed to fail may have been written.
        for device in touched {
            self.register.forget(device);
            if is_quiet {
                self.servers.tell(News::Device(device));
            }
        }
        if changes_rows {
            self.attention.changed();
            if is_quiet {
                self.servers.tell(News::Rows);
            }
        }
        match committed {
            Ok(events) => Ok(Some(events)),
            Err(StoreError::Conflict) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// A limiter whose wrong attempts other servers count, too: in the database, and before they ask it.
fn shared_limiter(kind: LimitKind, servers: &Arc<Servers>, store: &Arc<dyn Store>) -> SharedLimiter {
    let servers = Arc::clone(servers);
    let here = Limiter::telling(move |Full { key, limit, since }| {
        servers.tell(News::Wrong { kind, key, failures: limit.failures, window_s: limit.window_s, since });
    });
    SharedLimiter::new(here, Arc::clone(store))
}

/// A hub whose news other servers hear, too.
fn hub(servers: &Arc<Servers>) -> Hub {
    let first = servers.id().0.as_u64_pair().1 >> 1;
    let servers = Arc::clone(servers);
    Hub::new(first, move |event| servers.tell_live(event))
}
