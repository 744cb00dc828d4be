//! A certificate as others made it: what is read of it, and nothing is written anew.

use der::{Decode as _, asn1::ObjectIdentifier};
use rsa::pkcs8::DecodePublicKey as _;
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;

use crate::{
    algorithm::{SignatureAlgorithm, UnknownAlgorithm},
    ber::{BerError, Reader, Tlv, tag},
};

/// `id-ce-subjectKeyIdentifier` (RFC 5280 section 4.2.1.2).
const SUBJECT_KEY_IDENTIFIER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.14");

/// An X.509 certificate (RFC 5280 section 4.1).
///
/// Clients of SCEP sign with certificates of their own making, so no more is asked of one than what is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    signed: Vec<u8>,
    algorithm: Vec<u8>,
    signature: Vec<u8>,
    serial: Vec<u8>,
    issuer: Vec<u8>,
    subject: Vec<u8>,
    not_before: Vec<u8>,
    not_after: Vec<u8>,
    public_key: Vec<u8>,
    key_identifier: Option<Vec<u8>>,
}

/// Why bytes are no certificate, or why it cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// They are no certificate.
    #[error("no certificate: {0}")]
    Malformed(#[from] BerError),
    /// A signature that does not consist of whole bytes.
    #[error("a signature that does not consist of whole bytes")]
    BitString,
    /// A date that is none.
    #[error("a date that is none")]
    Date,
    /// Its key is no RSA key of an accepted size.
    #[error("its key is no RSA key of an accepted size")]
    Key,
    /// Its signature is of an unknown kind.
    #[error(transparent)]
    Algorithm(#[from] UnknownAlgorithm),
    /// The algorithm of its signature is not the one that was signed.
    #[error("two different algorithms of its signature")]
    AlgorithmTwice,
    /// It names another issuer.
    #[error("issued by somebody else")]
    Issuer,
    /// The issuer's signature is wrong.
    #[error("the issuer's signature is wrong")]
    Signature,
}

impl Certificate {
    /// Reads one certificate in DER.
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        let mut certificate = Reader::only(der, tag::SEQUENCE)?.reader();
        let signed = certificate.expect(tag::SEQUENCE)?;
        let algorithm = certificate.expect(tag::SEQUENCE)?;
        let signature = whole_bytes(certificate.expect(tag::BIT_STRING)?)?;
        certificate.finish()?;

        let mut fields = signed.reader();
        fields.optional(tag::CONTEXT_0)?; // version
        let serial = fields.expect(tag::INTEGER)?;
        // The algorithm stands a second time where the signature covers it (RFC 5280 section 4.1.2.3).
        if fields.expect(tag::SEQUENCE)?.raw != algorithm.raw {
            return Err(CertificateError::AlgorithmTwice);
        }
        let issuer = fields.expect(tag::SEQUENCE)?;
        let mut validity = fields.sequence()?;
        let (not_before, not_after) = (validity.any()?, validity.any()?);
        let subject = fields.expect(tag::SEQUENCE)?;
        let public_key = fields.expect(tag::SEQUENCE)?;
        Ok(Self {
            der: der.to_vec(),
            signed: signed.raw.to_vec(),
            algorithm: algorithm.raw.to_vec(),
            signature: signature.to_vec(),
            serial: serial.raw.to_vec(),
            issuer: issuer.raw.to_vec(),
            subject: subject.raw.to_vec(),
            not_before: not_before.raw.to_vec(),
            not_after: not_after.raw.to_vec(),
            public_key: public_key.raw.to_vec(),
            key_identifier: key_identifier(fields)?,
        })
    }

    /// All of it, as it was received.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The SHA-256 of all of it: what it is found by.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(&self.der).into()
    }

    /// The SHA-256 of its public key (`SubjectPublicKeyInfo`).
    pub fn public_key_hash(&self) -> [u8; 32] {
        Sha256::digest(&self.public_key).into()
    }

    /// Its serial number: the bytes of the INTEGER.
    pub fn serial(&self) -> &[u8] {
        Reader::only(&self.serial, tag::INTEGER).map_or(&[], |serial| serial.content)
    }

    /// Who issued it: a Name in DER.
    pub fn issuer(&self) -> &[u8] {
        &self.issuer
    }

    /// Whose it is: a Name in DER.
    pub fn subject(&self) -> &[u8] {
        &self.subject
    }

    /// Its public key: a `SubjectPublicKeyInfo` in DER.
    pub fn public_key_der(&self) -> &[u8] {
        &self.public_key
    }

    /// Its public key.
    pub fn public_key(&self) -> Result<rsa::PublicKey, CertificateError> {
        rsa::PublicKey::from_public_key_der(&self.public_key).map_err(|_| CertificateError::Key)
    }

    /// Its key identifier, if it states one (RFC 5280 section 4.2.1.2).
    pub fn key_identifier(&self) -> Option<&[u8]> {
        self.key_identifier.as_deref()
    }

    /// From when on it is valid.
    pub fn not_before(&self) -> Result<OffsetDateTime, CertificateError> {
        date(&self.not_before)
    }

    /// Until when it is valid.
    pub fn not_after(&self) -> Result<OffsetDateTime, CertificateError> {
        date(&self.not_after)
    }

    /// Checks that `issuer` issued it: by the name, and by the signature over the bytes as they came (RFC 5280 section
    /// 6.1.3). Dates are not looked at.
    pub fn check_issued_by(&self, issuer: &Self) -> Result<(), CertificateError> {
        if self.issuer != issuer.subject {
            return Err(CertificateError::Issuer);
        }
        let algorithm = SignatureAlgorithm::from_der(&self.algorithm)?;
        let verified = algorithm.verify(&issuer.public_key()?, &self.signed, &self.signature, None);
        verified.map_err(|_| CertificateError::Signature)
    }

    /// `IssuerAndSerialNumber` (RFC 5652 section 10.2.4).
    pub(crate) fn issuer_and_serial(&self) -> Vec<u8> {
        crate::ber::sequence(&[&self.issuer, &self.serial])
    }
}

