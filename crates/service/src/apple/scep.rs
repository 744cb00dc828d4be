//! SCEP: a phone asks for the certificate that it signs with from then on (RFC 8894).

use super::{authority::moment, facts::timestamp};
use crate::{
    Rollcall, ServiceError, ServiceResult,
    security::{limiter::Limit, shared_limiter::NotNow},
};
use apple::{
    authority::{Authority, Subject},
    certificate::Certificate,
    scep::{FailInfo, Message, MessageError, OpenError, Operation, ReplyError},
};
use domain::{
    apple::{CertificateHash, Challenge, ChallengePurpose},
    types::ids::AppleChallengeId,
};
use std::sync::Arc;
use store::{Issue, NewIdentity};
use tokio::sync::OwnedSemaphorePermit;

/// The name in the certificates of phones.
const DEVICE: &str = "Rollcall device";

/// Requests with one challenge in an hour. A phone makes a few; each costs a processor some milliseconds.
const A_CHALLENGE: Limit = Limit { failures: 60, window_s: 3600 };

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
    #[error("too many requests with the challenge {0}")]
    TooMany(AppleChallengeId),
    #[error("the invitation is not active any more")]
    Inactive,
    #[error("the device is not enrolled any more")]
    Unenrolled,
}

/// One of the requests that are answered at the same time.
type Place = Arc<OwnedSemaphorePermit>;

/// A request that was decrypted.
type Opened = (Message, Result<Operation, OpenError>);

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
        let place = Arc::clone(&self.scep_places).acquire_owned().await.map_err(|_| ServiceError::Unavailable)?;
        let place = Arc::new(place);
        let authority = self.apple_authority().await?;
        let (message, operation) = self.open(&place, Arc::clone(&authority), body).await??;
        let issued = match operation {
            Ok(operation) => self.issue(&place, &authority, &operation).await?.map(|cert| (cert, operation.cipher)),
            Err(error) => Err(error.into()),
        };
        if let Err(refused) = &issued {
            tracing::info!(%refused, "A request for a device certificate was refused");
        }
        let (now, mut random) = (moment(self.environment.now()), self.random()?);
        let answer = apart(&place, move || {
            if let Ok((certificate, cipher)) = issued {
                match message.grant(&authority, &certificate, cipher, now, &mut random) {
                    // The key of the sender, which the answer is encrypted for, is none: not our fault.
                    Err(ReplyError::Envelope(error)) => tracing::info!(%error, "A certificate cannot be sent"),
                    answer => return answer,
                }
            }
            message.refuse(&authority, FailInfo::BadRequest, now, &mut random)
        });
        Ok(answer.await?.map_err(|error| ServiceError::internal(&error))?)
    }

    /// Reads and decrypts a request.
    async fn open(
        &self,
        place: &Place,
        authority: Arc<Authority>,
        body: Vec<u8>,
    ) -> ServiceResult<Result<Opened, MessageError>> {
        let mut random = self.random()?;
        apart(place, move || {
            let message = Message::read(&body)?;
            let operation = message.open(&authority, &mut random);
            Ok((message, operation))
        })
        .await
    }

    /// The certificate for the key of a request: a new one, or the one that the same key has already.
    async fn issue(
        &self,
        place: &Place,
        authority: &Arc<Authority>,
        operation: &Operation,
    ) -> ServiceResult<Result<Certificate, Refused>> {
        let Some(challenge) = operation.request.challenge() else { return Ok(Err(Refused::NoChallenge)) };
        let challenge = self.store.find_challenge(self.challenge_hash(challenge)).await?;
        let Some(challenge) = challenge else { return Ok(Err(Refused::UnknownChallenge)) };
        if self.has_asked_too_often(challenge.id).await? {
            return Ok(Err(Refused::TooMany(challenge.id)));
        }
        if let Some(refused) = self.why_useless(&challenge).await? {
            return Ok(Err(refused));
        }
        let public_key_hash = operation.request.public_key_hash();
        if let Some(known) = self.store.find_issued(challenge.id, public_key_hash).await? {
            return Ok(Ok(read(&known)?));
        }
        let now = self.environment.now();
        let certificate = self.sign_for(place, authority, operation.request.public_key_der().to_vec()).await?;
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

    /// A new certificate for a key.
    async fn sign_for(
        &self,
        place: &Place,
        authority: &Arc<Authority>,
        public_key: Vec<u8>,
    ) -> ServiceResult<Certificate> {
        let (authority, organization) = (Arc::clone(authority), self.apple_organization());
        let (now, mut random) = (moment(self.environment.now()), self.random()?);
        let signed = apart(place, move || {
            let subject = Subject { organization: &organization, common_name: DEVICE };
            authority.issue(&public_key, subject, now, &mut random)
        });
        signed.await?.map_err(|error| ServiceError::internal(&error))
    }

    /// Counts a request with a challenge, whatever becomes of it: whoever has a profile could keep the authority busy.
    async fn has_asked_too_often(&self, challenge: AppleChallengeId) -> ServiceResult<bool> {
        let bucket = self.keys.bucket("scep", &[&challenge.to_string()]);
        match self.scep_limits.reserve(vec![(bucket, A_CHALLENGE)], &self.environment).await {
            Ok(attempt) => {
                attempt.was_wrong();
                Ok(false)
            }
            Err(NotNow::Blocked(_)) => Ok(true),
            Err(error) => Err(error.into()),
        }
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

/// Computes away from the threads that serve everybody. What was begun is finished even if the sender hangs up, and keeps
/// its place until then.
async fn apart<T: Send + 'static>(place: &Place, work: impl FnOnce() -> T + Send + 'static) -> ServiceResult<T> {
    let place = Arc::clone(place);
    let working = tokio::task::spawn_blocking(move || {
        let done = work();
        drop(place);
        done
    });
    working.await.map_err(|error| ServiceError::internal(&error))
}

fn read(certificate: &[u8]) -> ServiceResult<Certificate> {
    Certificate::from_der(certificate).map_err(|error| ServiceError::internal(&error))
}
