//! What Apple hands out, and how a file is recognised that is something else.

use der::{Decode as _, asn1::ObjectIdentifier};
use time::{Duration, OffsetDateTime};
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage};

use super::{
    file::{self, FileError},
    request::{WrapError, in_pem, key_to_pkcs8},
};
use crate::{
    apns::{Identity, MAX_TOPIC},
    authority,
    ber::{BerError, Reader, tag},
    certificate::{Certificate, CertificateError},
};

/// What the topic of a push certificate for device management begins with.
pub const PREFIX: &str = "com.apple.mgmt.";
/// How far ahead of ours Apple's clock may be.
pub const EARLY: Duration = Duration::days(1);
/// `uid`, where Apple writes the topic (RFC 4519 section 2.39).
const USER_ID: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.9.2342.19200300.100.1.1");
/// `id-kp-clientAuth` (RFC 5280 section 4.2.1.12).
const CLIENT_AUTHENTICATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.2");

/// A certificate that pushes are sent with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushCertificate {
    certificate: Certificate,
    issuers: Vec<Certificate>,
    topic: String,
    not_before: OffsetDateTime,
    not_after: OffsetDateTime,
}

/// Why a file is no push certificate, or none that can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PushCertificateError {
    /// No certificate can be read from the file.
    #[error(transparent)]
    File(#[from] FileError),
    /// A part of the certificate cannot be read.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// Its extensions or its subject cannot be read.
    #[error("unreadable extensions or subject")]
    Malformed,
    /// All certificates of the file are those of authorities.
    #[error("only certificates of authorities")]
    OnlyAuthorities,
    /// There are several certificates that are not those of authorities.
    #[error("several certificates")]
    Several,
    /// Its subject has no topic, or several: it is for something else than pushes.
    #[error("no topic")]
    NoTopic,
    /// Its topic does not begin with [`PREFIX`]: it is for pushes to an app.
    #[error("a topic that is not for device management")]
    OtherTopic,
    /// It is not for clients of TLS.
    #[error("not for clients of TLS")]
    Purpose,
    /// It is not valid yet.
    #[error("valid from {0} on only")]
    Early(OffsetDateTime),
    /// It is valid no longer.
    #[error("expired at {0}")]
    Expired(OffsetDateTime),
    /// The key is not the one that it was issued for.
    #[error("issued for another key")]
    OtherKey,
}

impl PushCertificate {
    /// Reads a file: PEM or DER, with one push certificate, and its issuers if they are there. Dates are not looked at, so
    /// that one that has expired can still be shown.
    pub fn read(file: &[u8]) -> Result<Self, PushCertificateError> {
        let (mut own, mut issuers) = (None, Vec::new());
        for certificate in file::read_certificates(file)? {
            let parsed = parsed(&certificate)?;
            if is_authority(&parsed)? {
                issuers.push(certificate);
            } else if own.replace((certificate, parsed)).is_some() {
                return Err(PushCertificateError::Several);
            }
        }
        let (certificate, parsed) = own.ok_or(PushCertificateError::OnlyAuthorities)?;
        let topic = topic(certificate.subject())?;
        if !is_for_clients(&parsed)? {
            return Err(PushCertificateError::Purpose);
        }
        let (not_before, not_after) = (certificate.not_before()?, certificate.not_after()?);
        Ok(Self { certificate, issuers, topic, not_before, not_after })
    }

    /// Checks that it is valid at `now`. Its beginning may lie ahead by [`EARLY`].
    pub fn check_dates(&self, now: OffsetDateTime) -> Result<(), PushCertificateError> {
        if self.not_after <= now {
            return Err(PushCertificateError::Expired(self.not_after));
        }
        if self.not_before - EARLY > now {
            return Err(PushCertificateError::Early(self.not_before));
        }
        Ok(())
    }

    /// Whether it was issued for this key. A request is answered with the key that it was made with.
    pub fn is_for(&self, key: &rsa::PrivateKey) -> bool {
        authority::public_key_der(key).is_ok_and(|own| own == self.certificate.public_key_der())
    }

