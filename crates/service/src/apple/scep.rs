//! SCEP: a phone asks for the certificate that it signs with from then on (RFC 8894).

use super::{authority::moment, facts::timestamp};
use crate::{Rollcall, ServiceError, ServiceResult};
use apple::{
    authority::{Authority, Subject},
    certificate::Certificate,
    scep::{FailInfo, Message, MessageError, OpenError, Operation},
};
use domain::{
    apple::{CertificateHash, Challenge, ChallengePurpose},
    types::ids::AppleChallengeId,
};
use std::sync::Arc;
use store::{Issue, NewIdentity};

/// The name in the certificates of phones.
const DEVICE: &str = "Rollcall device";

/// Why a request is not answered with a signed message.
#[derive(Debug, thiserror::Error)]
pub enum ScepRefusal {
    /// It is no request. There is nobody to send a signed answer to.
    #[error("no request: {0}")]
    NoRequest(#[from] MessageError),
    /// Something failed on our side, or there is no room at the moment.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

/// Why a request is refused, for the log. The sender is told nothing but that it is.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("no challenge")]
    NoChallenge,
    #[error("an unknown challenge")]
    UnknownChallenge,
    #[error("the challenge {0} issues nothing any more")]
    Spent(AppleChallengeId),
    #[error("the invitation is not active any more")]
    Inactive,
    #[error("the device is not enrolled any more")]
    Unenrolled,
}

impl Rollcall {
    /// The certificate of the authority in DER: what `GetCACert` answers.
    ///
    /// # Errors
    /// The authority cannot be made or read.
    pub async fn apple_authority_certificate(&self) -> ServiceResult<Vec<u8>> {
        Ok(self.apple_authority().await?.certificate().der().to_vec())
    }

    /// Answers a request for a certificate (`PKIOperation`).
    ///
    /// # Errors
    /// See [`ScepRefusal`].
    pub async fn answer_scep(&self, body: Vec<u8>) -> Result<Vec<u8>, ScepRefusal> {
        // Each takes a processor for some milliseconds: few at once, so that nothing else waits.
        let _place = self.scep_places.acquire().await.map_err(|_| ServiceError::Unavailable)?;
        let authority = self.apple_authority().await?;
        // 1. Read and decrypt it.
        let (ours, mut random) = (Arc::clone(&authority), self.random()?);
        let opened = aside(move || {
            let message = Message::read(&body)?;
            let operation = message.open(&ours, &mut random);
            Ok((message, operation))
        });
        let (message, operation) = opened.await?.map_err(ScepRefusal::NoRequest)?;
        // 2. Decide.
        let issued = match operation {
            Ok(operation) => self.issue(&authority, &operation).await?.map(|cert| (cert, operation.cipher)),
            Err(error) => Err(error.into()),
        };
        // 3. Answer.
        let (now, mut random) = (moment(self.environment.now()), self.random()?);
        let answer = aside(move || match issued {
            Ok((certificate, cipher)) => message.grant(&authority, &certificate, cipher, now, &mut random),
            Err(refused) => {
                tracing::info!(%refused, "A request for a device certificate was refused");
                message.refuse(&authority, FailInfo::BadRequest, now, &mut random)
            }
        });
        Ok(answer.await?.map_err(|error| ServiceError::internal(&error))?)
    }

    /// The certificate for the key of a request: a new one, or the one that the same key has already.
    async fn issue(
        &self,
        authority: &Arc<Authority>,
        operation: &Operation,
    ) -> ServiceResult<Result<Certificate, Refused>> {
        let Some(challenge) = operation.request.challenge() else { return Ok(Err(Refused::NoChallenge)) };
        let challenge = self.store.find_challenge(self.challenge_hash(challenge)).await?;
        let Some(challenge) = challenge else { return Ok(Err(Refused::UnknownChallenge)) };
        if let Some(refused) = self.why_useless(&challenge).await? {
            return Ok(Err(refused));
        }
        let public_key_hash = operation.request.public_key_hash();
        if let Some(known) = self.store.find_issued(challenge.id, public_key_hash).await? {
            return Ok(Ok(read(&known)?));
        }
        let (now, organization, mut random) = (self.environment.now(), self.apple_organization(), self.random()?);
        let (authority, key) = (Arc::clone(authority), operation.request.public_key_der().to_vec());
        let certificate = aside(move || {
            let subject = Subject { organization: &organization, common_name: DEVICE };
            authority.issue(&key, subject, moment(now), &mut random)
        });
        let certificate = certificate.await?.map_err(|error| ServiceError::internal(&error))?;
        let not_after = certificate.not_after().map_err(|error| ServiceError::internal(&error))?;
        let issued = NewIdentity {
            cert_hash: CertificateHash(certificate.hash()),
            challenge_id: challenge.id,
            cert: certificate.der().to_vec(),
            public_key_hash,
            serial: certificate.serial().to_vec(),
            not_after: timestamp(not_after),
            issued_at: now,
        };
        Ok(match self.store.issue(issued).await? {
            Issue::Issued => Ok(certificate),
            Issue::Known(known) => Ok(read(&known)?),
            Issue::Refused => Err(Refused::Spent(challenge.id)),
        })
    }

    /// Why a certificate for this challenge would be of no use.
    async fn why_useless(&self, challenge: &Challenge) -> ServiceResult<Option<Refused>> {
        Ok(match challenge.purpose {
            ChallengePurpose::Enroll(invitation) => {
                let invitation = self.store.find_invitation(invitation).await?;
                let is_active = invitation.is_some_and(|it| it.refusal(self.environment.now()).is_none());
                (!is_active).then_some(Refused::Inactive)
            }
            ChallengePurpose::Renew(device) => {
                let enrollment = self.store.find_apple_enrollment(device).await?;
                let is_ended = enrollment.is_none_or(|it| it.state == domain::apple::EnrollmentState::Ended);
                is_ended.then_some(Refused::Unenrolled)
            }
        })
    }
}

/// Computes something aside from the threads that serve everybody: keys take milliseconds.
async fn aside<T: Send + 'static>(compute: impl FnOnce() -> T + Send + 'static) -> ServiceResult<T> {
    tokio::task::spawn_blocking(compute).await.map_err(|error| ServiceError::internal(&error))
}

fn read(certificate: &[u8]) -> ServiceResult<Certificate> {
    Certificate::from_der(certificate).map_err(|error| ServiceError::internal(&error))
}
