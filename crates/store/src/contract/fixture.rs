//! People, invitations and devices, written by the real decisions.

use crate::Store;
use domain::{
    Timestamp,
    actor::Actor,
    aggregate::PersonAggregate,
    decide::{Context, Enrollment, InviteOptions, add_person, change_person, enroll, invite},
    device::{DeviceInfo, Ownership, Platform},
    journal::change::{Change, KeyedHash, SealedCredentials},
    person::{Correction, OldCredentials},
    types::{
        ids::{DeviceId, IdGenerator, InvitationId, PersonId},
        text::Locale,
    },
};
use std::sync::Arc;
use uuid::Uuid;

/// Counted ids.
pub struct Counter(u128);

impl IdGenerator for Counter {
    fn new_uuid(&mut self) -> Uuid {
        self.0 += 1;
        Uuid::from_u128(self.0)
    }
}

/// Writes through the store under test.
pub struct Fixture {
    pub store: Arc<dyn Store>,
    pub ids: Counter,
    pub now: Timestamp,
}

impl Fixture {
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store, ids: Counter(0), now: Timestamp::from_millis(1_700_000_000_000) }
    }

    pub fn context(&self) -> Context {
        Context { now: self.now, actor: Actor::System }
    }

    pub fn new_person(&mut self, email: &str) -> (PersonId, Change) {
        let id = PersonId(self.ids.new_uuid());
        let name = format!("Person {email}").parse().unwrap();
        (id, add_person(id, name, email.parse().unwrap(), Locale::default(), &self.context()).1)
    }

    pub async fn person(&mut self, email: &str) -> PersonId {
        let (id, change) = self.new_person(email);
        self.store.commit(change).await.unwrap();
        id
    }

    pub async fn load(&self, person: PersonId) -> PersonAggregate {
        self.store.load_person(person).await.unwrap().unwrap()
    }

    /// The change that gives a person another name and email, and new credentials if any were mailed.
    pub(super) fn corrected(&mut self, aggregate: &PersonAggregate, name: &str, email: &str) -> Change {
        let correction = Correction {
            name: name.parse().unwrap(),
            email: email.parse().unwrap(),
            locale: aggregate.person.locale.clone(),
            old_credentials: OldCredentials::Replace,
        };
        let sealed = Self::sealed(self.ids.new_uuid().as_u128());
        let context = self.context();
        change_person(aggregate, &correction, sealed, &mut self.ids, &context)
    }

    /// Credentials that differ by `n`.
    pub(super) fn sealed(n: u128) -> SealedCredentials {
        let hash = KeyedHash(*blake3::hash(&n.to_le_bytes()).as_bytes());
        SealedCredentials { token: vec![1, 2, 3], pin: vec![4, 5], token_hash: hash, pin_hash: hash }
    }

    pub async fn new_invitation(&mut self, person: PersonId, send: bool) -> Change {
        let aggregate = self.load(person).await;
        let sealed = Self::sealed(self.ids.new_uuid().as_u128());
        let context = self.context();
        invite(&aggregate, InviteOptions { send, expires_at: None }, sealed, &mut self.ids, &context).unwrap()
    }

    pub async fn invitation(&mut self, person: PersonId, send: bool) -> InvitationId {
        let change = self.new_invitation(person, send).await;
        self.store.commit(change).await.unwrap();
        self.load(person).await.invitation.unwrap().id
    }

    pub async fn device(&mut self, person: PersonId, installation: u8) -> DeviceId {
        let aggregate = self.load(person).await;
        let enrollment = Enrollment {
            invitation_id: aggregate.invitation.as_ref().unwrap().id,
            known_device: None,
            installation: KeyedHash([installation; 32]),
            secret: KeyedHash([installation; 32]),
            platform: Platform::Android,
            ownership: Ownership::Personal,
            capabilities: None,
            agent_version: "1".to_owned(),
            info: DeviceInfo {
                manufacturer: "Acme".to_owned(),
                model: "Slate 7".to_owned(),
                os_version: "16".to_owned(),
                serial: Some("SN-42".to_owned()),
            },
        };
        let context = self.context();
        let (id, change) = enroll(&aggregate, &enrollment, &mut self.ids, &context).unwrap();
        self.store.commit(change).await.unwrap();
        id
    }
}
