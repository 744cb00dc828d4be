//! Check-in: a phone arrives, says how it is reached, and leaves.

use super::caller::{PhoneRefusal, sealed};
use crate::{Rollcall, ServiceError, ServiceResult};
use apple::checkin::{Authenticate, CheckIn, CheckOut, TokenUpdate};
use domain::{
    actor::Actor,
    apple::{ChallengePurpose, Identity, SealedAddress},
    decide::{
        self, Refusal,
        apple::{KnownPhone, PhoneAddress, PhoneArrival},
    },
    device::DeviceInfo,
    invitation::Invitation,
    journal::change::{Change, KeyedHash},
    types::ids::{DeviceId, InvitationId, PersonId},
};

/// The installation id of a phone is made from its UDID.
const INSTALLATION: &str = "apple installation";

impl Rollcall {
    pub(super) async fn apple_check_in(&self, identity: &Identity, body: &[u8]) -> Result<(), PhoneRefusal> {
        match CheckIn::read(body).map_err(|error| PhoneRefusal::Unreadable(error.to_string()))? {
            CheckIn::Authenticate(message) => self.apple_authenticate(identity, &message).await,
            CheckIn::TokenUpdate(message) => self.apple_token_update(identity, &message).await,
            CheckIn::CheckOut(message) => self.apple_check_out(identity, &message).await,
            CheckIn::Other { .. } => Err(PhoneRefusal::UnknownKind),
        }
    }

    async fn apple_authenticate(&self, identity: &Identity, message: &Authenticate) -> Result<(), PhoneRefusal> {
        self.check_topic(&message.topic).await?;
        match identity.purpose {
            ChallengePurpose::Enroll(invitation) => self.apple_arrive(identity, invitation, message).await,
            ChallengePurpose::Renew(device) => {
                let enrolled = move || async move {
                    let enrollment = self.enrollment_of(device, identity, &message.udid).await;
                    Ok((enrollment, self.store.open_commands(device).await?))
                };
                self.decide_device_on(Actor::Device, device, enrolled, |aggregate, (enrollment, open), _, context| {
                    let Ok(enrollment) = enrollment else { return Ok((enrollment.map(drop), Change::default())) };
                    let change =
                        decide::apple::record_renewed_identity(aggregate, &enrollment, identity, &open, context)?;
                    Ok((Ok(()), change))
                })
                .await?
            }
        }
    }

    /// A phone wants to be managed.
    async fn apple_arrive(
        &self,
        identity: &Identity,
        invitation: InvitationId,
        message: &Authenticate,
    ) -> Result<(), PhoneRefusal> {
        let invitation = self.store.find_invitation(invitation).await?.ok_or(PhoneRefusal::NotEnrolled)?;
        if let Some(reason) = invitation.refusal(self.environment.now()) {
            return Err(Refusal::InvitationInactive(reason).into());
        }
        // A certificate that one phone has used enrolls no other.
        if let Some(device) = identity.device_id
            && let Some(enrollment) = self.store.find_apple_enrollment(device).await?
        {
            self.check_phone(&enrollment, identity, &message.udid)?;
        }
        let udid_hash = self.udid_hash(&message.udid);
        let arrival = PhoneArrival {
            invitation_id: invitation.id,
            identity: identity.clone(),
            udid_hash,
            udid: self.seal_of_phone(sealed::UDID, udid_hash, message.udid.as_str().as_bytes())?,
            topic: message.topic.clone(),
            installation: self.keys.hash(INSTALLATION, message.udid.as_str()),
            // Nobody knows the secret: a phone has no agent.
            secret: self.new_device_secret()?.1,
            info: info(message),
        };
        self.check_pace(&invitation, arrival.installation).await?;
        self.leave_elsewhere(&arrival, &invitation).await?;
        let device = self.enroll_phone(invitation.person_id, &arrival).await?;
        self.compare_hardware_quietly(device).await;
        Ok(())
    }

    async fn enroll_phone(&self, person: PersonId, arrival: &PhoneArrival) -> ServiceResult<DeviceId> {
        let installation = arrival.installation;
        let known = move || async move {
            let Some(device) = self.store.find_device(person, installation).await? else {
                return Ok(KnownPhone::default());
            };
            let (enrollment, open) =
                (self.store.find_apple_enrollment(device).await?, self.store.open_commands(device).await?);
            Ok(KnownPhone { device: Some(device), enrollment, open })
        };
        let per_hour = self.settings.enrollments_per_hour;
        let decided = self.decide_person_on(Actor::Device, person, known, |aggregate, known, ids, context| {
            let enrollment = arrival.enrollment(known.device);
            if let Some((until, told)) = decide::turn_away(aggregate, &enrollment, per_hour, context) {
                return Ok((Err(until), told));
            }
            let (id, change) = decide::apple::authenticate(aggregate, arrival, &known, ids, context)?;
            Ok((Ok(id), change))
        });
        decided.await?.map_err(|until| self.turned_away(arrival.invitation_id, until))
    }