/// The content of a BIT STRING of whole bytes.
pub(crate) fn whole_bytes(bits: Tlv<'_>) -> Result<&[u8], CertificateError> {
    match bits.content.split_first() {
        Some((0, bytes)) => Ok(bytes),
        _ => Err(CertificateError::BitString),
    }
}

/// A time as certificates and signed attributes state it: with two digits of the year until 2049, with four from then on
/// (RFC 5280 section 4.1.2.5, RFC 5652 section 11.3).
pub(crate) fn time(at: OffsetDateTime) -> Result<x509_cert::time::Time, CertificateError> {
    let seconds = u64::try_from(at.unix_timestamp()).map_err(|_| CertificateError::Date)?;
    let at = der::DateTime::from_unix_duration(std::time::Duration::from_secs(seconds));
    Ok(at.map_err(|_| CertificateError::Date)?.into())
}

fn date(der: &[u8]) -> Result<OffsetDateTime, CertificateError> {
    let time = x509_cert::time::Time::from_der(der).map_err(|_| CertificateError::Date)?;
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).map_err(|_| CertificateError::Date)?;
    OffsetDateTime::from_unix_timestamp(seconds).map_err(|_| CertificateError::Date)
}

/// Looks for the key identifier among the extensions, which are the last of the `fields`.
fn key_identifier(mut fields: Reader<'_>) -> Result<Option<Vec<u8>>, BerError> {
    while !fields.is_empty() {
        let field = fields.any()?;
        if field.tag != tag::CONTEXT_3 {
            continue;
        }
        let mut extensions = field.reader().sequence()?;
        while !extensions.is_empty() {
            let mut extension = extensions.sequence()?;
            if extension.expect(tag::OBJECT_IDENTIFIER)?.content != SUBJECT_KEY_IDENTIFIER.as_bytes() {
                continue;
            }
            extension.optional(0x01)?; // critical
            let value = extension.expect(tag::OCTET_STRING)?.content;
            return Ok(Some(Reader::only(value, tag::OCTET_STRING)?.content.to_vec()));
        }
    }
    Ok(None)
}
