//! Who calls: a phone is known by the certificate that it signs its messages with, and by nothing else.

use crate::{Rollcall, ServiceError, ServiceResult, security::keys::same_hash};
use apple::{
    mdm_signature::{self, HeaderError},
    udid::Udid,
};
use domain::{
    actor::Actor,
    apple::{AppleEnrollment, CertificateHash, EnrollmentState, Identity, RevokedBy},
    decide::{self, Refusal},
    journal::change::KeyedHash,
    types::ids::DeviceId,
};

const UDID: &str = "apple udid";

/// Why a phone's message is not taken.
///
/// A phone understands little: whatever is refused is 400 for it, and it tries again later. Never 401, by which it would leave.
#[derive(Debug, thiserror::Error)]
pub enum PhoneRefusal {
    /// It proves nothing.
    #[error("the signature proves nothing: {0}")]
    Signature(#[from] HeaderError),
    /// The certificate was not issued here. The database may have been restored from a backup.
    #[error("the certificate was not issued here")]
    UnknownCertificate,
    /// The certificate is not accepted any more, and the phone has another one or left.
    #[error("the certificate is not accepted any more: {0}")]
    Revoked(RevokedBy),
    /// An admin removed the phone. It is told that it is not managed here, and leaves.
    #[error("an admin removed this device")]
    Removed,
    /// The message is no message.
    #[error("the message cannot be read: {0}")]
    Unreadable(String),
    /// It is a message of a kind that nothing here asks for.
    #[error("a message of an unknown kind")]
    UnknownKind,
    /// It names the topic of another push certificate.
    #[error("the topic is not the one of our push certificate")]
    Topic,
    /// The certificate was issued for another phone: it was copied, or a backup was restored on another phone.
    #[error("the certificate belongs to another device")]
    OtherPhone,
    /// It did not begin with `Authenticate`.
    #[error("the device is not enrolled")]
    NotEnrolled,
    /// Decided so, or failed.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl PhoneRefusal {
    /// Whether the fault is ours, so that the phone should try again soon.
    pub const fn is_ours(&self) -> bool {
        matches!(
            self,
            Self::Service(
                ServiceError::Unavailable
                    | ServiceError::DatabaseDown
                    | ServiceError::Unconfirmed
                    | ServiceError::Damaged
                    | ServiceError::Internal(_)
            )
        )
    }
}

impl From<store::StoreError> for PhoneRefusal {
    fn from(error: store::StoreError) -> Self {
        Self::Service(error.into())
    }
}

impl From<Refusal> for PhoneRefusal {
    fn from(refusal: Refusal) -> Self {
        Self::Service(refusal.into())
    }
}

impl Rollcall {
    /// A message of a phone: the value of its `Mdm-Signature` header, and its body. `is_check_in` is told by its content type.
    /// Returns what the phone is asked next, as the body of the answer; `None` for nothing.
    ///
    /// # Errors
    /// See [`PhoneRefusal`].
    pub async fn apple_message(
        &self,
        signature: &[u8],
        body: &[u8],
        is_check_in: bool,
    ) -> Result<Option<Vec<u8>>, PhoneRefusal> {
        // 1. Who signed. Nothing of the body is read before.
        let signer = mdm_signature::verify(signature, body)?.signer;
        // 2. What that certificate was issued for. That our authority signed it is checked as well, and is not what counts: a
        // stolen key of the authority alone enrolls nothing.
        let identity = self.store.find_apple_identity(CertificateHash(signer.hash())).await?;
        let identity = identity.ok_or(PhoneRefusal::UnknownCertificate)?;
        let authority = self.apple_authority().await?;
        signer.check_issued_by(authority.certificate()).map_err(|_| PhoneRefusal::UnknownCertificate)?;
        match identity.revocation.map(|revocation| revocation.by) {
            Some(RevokedBy::Admin) => return Err(PhoneRefusal::Removed),
            Some(by) => return Err(PhoneRefusal::Revoked(by)),
            None => {}
        }
        // 3. What it says.
        let answer = if is_check_in {
            self.apple_check_in(&identity, body).await.map(|()| None)
        } else {
            self.apple_report(&identity, body).await
        };
        if let (Err(PhoneRefusal::OtherPhone), Some(device)) = (&answer, identity.device_id) {
            self.note_misuse(device).await;
        }
        answer
    }

