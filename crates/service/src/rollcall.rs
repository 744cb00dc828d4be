//! The type that all use cases are methods of, and the only way they change anything: load, decide, commit, publish.

use crate::{
    ServiceError, ServiceResult,
    environment::{Clock, Environment, FreshIds},
    import::ImportPreviews,
    live::{Hub, LiveChange, LiveEvent},
    mail::MailRoute,
    security::{keys::Keys, limiter::Limiter, passwords::Passwords, pin_limits::PinLimits},
    settings::Settings,
};
use domain::{
    actor::Actor,
    aggregate::PersonAggregate,
    decide::{Context, Refusal},
    journal::{JournalEvent, change::Change},
    types::ids::{DeviceId, PersonId},
};
use std::{
    net::IpAddr,
    sync::{Arc, atomic::AtomicUsize},
};
use store::{Store, StoreError};
use tokio::sync::broadcast;

/// Attempts at one decision before giving up on version conflicts. The worst case is many devices of one person that
/// enroll at once.
const MAX_TRIES: u32 = 32;

/// A running Rollcall.
pub struct Rollcall {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) environment: Environment,
    pub(crate) keys: Keys,
    pub(crate) settings: Settings,
    pub(crate) hub: Hub,
    pub(crate) pin_limits: PinLimits,
    pub(crate) sign_in_limits: Limiter<(String, Option<IpAddr>)>,
    pub(crate) passwords: Passwords,
    pub(crate) import_previews: ImportPreviews,
    pub(crate) parked_polls: AtomicUsize,
}

impl Rollcall {
    /// Builds a Rollcall without its workers; [`Rollcall::spawn_workers`] starts them.
    pub fn new(store: Arc<dyn Store>, environment: Environment, keys: Keys, settings: Settings) -> Arc<Self> {
        Arc::new(Self {
            store,
            environment,
            keys,
            settings,
            hub: Hub::new(),
            pin_limits: PinLimits::new(),
            sign_in_limits: Limiter::new(),
            passwords: Passwords::new(),
            import_previews: ImportPreviews::new(),
            parked_polls: AtomicUsize::new(0),
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

    /// Whether the database answers.
    pub async fn ready(&self) -> ServiceResult<()> {
        Ok(self.store.ping().await?)
    }

    /// Subscribes to all changes from now on.
    pub fn live(&self) -> broadcast::Receiver<LiveEvent> {
        self.hub.subscribe()
    }

    /// Changes after journal entry `seq`, oldest first, at most `limit`.
    pub async fn live_since(&self, seq: i64, limit: u32) -> ServiceResult<Vec<LiveChange>> {
        Ok(self.store.journal_after(seq, limit).await?.iter().map(LiveChange::from).collect())
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
    pub(crate) async fn decide_person<T>(
        &self,
        actor: Actor,
        id: PersonId,
        decide: impl Fn(&PersonAggregate, &mut FreshIds, &Context) -> Result<(T, Change), Refusal> + Send + Sync,
    ) -> ServiceResult<T>
    where
        T: Send,
    {
        for _ in 0..MAX_TRIES {
            // Load a consistent state, with the version of each row.
            let aggregate = self.store.load_person(id).await?.ok_or(ServiceError::NotFound)?;
            // Decide without I/O. A refusal ends the loop: only conflicts are retried.
            let (value, change) = decide(&aggregate, &mut self.environment.ids()?, &self.context(actor.clone()))?;
            // Commit. On a conflict someone else wrote in between: decide again on what they wrote.
            if self.try_commit(change).await?.is_some() {
                return Ok(value);
            }
        }
        Err(ServiceError::Unavailable)
    }

    /// Like [`Rollcall::decide_person`], for the person of a device. A change without journal entries is a mere
    /// contact, and is published here.
    pub(crate) async fn decide_device<T>(
        &self,
        actor: Actor,
        id: DeviceId,
        decide: impl Fn(&PersonAggregate, &mut FreshIds, &Context) -> Result<(T, Change), Refusal> + Send + Sync,
    ) -> ServiceResult<T>
    where
        T: Send,
    {
        for _ in 0..MAX_TRIES {
            let aggregate = self.store.load_device(id).await?.ok_or(ServiceError::NotFound)?;
            let (value, change) = decide(&aggregate, &mut self.environment.ids()?, &self.context(actor.clone()))?;
            let contact = change.events.is_empty().then(|| contact_event(&aggregate, id)).flatten();
            if self.try_commit(change).await?.is_some() {
                // Publish only what was committed. The store publishes journal entries; contacts have none.
                if let Some(event) = contact {
                    self.hub.send(event);
                }
                return Ok(value);
            }
        }
        Err(ServiceError::Unavailable)
    }

    /// Commits a change; `None` on a version conflict.
    pub(crate) async fn try_commit(&self, change: Change) -> ServiceResult<Option<Vec<JournalEvent>>> {
        match self.store.commit(change).await {
            Ok(events) => Ok(Some(events)),
            Err(StoreError::Conflict) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// The event for a contact of a device. Contacts are too frequent for the journal.
fn contact_event(aggregate: &PersonAggregate, id: DeviceId) -> Option<LiveEvent> {
    let device = aggregate.device(id)?;
    Some(LiveEvent::Changed(LiveChange {
        seq: None,
        person_id: device.person_id,
        invitation_id: Some(device.invitation_id),
        slot_id: Some(device.slot_id),
        device_id: Some(id),
        kind: "contact".to_owned(),
    }))
}
