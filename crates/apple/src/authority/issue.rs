//! How certificates are made.

use der::{Decode as _, Encode as _, asn1::OctetString, flagset::FlagSet};
use rsa::pkcs1v15::SigningKey;
use sha2::Sha256;
use time::{Duration, OffsetDateTime};
use x509_cert::{
    TbsCertificate,
    builder::{Builder as _, CertificateBuilder, Error as BuildError, profile::BuilderProfile},
    ext::{
        Extension, ToExtension as _,
        pkix::{AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages, SubjectKeyIdentifier},
    },
    name::Name,
    serial_number::SerialNumber,
    spki::{SubjectPublicKeyInfoOwned, SubjectPublicKeyInfoRef},
    time::Validity,
};

use super::AuthorityError;
use crate::{
    certificate::{Certificate, time},
    random::{self, Random},
};

/// `id-kp-clientAuth` (RFC 5280 section 4.2.1.12).
const CLIENT_AUTHENTICATION: der::asn1::ObjectIdentifier = der::asn1::ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.2");

/// What a certificate is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// It issues others, and signs and decrypts messages of SCEP.
    Authority,
    /// It names a device.
    Device,
    /// A client of SCEP signs its first request with it (RFC 8894 section 2.3).
    Requester,
}

/// A certificate to be made.
pub(super) struct Draft<'a> {
    pub purpose: Purpose,
    /// A Name in DER.
    pub issuer: &'a [u8],
    /// A Name in DER.
    pub subject: &'a [u8],
    /// A `SubjectPublicKeyInfo` in DER.
    pub public_key: &'a [u8],
    pub from: OffsetDateTime,
    pub until: OffsetDateTime,
}

impl Draft<'_> {
    /// Makes the certificate and signs it with `key`.
    pub fn sign(&self, key: &SigningKey<Sha256>, random: &mut Random) -> Result<Certificate, AuthorityError> {
        let profile = Profile {
            purpose: self.purpose,
            issuer: Name::from_der(self.issuer)?,
            subject: Name::from_der(self.subject)?,
        };
        let validity = Validity::new(time(self.from)?, time(self.until)?);
        let public_key = SubjectPublicKeyInfoOwned::from_der(self.public_key)?;
        let builder = CertificateBuilder::new(profile, serial(random)?, validity, public_key)?;
        let certificate = builder.build_with_rng::<_, rsa::pkcs1v15::Signature, _>(key, random)?;
        Ok(Certificate::from_der(&certificate.to_der()?)?)
    }
}

/// 16 random bytes, positive and of full length (RFC 5280 section 4.1.2.2).
fn serial(random: &mut Random) -> Result<SerialNumber, AuthorityError> {
    let mut serial = random::bytes::<16>(random);
    if let Some(first) = serial.first_mut() {
        *first = *first & 0x3f | 0x40;
    }
    Ok(SerialNumber::new(&serial)?)
}

/// The earlier of two times.
pub(super) fn earlier(one: OffsetDateTime, other: OffsetDateTime) -> OffsetDateTime {
    one.min(other)
}

/// Clocks of phones and servers differ; a certificate is valid this much before it was made.
pub(super) const BACKDATED: Duration = Duration::hours(1);

struct Profile {
    purpose: Purpose,
    issuer: Name,
    subject: Name,
}

impl Profile {
    fn key_usage(&self) -> FlagSet<KeyUsages> {
        let device = KeyUsages::DigitalSignature | KeyUsages::KeyEncipherment;
        match self.purpose {
            Purpose::Authority => device | KeyUsages::KeyCertSign | KeyUsages::CRLSign,
            Purpose::Device | Purpose::Requester => device,
        }
    }
}

impl BuilderProfile for Profile {
    fn get_issuer(&self, _subject: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    /// RFC 5280 section 4.2.1.
    fn build_extensions(
        &self,
        key: SubjectPublicKeyInfoRef<'_>,
        issuer_key: SubjectPublicKeyInfoRef<'_>,
        _certificate: &TbsCertificate,
    ) -> Result<Vec<Extension>, BuildError> {
        let authority = self.purpose == Purpose::Authority;
        let constraints = BasicConstraints { ca: authority, path_len_constraint: authority.then_some(0) };
        let mut extensions = Vec::new();
        let mut add = |mut extension: Extension, critical| {
            extension.critical = critical;
            extensions.push(extension);
        };
        add(constraints.to_extension(&self.subject, &[])?, true);
        add(KeyUsage(self.key_usage()).to_extension(&self.subject, &[])?, true);
        add(SubjectKeyIdentifier::try_from(key)?.to_extension(&self.subject, &[])?, false);
        if self.purpose == Purpose::Device {
            let client = ExtendedKeyUsage(vec![CLIENT_AUTHENTICATION]);
            add(client.to_extension(&self.subject, &[])?, false);
            add(issuer_identifier(issuer_key)?.to_extension(&self.subject, &[])?, false);
        }
        Ok(extensions)
    }
}

fn issuer_identifier(key: SubjectPublicKeyInfoRef<'_>) -> Result<AuthorityKeyIdentifier, BuildError> {
    let SubjectKeyIdentifier(identifier) = SubjectKeyIdentifier::try_from(key)?;
    let identifier: OctetString = identifier;
    Ok(AuthorityKeyIdentifier { key_identifier: Some(identifier), ..AuthorityKeyIdentifier::default() })
}