    /// Says on the timeline that another phone signs with the certificate of a device: it was copied, or a backup was restored.
    async fn note_misuse(&self, device: DeviceId) {
        let enrollment = move || async move { Ok(self.store.find_apple_enrollment(device).await?) };
        let noted = self.decide_device_on(Actor::Device, device, enrollment, |aggregate, enrollment, _, context| {
            let enrollment = enrollment.ok_or(Refusal::NoSuchDevice)?;
            Ok(((), decide::apple::record_misuse(aggregate, &enrollment, context)?))
        });
        if let Err(error) = noted.await {
            tracing::warn!(%device, %error, "The timeline does not say that another device signs with its certificate");
        }
    }

    /// The enrollment that a phone speaks of, whose certificate is bound to it, or issued for it.
    pub(super) async fn enrollment_of(
        &self,
        device: DeviceId,
        identity: &Identity,
        udid: &Udid,
    ) -> Result<AppleEnrollment, PhoneRefusal> {
        let enrollment = self.store.find_apple_enrollment(device).await?;
        let enrollment = enrollment.filter(|enrollment| enrollment.state != EnrollmentState::Ended);
        let enrollment = enrollment.ok_or(PhoneRefusal::NotEnrolled)?;
        self.check_phone(&enrollment, identity, udid)?;
        Ok(enrollment)
    }

    /// That the phone with this UDID is the one whose enrollment its certificate is bound to.
    pub(super) fn check_phone(
        &self,
        enrollment: &AppleEnrollment,
        identity: &Identity,
        udid: &Udid,
    ) -> Result<(), PhoneRefusal> {
        if same_hash(enrollment.udid_hash, self.udid_hash(udid)) {
            return Ok(());
        }
        let (device, challenge) = (enrollment.device_id, identity.challenge_id);
        tracing::warn!(%device, %challenge, "Another device signs with the certificate of a device");
        Err(PhoneRefusal::OtherPhone)
    }

    /// Finds a phone by its UDID, which is not stored in clear.
    pub(super) fn udid_hash(&self, udid: &Udid) -> KeyedHash {
        self.keys.hash(UDID, udid.as_str())
    }

    /// The topic of the push certificate, if `topic` is that.
    pub(super) async fn check_topic(&self, topic: &str) -> Result<(), PhoneRefusal> {
        match self.apple_topic().await? {
            Some(ours) if ours == topic => Ok(()),
            _ => Err(PhoneRefusal::Topic),
        }
    }

    /// Seals something about a phone.
    pub(super) fn seal_of_phone(
        &self,
        what: &str,
        phone: KeyedHash,
        bytes: &[u8],
    ) -> ServiceResult<domain::apple::Sealed> {
        let sealed = self.keys.seal_bytes(&purpose(what, phone), bytes, &self.environment)?;
        Ok(domain::apple::Sealed(sealed))
    }

    /// Unseals something about a phone.
    pub(super) fn unseal_of_phone(
        &self,
        what: &str,
        phone: KeyedHash,
        sealed: &domain::apple::Sealed,
    ) -> ServiceResult<Vec<u8>> {
        Ok(self.keys.unseal_bytes(&purpose(what, phone), &sealed.0)?)
    }
}

/// Sealed for one phone, so that what is copied to the row of another one cannot be unsealed.
fn purpose(what: &str, phone: KeyedHash) -> String {
    format!("apple {what} {}", crate::security::keys::encode_hex(&phone.0))
}

/// What is sealed of a phone.
pub(super) mod sealed {
    pub(in crate::apple) const UDID: &str = "udid";
    pub(in crate::apple) const TOKEN: &str = "push token";
    pub(in crate::apple) const MAGIC: &str = "push magic";
    pub(in crate::apple) const UNLOCK: &str = "unlock token";
}
