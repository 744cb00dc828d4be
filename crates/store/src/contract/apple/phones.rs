//! People with phones under Apple's MDM protocol.

use crate::{Issue, NewIdentity, Store, StoreError, contract::fixture::Fixture};
use domain::{
    Timestamp,
    apple::{
        AppleEnrollment, CertificateHash, Challenge, ChallengePurpose, EnrollmentState, Identity, IdentityChange,
        IdentityRenewal, PushState, RevokedBy, Sealed, SealedAddress,
    },
    device::{Ownership, Platform},
    journal::change::{Change, KeyedHash},
    types::ids::{AppleChallengeId, DeviceId, InvitationId},
};
use std::sync::Arc;
use uuid::Uuid;

/// People with one device each, and what belongs to phones.
pub(super) struct Phones {
    pub store: Arc<dyn Store>,
    pub invitations: Vec<InvitationId>,
    pub devices: Vec<DeviceId>,
    pub now: Timestamp,
}

impl Phones {
    pub async fn new(store: Arc<dyn Store>, count: u8) -> Self {
        let mut fixture = Fixture::new(store.clone());
        let (mut invitations, mut devices) = (Vec::new(), Vec::new());
        for n in 0..count {
            let person = fixture.person(&format!("p{n}@example.com")).await;
            invitations.push(fixture.invitation(person, false).await);
            devices.push(fixture.device(person, n + 1).await);
        }
        Self { store, invitations, devices, now: fixture.now }
    }

    /// A challenge of the first invitation.
    pub fn challenge(&self, n: u8) -> Challenge {
        Challenge {
            id: AppleChallengeId(Uuid::from_bytes([n; 16])),
            hash: KeyedHash([n; 32]),
            sealed: vec![n, 7],
            purpose: ChallengePurpose::Enroll(self.invitations[0]),
            ownership: Ownership::Company,
            platform: Platform::Ios,
            rights: 7487,
            made_at: self.now.plus_seconds(i64::from(n)),
            expires_at: self.now.plus_seconds(100),
            fetched_at: None,
            issued: 0,
            issued_at: None,
            spent_at: None,
        }
    }

    pub async fn saved(&self, n: u8) -> Challenge {
        let challenge = self.challenge(n);
        self.store.save_challenge(&challenge).await.unwrap();
        challenge
    }

    pub async fn issue(&self, challenge: &Challenge, n: u8, at: Timestamp) -> Issue {
        self.store.issue(new_identity(challenge, n, at)).await.unwrap()
    }

    /// A certificate of a challenge.
    pub async fn issued(&self, challenge: &Challenge, n: u8) -> CertificateHash {
        assert_eq!(self.issue(challenge, n, self.now).await, Issue::Issued);
        CertificateHash([n; 32])
    }

    pub async fn identity(&self, cert: CertificateHash) -> Identity {
        self.store.find_apple_identity(cert).await.unwrap().unwrap()
    }

    pub async fn revoked_by(&self, cert: CertificateHash) -> Option<RevokedBy> {
        self.identity(cert).await.revocation.map(|revocation| revocation.by)
    }

    /// An enrollment that is complete.
    pub fn enrollment(&self, device: usize) -> AppleEnrollment {
        let n = u8::try_from(device).unwrap() + 100;
        let sealed = |byte| Sealed(vec![n, byte]);
        AppleEnrollment {
            device_id: self.devices[device],
            udid_hash: KeyedHash([n; 32]),
            state: EnrollmentState::Enrolled,
            topic: "com.apple.mgmt.External.test".to_owned(),
            cert_hash: CertificateHash([n; 32]),
            push_due_at: None,
            udid: Some(sealed(1)),
            address: Some(SealedAddress { token: sealed(2), magic: sealed(3) }),
            unlock_token: Some(sealed(4)),
            rights: 1079,
            is_supervised: Some(true),
            authenticated_at: self.now,
            enrolled_at: Some(self.now.plus_seconds(1)),
            idle_at: Some(self.now.plus_seconds(2)),
            cert_not_after: self.now.plus_seconds(1000),
            push: PushState { at: Some(self.now), tries: 3 },
            misused_at: Some(self.now),
            renewal: Some(IdentityRenewal { requested_at: self.now, tries: 1 }),
            version: 0,
        }
    }

    pub async fn enroll(&self, enrollment: &AppleEnrollment) -> Result<(), StoreError> {
        let change = Change { apple_enrollments: vec![enrollment.clone()], ..Change::default() };
        self.store.commit(change).await.map(drop)
    }

    pub async fn change(&self, change: IdentityChange) -> Result<(), StoreError> {
        self.store.commit(Change { apple_identities: vec![change], ..Change::default() }).await.map(drop)
    }

    pub async fn bind(&self, cert: CertificateHash, device: usize, at: Timestamp) -> Result<(), StoreError> {
        self.change(IdentityChange::Bind { cert, device_id: self.devices[device], at }).await
    }

    pub async fn plan_push(&self, device: usize, at: Timestamp) {
        let change = Change { apple_pushes: vec![(self.devices[device], at)], ..Change::default() };
        self.store.commit(change).await.unwrap();
    }

    pub async fn stored(&self, device: usize) -> AppleEnrollment {
        self.store.find_apple_enrollment(self.devices[device]).await.unwrap().unwrap()
    }
}

pub(super) fn new_identity(challenge: &Challenge, n: u8, at: Timestamp) -> NewIdentity {
    NewIdentity {
        cert_hash: CertificateHash([n; 32]),
        challenge_id: challenge.id,
        cert: vec![0x30, n],
        public_key_hash: [n; 32],
        serial: vec![n; 16],
        not_after: at.plus_seconds(1000),
        issued_at: at,
    }
}
