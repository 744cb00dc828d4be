//! Enrolling a device by token, or by email and PIN.

use crate::{Rollcall, ServiceError, ServiceResult, invalid::InvalidField};
use domain::{
    Timestamp,
    actor::Actor,
    decide::{self, Enrollment, Refusal},
    device::required_permissions,
    invitation::Invitation,
    journal::change::KeyedHash,
    protocol::{EnrollReply, EnrollRequest, HEARTBEAT_S, INVENTORY_SCHEMA, POLL_WAIT_S, PollSettings},
    types::ids::{DeviceId, InvitationId, PersonId},
};
use std::net::IpAddr;

const SECRET: &str = "device secret";
const INSTALLATION: &str = "installation id";

impl Rollcall {
    /// Enrolls a device. Idempotent by installation id: an agent that lost the response repeats the request, and gets
    /// the same device with a new secret.
    ///
    /// # Errors
    /// The platform enrolls by Apple's protocol, the credential is wrong, its invitation is not active or enrolled too many devices within the hour, or there were too
    /// many wrong attempts.
    pub async fn enroll(&self, request: EnrollRequest, address: IpAddr) -> ServiceResult<EnrollReply> {
        // Whatever calls itself an iPhone here is none: those have no agent.
        if request.platform.is_apple() {
            return Err(InvalidField::AgentPlatform.into());
        }
        let invitation = self.check_credential(&request.credential, address).await?;
        if let Some(reason) = invitation.refusal(self.environment.now()) {
            return Err(Refusal::InvitationInactive(reason).into());
        }
        // One secret for all attempts: the reply returns the one that was stored.
        let (secret, secret_hash) = self.new_device_secret()?;
        let installation = self.keys.hash(INSTALLATION, &request.installation_id.to_string());
        let enrollment = Enrollment {
            invitation_id: invitation.id,
            known_device: None,
            installation,
            secret: secret_hash,
            platform: request.platform,
            ownership: request.ownership,
            capabilities: request.capabilities.clone(),
            agent_version: request.agent_version.clone(),
            info: request.device.clone(),
        };
        self.check_pace(&invitation, installation).await?;
        match self.enroll_by(invitation.person_id, &enrollment).await {
            Ok(id) => {
                self.compare_hardware_quietly(id).await;
                Ok(self.enroll_reply(id, secret, &request))
            }
            Err(ServiceError::Refused(Refusal::NoActiveInvitation)) => Err(self.why_inactive(invitation.id).await),
            Err(error) => Err(error),
        }
    }

    async fn enroll_by(&self, person: PersonId, enrollment: &Enrollment) -> ServiceResult<DeviceId> {
        let (store, installation) = (&self.store, enrollment.installation);
        // The same request sent twice at once: the second finds the device of the first.
        let known_device = move || async move { Ok(store.find_device(person, installation).await?) };
        let per_hour = self.settings.enrollments_per_hour;
        let decided =
            self.decide_person_on(Actor::Device, person, known_device, |aggregate, known_device, ids, context| {
                let enrollment = Enrollment { known_device, ..enrollment.clone() };
                if let Some((until, told)) = decide::turn_away(aggregate, &enrollment, per_hour, context) {
                    return Ok((Err(until), told));
                }
                let (id, change) = decide::enroll(aggregate, &enrollment, ids, context)?;
                Ok((Ok(id), change))
            });
        decided.await?.map_err(|until| self.turned_away(enrollment.invitation_id, until))
    }

    /// Remembers until when an invitation turns devices away.
    pub(crate) fn turned_away(&self, invitation: InvitationId, until: Timestamp) -> ServiceError {
        let now = self.environment.now();
        self.full_invitations.remember(invitation, until, now);
        too_many(until, now)
    }

    /// Turns a new device away without deciding again, when the invitation was full a moment ago.
    pub(crate) async fn check_pace(&self, invitation: &Invitation, installation: KeyedHash) -> ServiceResult<()> {
        let now = self.environment.now();
        let until = self.full_invitations.until(invitation.id, now).filter(|_| invitation.pace_lifted_at.is_none());
        match until {
            Some(until) if self.store.find_device(invitation.person_id, installation).await?.is_none() => {
                Err(too_many(until, now))
            }
            _ => Ok(()),
        }
    }

    /// Why an invitation that passed the credential check is no longer the person's active one.
    async fn why_inactive(&self, id: InvitationId) -> ServiceError {
        match self.store.find_invitation(id).await {
            Ok(Some(invitation)) => match invitation.refusal(self.environment.now()) {
                Some(reason) => Refusal::InvitationInactive(reason).into(),
                None => ServiceError::Unavailable,
            },
            Ok(None) => ServiceError::NotFound,
            Err(error) => error.into(),
        }
    }

    fn enroll_reply(&self, device_id: DeviceId, device_secret: String, request: &EnrollRequest) -> EnrollReply {
        let required = required_permissions(request.platform, request.capabilities.as_ref());
        EnrollReply {
            device_id,
            device_secret,
            poll: PollSettings { wait_s: POLL_WAIT_S, heartbeat_s: HEARTBEAT_S },
            required_permissions: required.into_iter().map(str::to_owned).collect(),
            inventory_schema: INVENTORY_SCHEMA,
            support: self.settings.helpdesk.clone(),
        }
    }

    /// Generates a device secret, and its keyed hash.
    pub(crate) fn new_device_secret(&self) -> ServiceResult<(String, KeyedHash)> {
        let secret = crate::security::keys::encode_hex(&self.environment.bytes::<32>()?);
        let hash = self.device_secret_hash(&secret);
        Ok((secret, hash))
    }

    pub(crate) fn device_secret_hash(&self, secret: &str) -> KeyedHash {
        self.keys.hash(SECRET, secret)
    }
}

fn too_many(until: Timestamp, now: Timestamp) -> ServiceError {
    let wait_s = until.seconds_since(now).unsigned_abs() + 1;
    ServiceError::TooManyEnrollments { retry_after_s: wait_s }
}
