//! A phone that checks in, reports and leaves, against the store in memory.

use super::{AppleRows, rows::Issued};
use crate::{
    apple::{CertificateHash, ChallengePurpose, EnrollmentState, Identity, Sealed, SealedAddress},
    decide::{
        Refusal,
        apple::{
            KnownPhone, PhoneAddress, PhoneAnswer, PhoneArrival, PhoneFacts, PhoneReport, PhoneRequest, authenticate,
            check_out, record_phone_report, token_update,
        },
        tests::memory_store::MemoryStore,
    },
    device::{DeviceInfo, Ownership, Platform},
    journal::change::KeyedHash,
    protocol::{Inventory, StateReport},
    types::ids::{AppleChallengeId, DeviceId, IdGenerator as _, InvitationId, PersonId},
};

/// Company rights: the phone may be erased.
pub(super) const RIGHTS: u32 = 7487;

impl MemoryStore {
    /// Issues a certificate, as the certificate authority does.
    pub(super) fn issue(&mut self, purpose: ChallengePurpose) -> CertificateHash {
        let challenge = AppleChallengeId(self.ids.new_uuid());
        let mut hash = [0; 32];
        hash[..16].copy_from_slice(self.ids.new_uuid().as_bytes());
        let cert = CertificateHash(hash);
        let _ = purpose;
        self.apple.issued.insert(cert, Issued { challenge, device: None, revoked: None });
        cert
    }

    pub(super) fn identity(&self, cert: CertificateHash, purpose: ChallengePurpose) -> Identity {
        let issued: &Issued = &self.apple.issued[&cert];
        Identity {
            cert_hash: cert,
            challenge_id: issued.challenge,
            purpose,
            ownership: Ownership::Company,
            platform: Platform::Ios,
            rights: RIGHTS,
            device_id: issued.device,
            not_after: self.now.plus_seconds(2 * 365 * 24 * 3600),
            issued_at: self.now,
            first_seen_at: None,
            revocation: None,
        }
    }

    pub(super) fn arrive(
        &mut self,
        person: PersonId,
        invitation: InvitationId,
        udid: u8,
        cert: CertificateHash,
    ) -> Result<DeviceId, Refusal> {
        let arrival = PhoneArrival {
            invitation_id: invitation,
            identity: self.identity(cert, ChallengePurpose::Enroll(invitation)),
            udid_hash: KeyedHash([udid; 32]),
            udid: Sealed(vec![udid]),
            topic: "com.apple.mgmt.example".to_owned(),
            installation: KeyedHash([100 + udid; 32]),
            secret: KeyedHash([9; 32]),
            info: DeviceInfo {
                manufacturer: "Apple".to_owned(),
                model: "iPhone 15".to_owned(),
                os_version: "18.1".to_owned(),
                serial: Some(format!("PHONE{udid:05}")),
            },
        };
        let known = self.known_phone(person, arrival.installation);
        let (whole, context) = (self.aggregate(person), self.context());
        let (id, change) = authenticate(&whole, &arrival, &known, &mut self.ids, &context)?;
        self.apply(change);
        Ok(id)
    }

    fn known_phone(&self, person: PersonId, installation: KeyedHash) -> KnownPhone {
        let is_known = |id: &&DeviceId| {
            let device = &self.devices[id];
            self.installations[id] == installation && device.deleted_at.is_none() && device.person_id == person
        };
        let Some(&device) = self.installations.keys().find(is_known) else { return KnownPhone::default() };
        let enrollment = self.apple.enrollments.get(&device).cloned();
        KnownPhone { device: Some(device), enrollment, open: self.open_commands(device) }
    }

    pub(super) fn tell_address(&mut self, device: DeviceId, identity: Identity) -> Result<(), Refusal> {
        self.tell_address_and(device, identity, Some(Sealed(vec![3])))
    }

    /// Tells how the phone is reached, and what clears its passcode.
    pub(super) fn tell_address_and(
        &mut self,
        device: DeviceId,
        identity: Identity,
        unlock_token: Option<Sealed>,
    ) -> Result<(), Refusal> {
        let address = SealedAddress { token: Sealed(vec![1]), magic: Sealed(vec![2]) };
        let topic = "com.apple.mgmt.example".to_owned();
        let update = PhoneAddress { identity, topic, address: Some(address), unlock_token };
        let (aggregate, context, open) = (self.aggregate_of(device), self.context(), self.open_commands(device));
        let enrollment = self.apple.enrollments[&device].clone();
        let change = token_update(&aggregate, &enrollment, &update, &open, &mut self.ids, &context)?;
        self.apply(change);
        Ok(())
    }

    pub(super) fn report_of(
        &mut self,
        device: DeviceId,
        identity: &Identity,
        answer: PhoneAnswer,
        request: Option<PhoneRequest>,
    ) -> Result<Option<PhoneRequest>, Refusal> {
        let (aggregate, context, open) = (self.aggregate_of(device), self.context(), self.open_commands(device));
        let enrollment = self.apple.enrollments[&device].clone();
        let report = PhoneReport { identity, answer, request };
        let (next, change) = record_phone_report(&aggregate, &enrollment, &report, &open, None, &context)?;
        self.apply(change);
        Ok(next)
    }

    pub(super) fn leave(&mut self, device: DeviceId) {
        let (aggregate, context, open) = (self.aggregate_of(device), self.context(), self.open_commands(device));
        let change = check_out(&aggregate, device, &open, &context).unwrap();
        self.apply(change);
    }

    /// Whether the phone is under management, so that its calls are let in.
    pub(super) fn is_managed(&self, device: DeviceId) -> bool {
        self.apple.enrollments.get(&device).is_some_and(|row| row.state != EnrollmentState::Ended)
    }
}

impl AppleRows {
    /// The certificates that a device can sign with.
    pub(super) fn valid(&self, device: DeviceId) -> Vec<CertificateHash> {
        let of_device = self.issued.iter().filter(|(_, it)| it.device == Some(device) && it.revoked.is_none());
        of_device.map(|(cert, _)| *cert).collect()
    }
}

/// What a phone answers to anything.
pub(super) fn done() -> PhoneAnswer {
    PhoneAnswer::Done(Box::default())
}

/// The first half of its technical information.
pub(super) fn information(supervised: bool, lost: Option<bool>) -> PhoneAnswer {
    let groups = [("system".to_owned(), [("version".to_owned(), "18.1".into())].into())].into();
    let inventory = Inventory { schema_version: 1, collected_at: None, groups };
    PhoneAnswer::Done(Box::new(PhoneFacts {
        inventory: Some((inventory, "tag".to_owned())),
        state: Some(StateReport { lost_mode: lost, ..StateReport::default() }),
        is_supervised: Some(supervised),
        ..PhoneFacts::default()
    }))
}