    /// The certificate with its key, to send pushes with.
    pub fn identity(&self, key: &rsa::PrivateKey) -> Result<Identity, PushCertificateError> {
        if !self.is_for(key) {
            return Err(PushCertificateError::OtherKey);
        }
        let certificates = std::iter::once(&self.certificate).chain(&self.issuers);
        Ok(Identity {
            certificates: certificates.map(|certificate| certificate.der().to_vec()).collect(),
            key: key_to_pkcs8(key).map_err(|_| PushCertificateError::OtherKey)?.as_bytes().to_vec(),
        })
    }

    /// The certificate and its issuers in PEM (RFC 7468), and nothing else that its file may have had, such as a key.
    pub fn to_pem(&self) -> Result<String, WrapError> {
        let certificates = std::iter::once(&self.certificate).chain(&self.issuers);
        certificates.map(|certificate| in_pem("CERTIFICATE", certificate.der())).collect()
    }

    /// What phones are enrolled with. It stays the same when the certificate is renewed by the same Apple Account.
    pub fn topic(&self) -> &str {
        &self.topic
    }

    /// The certificate itself.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// From when on it is valid.
    pub fn not_before(&self) -> OffsetDateTime {
        self.not_before
    }

    /// Until when it is valid.
    pub fn not_after(&self) -> OffsetDateTime {
        self.not_after
    }
}

fn parsed(certificate: &Certificate) -> Result<x509_cert::Certificate, PushCertificateError> {
    x509_cert::Certificate::from_der(certificate.der()).map_err(|_| PushCertificateError::Malformed)
}

fn is_authority(certificate: &x509_cert::Certificate) -> Result<bool, PushCertificateError> {
    let constraints = certificate.tbs_certificate().get_extension::<BasicConstraints>();
    let constraints = constraints.map_err(|_| PushCertificateError::Malformed)?;
    Ok(constraints.is_some_and(|(_, constraints)| constraints.ca))
}

fn is_for_clients(certificate: &x509_cert::Certificate) -> Result<bool, PushCertificateError> {
    let usage = certificate.tbs_certificate().get_extension::<ExtendedKeyUsage>();
    let usage = usage.map_err(|_| PushCertificateError::Malformed)?;
    Ok(usage.is_some_and(|(_, usage)| usage.0.contains(&CLIENT_AUTHENTICATION)))
}

/// The topic among the parts of a Name.
fn topic(subject: &[u8]) -> Result<String, PushCertificateError> {
    let ids = user_ids(subject).map_err(|_| PushCertificateError::Malformed)?;
    let [topic] = ids.as_slice() else { return Err(PushCertificateError::NoTopic) };
    let topic = std::str::from_utf8(topic).map_err(|_| PushCertificateError::NoTopic)?;
    // It becomes a header of each push.
    if topic.len() > MAX_TOPIC || !topic.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(PushCertificateError::NoTopic);
    }
    let own = topic.strip_prefix(PREFIX).filter(|own| !own.is_empty());
    own.map(|_| topic.to_owned()).ok_or(PushCertificateError::OtherTopic)
}

fn user_ids(subject: &[u8]) -> Result<Vec<&[u8]>, BerError> {
    let mut sets = Reader::only(subject, tag::SEQUENCE)?.reader();
    let mut ids = Vec::new();
    while !sets.is_empty() {
        let mut parts = sets.expect(tag::SET)?.reader();
        while !parts.is_empty() {
            let mut part = parts.sequence()?;
            let kind = part.expect(tag::OBJECT_IDENTIFIER)?;
            let value = part.any()?;
            let is_text = matches!(value.tag, tag::UTF8_STRING | tag::PRINTABLE_STRING | tag::IA5_STRING);
            if kind.content == USER_ID.as_bytes() && is_text {
                ids.push(value.content);
            }
        }
    }
    Ok(ids)
}
