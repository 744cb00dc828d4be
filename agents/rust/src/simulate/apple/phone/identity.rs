//! The certificate that names a phone: how it gets one, and signs with it.

use super::{error::PhoneError, keys::seeded, web::Web};
use crate::{clock, rng::Rng, simulate::apple::figures::Figures};
use apple::{
    algorithm::Digest,
    authority::{Subject, public_key_der, self_signed},
    certificate::Certificate,
    cms::{Cipher, RsaSigner, Signing},
    csr, mdm_signature,
    profile::EnrollmentProfile,
    scep::{Kind, Requester, Wish, ask},
};
use rsa::PrivateKey;
use std::sync::Arc;
use time::OffsetDateTime;
use tokio::time::Instant;

/// What iOS looks for among the capabilities. It gives up without them.
const NEEDED: [&str; 3] = ["SHA-256", "AES", "POSTPKIOperation"];
/// What phones encrypt with.
const CIPHERS: &[Cipher] = &[Cipher::Aes128, Cipher::Aes256, Cipher::TripleDes];

/// A key with the certificate that names the phone.
#[derive(Clone)]
pub struct Identity {
    key: Arc<PrivateKey>,
    certificate: Certificate,
}

impl Identity {
    /// Gets a certificate for `key` by the challenge of a profile.
    pub async fn get(
        web: &Web,
        profile: &EnrollmentProfile,
        key: Arc<PrivateKey>,
        rng: &mut Rng,
        figures: &Figures,
    ) -> Result<Self, PhoneError> {
        let offered = web.capabilities(&profile.scep_url).await?;
        if let Some(missing) = NEEDED.into_iter().find(|needed| !offered.lines().any(|line| line == *needed)) {
            return Err(PhoneError::Capability(missing));
        }
        let authority = Certificate::from_der(&web.authority(&profile.scep_url).await?)?;
        let own = self_signed(&key, subject(profile), now(), &mut seeded(rng))?;
        let requester = Requester { key: &key, certificate: &own };
        let challenge = profile.challenge.as_ref().map(|challenge| challenge.expose().as_str());
        let name = subject(profile).to_der();
        let csr = csr::make(&key, &public_key_der(&key)?, &name, challenge, &mut seeded(rng))?;
        let wish = Wish {
            kind: Kind::PkcsReq,
            authority: &authority,
            csr: &csr,
            cipher: rng.pick(CIPHERS).copied().unwrap_or(Cipher::Aes128),
            digest: Digest::Sha256,
            at: Some(now()),
        };
        let (message, asked) = ask(requester, &wish, &mut seeded(rng))?;
        let began = Instant::now();
        let answer = web.issue(&profile.scep_url, message).await?;
        figures.scep(began);
        let certificate = asked.read(&answer, requester, &mut seeded(rng))?;
        Ok(Self { key, certificate })
    }

    /// The value of the header that says who sends `body`.
    pub fn sign(&self, body: &[u8], rng: &mut Rng) -> Result<String, PhoneError> {
        let mut random = seeded(rng);
        let mut signer =
            RsaSigner { key: &self.key, certificate: &self.certificate, digest: Digest::Sha256, random: &mut random };
        Ok(mdm_signature::sign(body, &mut signer, &Signing { at: Some(now()), ..Signing::default() })?)
    }
}

/// The name that the profile says to ask for.
fn subject(profile: &EnrollmentProfile) -> Subject<'_> {
    let part = |kind: &str| profile.subject.iter().find(|(name, _)| name == kind).map_or("", |(_, value)| value);
    Subject { organization: part("O"), common_name: part("CN") }
}

/// The time, UTC.
pub fn now() -> OffsetDateTime {
    let milliseconds = i128::from(clock::now().as_millis());
    OffsetDateTime::from_unix_timestamp_nanos(milliseconds * 1_000_000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}
