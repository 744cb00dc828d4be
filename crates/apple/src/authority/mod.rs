//! The certificate authority of an installation: it issues the certificates that name devices.
//!
//! Its one certificate also signs and decrypts messages of SCEP. Where key and certificate are kept, and who may have a
//! certificate, is the business of the caller.

mod issue;
mod name;

pub use name::{MAX_NAME, Subject};
pub use rsa::PrivateKey;

use rsa::{
    pkcs1v15::SigningKey,
    pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, EncodePublicKey as _, SecretDocument},
};
use sha2::Sha256;
use time::{Duration, OffsetDateTime};

use crate::{
    algorithm::Digest,
    certificate::{Certificate, CertificateError},
    cms::RsaSigner,
    random::Random,
};
use issue::{BACKDATED, Draft, Purpose, earlier};

/// The size of the keys that are made here, in bits.
pub const KEY_BITS: usize = 2048;
/// How long the certificate of an authority is valid.
pub const AUTHORITY_LIFE: Duration = Duration::days(20 * 365);
/// How long the certificate of a device is valid, at most: never longer than the authority's.
pub const DEVICE_LIFE: Duration = Duration::days(2 * 365);
/// How long a certificate is valid that a client of SCEP makes for its first request.
pub const REQUESTER_LIFE: Duration = Duration::days(1);

/// Why an authority could not be made or read, or did not issue.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// The key could not be made, read or written.
    #[error("the key: {0}")]
    Key(#[from] rsa::Error),
    /// The stored key cannot be read or written.
    #[error("the key: {0}")]
    StoredKey(#[from] rsa::pkcs8::Error),
    /// The public key cannot be written.
    #[error("the public key: {0}")]
    PublicKey(#[from] x509_cert::spki::Error),
    /// The stored key is not the one of the stored certificate.
    #[error("the key is not the one of the certificate")]
    OtherKey,
    /// The certificate cannot be read.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The certificate could not be made.
    #[error("the certificate could not be made: {0}")]
    Build(#[from] x509_cert::builder::Error),
    /// A part of the certificate could not be written.
    #[error("the certificate could not be made: {0}")]
    Der(#[from] der::Error),
    /// The authority's own certificate has expired.
    #[error("the authority's certificate has expired")]
    Expired,
}

/// Makes an RSA key of [`KEY_BITS`].
pub fn make_key(random: &mut Random) -> Result<PrivateKey, AuthorityError> {
    Ok(PrivateKey::new(random, KEY_BITS)?)
}

/// `key` as PKCS#8 in DER (RFC 5958): to be sealed and stored, never shown. The memory is wiped after use.
pub fn key_to_pkcs8(key: &PrivateKey) -> Result<SecretDocument, AuthorityError> {
    Ok(key.to_pkcs8_der()?)
}

/// A key that [`key_to_pkcs8`] wrote.
pub fn key_from_pkcs8(der: &[u8]) -> Result<PrivateKey, AuthorityError> {
    Ok(PrivateKey::from_pkcs8_der(der)?)
}

/// The `SubjectPublicKeyInfo` of `key` in DER.
pub fn public_key_der(key: &PrivateKey) -> Result<Vec<u8>, AuthorityError> {
    Ok(key.as_public_key().to_public_key_der()?.into_vec())
}

/// A certificate of the key's own making, which a client of SCEP signs its first request with (RFC 8894 section 2.3).
pub fn self_signed(
    key: &PrivateKey,
    subject: Subject<'_>,
    now: OffsetDateTime,
    random: &mut Random,
) -> Result<Certificate, AuthorityError> {
    sign_own(key, subject, Purpose::Requester, now - BACKDATED..now + REQUESTER_LIFE, random)
}

fn sign_own(
    key: &PrivateKey,
    subject: Subject<'_>,
    purpose: Purpose,
    valid: std::ops::Range<OffsetDateTime>,
    random: &mut Random,
) -> Result<Certificate, AuthorityError> {
    let (subject, public_key) = (subject.to_der(), public_key_der(key)?);
    let (from, until) = (valid.start, valid.end);
    let draft = Draft { purpose, issuer: &subject, subject: &subject, public_key: &public_key, from, until };
    draft.sign(&SigningKey::new(key.clone()), random)
}

/// A certificate authority.
pub struct Authority {
    certificate: Certificate,
    key: PrivateKey,
    signing: SigningKey<Sha256>,
}

impl Authority {
    /// Makes a new authority: a key, and a certificate signed with it that is valid from `now` on.
    pub fn make(subject: Subject<'_>, now: OffsetDateTime, random: &mut Random) -> Result<Self, AuthorityError> {
        let key = make_key(random)?;
        let valid = now - BACKDATED..now + AUTHORITY_LIFE;
        let certificate = sign_own(&key, subject, Purpose::Authority, valid, random)?;
        let signing = SigningKey::new(key.clone());
        Ok(Self { certificate, key, signing })
    }

    /// Reads an authority that was stored: its certificate in DER, and its key as [`key_to_pkcs8`] wrote it.
    pub fn read(certificate: &[u8], key: &[u8]) -> Result<Self, AuthorityError> {
        let certificate = Certificate::from_der(certificate)?;
        let key = key_from_pkcs8(key)?;
        if public_key_der(&key)? != certificate.public_key_der() {
            return Err(AuthorityError::OtherKey);
        }
        let signing = SigningKey::new(key.clone());
        Ok(Self { certificate, key, signing })
    }

    /// Its key as [`key_to_pkcs8`] writes it.
    pub fn key_to_pkcs8(&self) -> Result<SecretDocument, AuthorityError> {
        key_to_pkcs8(&self.key)
    }

    /// Its certificate.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Its key.
    pub(crate) fn key(&self) -> &PrivateKey {
        &self.key
    }

    /// Signs messages in its name.
    pub(crate) fn signer<'a>(&'a self, digest: Digest, random: &'a mut Random) -> RsaSigner<'a> {
        RsaSigner { key: &self.key, certificate: &self.certificate, digest, random }
    }

    /// Issues a certificate that names a device, for a `public_key` that the device proved to have
    /// ([`Request`](crate::csr::Request)). Nothing else of its request is taken over.
    ///
    /// It is valid for [`DEVICE_LIFE`], and never longer than the authority's own.
    pub fn issue(
        &self,
        public_key: &[u8],
        subject: Subject<'_>,
        now: OffsetDateTime,
        random: &mut Random,
    ) -> Result<Certificate, AuthorityError> {
        let end = self.certificate.not_after()?;
        if end <= now {
            return Err(AuthorityError::Expired);
        }
        let draft = Draft {
            purpose: Purpose::Device,
            issuer: self.certificate.subject(),
            subject: &subject.to_der(),
            public_key,
            from: now - BACKDATED,
            until: earlier(now + DEVICE_LIFE, end),
        };
        draft.sign(&self.signing, random)
    }
}
