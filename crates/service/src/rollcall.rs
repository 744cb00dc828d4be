//! The facade that all use cases hang on, and the one way in which they change anything.

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

/// How often a decision is made again when someone else was faster. Enrollments of one person at once are the worst case.
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
    /// Puts a Rollcall together. Workers are started with [`Rollcall::spawn_workers`].
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

    /// True when mails are written to files because no mail server is configured.
    pub fn mails_go_to_files(&self) -> bool {
        matches!(self.settings.mail_route, MailRoute::Files(_))
    }

    /// Whether the database answers.
    pub async fn ready(&self) -> ServiceResult<()> {
        Ok(self.store.ping().await?)
    }

    /// Everything that changes from now on.
    pub fn live(&self) -> broadcast::Receiver<LiveEvent> {
        self.hub.subscribe()
    }

    /// What changed after a place in the journal, in order, at most `limit` entries.
    pub async fn live_since(&self, seq: i64, limit: u32) -> ServiceResult<Vec<LiveChange>> {
        Ok(self.store.journal_after(seq, limit).await?.iter().map(LiveChange::from).collect())
    }

    /// The journal's latest place.
    pub async fn journal_head(&self) -> ServiceResult<i64> {
        Ok(self.store.journal_head().await?)
    }

    pub(crate) fn context(&self, actor: Actor) -> Context {
        Context { now: self.environment.now(), actor }
    }

    /// Decides about a person: load, decide, commit; again when someone else was faster.
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
            let aggregate = self.store.load_person(id).await?.ok_or(ServiceError::NotFound)?;
            let (value, change) = decide(&aggregate, &mut self.environment.ids()?, &self.context(actor.clone()))?;
            if self.try_commit(change).await?.is_some() {
                return Ok(value);
            }
        }
        Err(ServiceError::Unavailable)
    }

    /// Decides about one device; `load` also fetches what the decision needs besides.
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
                if let Some(event) = contact {
                    self.hub.send(event);
                }
                return Ok(value);
            }
        }
        Err(ServiceError::Unavailable)
    }

    /// Commits a change; `None` when someone else was faster.
    pub(crate) async fn try_commit(&self, change: Change) -> ServiceResult<Option<Vec<JournalEvent>>> {
        match self.store.commit(change).await {
            Ok(events) => Ok(Some(events)),
            Err(StoreError::Conflict) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// Tells watchers that a device was in contact, which is too frequent to be journalled.
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