    /// A phone is one device at a time: when it is enrolled for another person, it is that device no longer.
    async fn leave_elsewhere(&self, arrival: &PhoneArrival, invitation: &Invitation) -> ServiceResult<()> {
        let Some(device) = self.store.find_apple_device(arrival.udid_hash).await? else { return Ok(()) };
        let Some(aggregate) = self.store.load_device(device).await? else { return Ok(()) };
        if aggregate.person.id == invitation.person_id {
            return Ok(());
        }
        let others = match aggregate.device(device) {
            Some(known) => self.with_same_hardware(known).await?,
            None => Vec::new(),
        };
        let open = move || async move { Ok(self.store.open_commands(device).await?) };
        let decided = self.decide_device_on(Actor::Device, device, open, |aggregate, open, _, context| {
            Ok(((), decide::apple::enrolled_elsewhere(aggregate, device, &open, context)?))
        });
        match decided.await {
            // Deleted meanwhile.
            Ok(()) | Err(ServiceError::NotFound) => {}
            Err(error) => return Err(error),
        }
        self.settle_all(others).await;
        Ok(())
    }

    async fn apple_token_update(&self, identity: &Identity, message: &TokenUpdate) -> Result<(), PhoneRefusal> {
        self.check_topic(&message.topic).await?;
        let device = self.device_of(identity, message).await?;
        let known = move || async move {
            let enrollment = self.enrollment_of(device, identity, &message.udid).await;
            Ok((enrollment, self.store.open_commands(device).await?))
        };
        let phone = self.udid_hash(&message.udid);
        let unlock_token = message.unlock_token.as_ref();
        let unlock_token =
            unlock_token.map(|token| self.seal_of_phone(sealed::UNLOCK, phone, token.expose())).transpose()?;
        let address = SealedAddress {
            token: self.seal_of_phone(sealed::TOKEN, phone, message.token.expose())?,
            magic: self.seal_of_phone(sealed::MAGIC, phone, message.magic.expose().as_bytes())?,
        };
        let topic = message.topic.clone();
        let update = PhoneAddress { identity: identity.clone(), topic, address: Some(address), unlock_token };
        let decided =
            self.decide_device_on(Actor::Device, device, known, |aggregate, (enrollment, open), ids, context| {
                let Ok(enrollment) = enrollment else { return Ok((enrollment.map(drop), Change::default())) };
                // What is stored already is not sealed anew: the row stays as it is.
                let is_known =
                    enrollment.address.as_ref().is_some_and(|known| self.is_same_address(phone, known, message));
                let address = update.address.clone().filter(|_| !is_known);
                let update = PhoneAddress { address, ..update.clone() };
                Ok((Ok(()), decide::apple::token_update(aggregate, &enrollment, &update, &open, ids, context)?))
            });
        decided.await?
    }

    /// The device that a phone is: the one that uses its certificate, or for which it was renewed. When the person installed
    /// the profile again the certificate is new, and the phone is the device that it was before.
    async fn device_of(&self, identity: &Identity, message: &TokenUpdate) -> Result<DeviceId, PhoneRefusal> {
        match (identity.device_id, identity.purpose) {
            (Some(device), _) | (None, ChallengePurpose::Renew(device)) => Ok(device),
            (None, ChallengePurpose::Enroll(invitation)) => {
                let device = self.store.find_apple_device(self.udid_hash(&message.udid)).await?;
                let device = device.ok_or(PhoneRefusal::NotEnrolled)?;
                let invitation = self.store.find_invitation(invitation).await?.ok_or(PhoneRefusal::NotEnrolled)?;
                let aggregate = self.store.load_device(device).await?.ok_or(PhoneRefusal::NotEnrolled)?;
                let is_persons = aggregate.person.id == invitation.person_id;
                if is_persons { Ok(device) } else { Err(PhoneRefusal::OtherPhone) }
            }
        }
    }

    fn is_same_address(&self, phone: KeyedHash, known: &SealedAddress, message: &TokenUpdate) -> bool {
        let is =
            |what, sealed, value: &[u8]| self.unseal_of_phone(what, phone, sealed).is_ok_and(|known| known == value);
        is(sealed::TOKEN, &known.token, message.token.expose())
            && is(sealed::MAGIC, &known.magic, message.magic.expose().as_bytes())
    }

    async fn apple_check_out(&self, identity: &Identity, message: &CheckOut) -> Result<(), PhoneRefusal> {
        let device = identity.device_id.ok_or(PhoneRefusal::NotEnrolled)?;
        self.enrollment_of(device, identity, &message.udid).await?;
        let others = self.with_same_hardware(&self.known_device(device).await?).await?;
        let open = move || async move { Ok(self.store.open_commands(device).await?) };
        self.decide_device_on(Actor::Device, device, open, |aggregate, open, _, context| {
            Ok(((), decide::apple::check_out(aggregate, device, &open, context)?))
        })
        .await?;
        self.settle_all(others).await;
        Ok(())
    }
}

fn info(message: &Authenticate) -> DeviceInfo {
    let product = [&message.product_name, &message.model_name, &message.model].into_iter().flatten().next();
    DeviceInfo {
        manufacturer: "Apple".to_owned(),
        model: product.map(|name| super::facts::model_name(name)).unwrap_or_default(),
        os_version: message.os_version.clone().unwrap_or_default(),
        serial: message.serial_number.clone(),
    }
}
