//! The certificate authority in the place of Apple's.

use apple::{
    apns::Identity,
    authority::{Subject, key_from_pkcs8, key_to_pkcs8, make_key, public_key_der},
    ber,
    certificate::{Certificate, CertificateError},
    csr::{CsrError, Request},
    push_certificate::{FileError, read_request},
    random::Random,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use der::{
    Decode as _, Encode as _,
    asn1::{Ia5String, ObjectIdentifier, OctetString},
};
use rsa::{PrivateKey, pkcs1v15::SigningKey, pkcs8::SecretDocument};
use sha2::{Digest as _, Sha256};
use std::{net::Ipv4Addr, ops::Range};
use time::{Duration, OffsetDateTime};
use x509_cert::{
    TbsCertificate,
    builder::{Builder as _, CertificateBuilder, Error as BuildError, profile::BuilderProfile},
    ext::{
        Extension, ToExtension as _,
        pkix::{BasicConstraints, ExtendedKeyUsage, SubjectAltName, name::GeneralName},
    },
    name::Name,
    serial_number::SerialNumber,
    spki::{SubjectPublicKeyInfoOwned, SubjectPublicKeyInfoRef},
    time::Validity,
};

/// `uid`, where Apple writes the topic (RFC 4519 section 2.39).
const USER_ID: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.9.2342.19200300.100.1.1");
/// `id-kp-clientAuth` and `id-kp-serverAuth` (RFC 5280 section 4.2.1.12).
const CLIENT: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.2");
const SERVER: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.1");
/// How long the authority is valid.
const AUTHORITY_LIFE: Duration = Duration::days(10 * 365);
/// Clocks differ; a certificate is valid this much before it was made.
const BACKDATED: Duration = Duration::hours(1);
/// How long Apple's push certificates are valid.
const PUSH_LIFE: Duration = Duration::days(365);

/// Why a certificate was not made or read.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// A key could not be made, read or written.
    #[error("the key: {0}")]
    Key(#[from] apple::authority::AuthorityError),
    /// A certificate could not be made.
    #[error("the certificate could not be made: {0}")]
    Build(#[from] BuildError),
    /// A part of a certificate could not be written.
    #[error("the certificate could not be made: {0}")]
    Der(#[from] der::Error),
    /// A certificate cannot be read.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// A date that no certificate can state.
    #[error("a date that no certificate can state")]
    Date,
    /// The file is neither a request nor one that a vendor wrapped.
    #[error("no request for a certificate: {0}")]
    File(#[from] FileError),
    /// The request in the file is refused.
    #[error("the request: {0}")]
    Request(#[from] CsrError),
}

/// A certificate authority that issues push certificates as Apple's portal does, and certificates for [`PretendedApns`]
/// itself.
///
/// [`PretendedApns`]: crate::PretendedApns
pub struct PretendedApple {
    certificate: Certificate,
    key: PrivateKey,
}

/// What is to be certified.
struct Draft<'a> {
    /// Names in DER.
    issuer: &'a [u8],
    subject: &'a [u8],
    public_key: &'a [u8],
    valid: Range<OffsetDateTime>,
    extensions: Vec<Extension>,
}

impl PretendedApple {
    /// A new authority.
    pub fn make(now: OffsetDateTime, random: &mut Random) -> Result<Self, AuthorityError> {
        let key = make_key(random)?;
        let (name, public_key) = (name("Pretended Apple"), public_key_der(&key)?);
        let constraints = BasicConstraints { ca: true, path_len_constraint: Some(0) };
        let draft = Draft {
            issuer: &name,
            subject: &name,
            public_key: &public_key,
            valid: now - BACKDATED..now + AUTHORITY_LIFE,
            extensions: vec![critical(constraints.to_extension(&Name::from_der(&name)?, &[])?)],
        };
        let certificate = draft.sign(&key, random)?;
        Ok(Self { certificate, key })
    }

    /// One that was made before: its certificate in DER, and its key as [`Self::key_to_pkcs8`] wrote it.
    pub fn read(certificate: &[u8], key: &[u8]) -> Result<Self, AuthorityError> {
        Ok(Self { certificate: Certificate::from_der(certificate)?, key: key_from_pkcs8(key)? })
    }

    /// Its certificate: what clients of the push service have to trust.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Its key.
    pub fn key_to_pkcs8(&self) -> Result<SecretDocument, AuthorityError> {
        Ok(key_to_pkcs8(&self.key)?)
    }

    /// A push certificate for the key of a request, as Apple's portal issues it. The file is the one that a vendor wrapped,
    /// or the request itself in PEM. Renewing a certificate means naming its `topic` again.
    pub fn answer(
        &self,
        file: &[u8],
        topic: &str,
        valid: Range<OffsetDateTime>,
        random: &mut Random,
    ) -> Result<Certificate, AuthorityError> {
        let request = match unwrapped(file) {
            Some(request) => request,
            None => read_request(file)?,
        };
        let request = Request::read(&request)?;
        self.push_certificate(request.public_key_der(), topic, valid, random)
    }

    /// A push certificate for a key: a `SubjectPublicKeyInfo` in DER.
    pub fn push_certificate(
        &self,
        public_key: &[u8],
        topic: &str,
        valid: Range<OffsetDateTime>,
        random: &mut Random,
    ) -> Result<Certificate, AuthorityError> {
        let user_id = ber::sequence(&[&ber::object_identifier(USER_ID), &ber::utf8_string(topic)]);
        let subject = ber::sequence(&[&ber::set(&user_id), &named(&format!("APSP:{topic}"))]);
        self.issue(public_key, &subject, valid, CLIENT, None, random)
    }

    /// When certificates are valid that are made now, as Apple makes them: for a year.
    pub fn year_from(now: OffsetDateTime) -> Range<OffsetDateTime> {
        now - BACKDATED..now + PUSH_LIFE
    }

    /// A push certificate with a new key: what a client of the push service proves itself with.
    pub fn push_identity(
        &self,
        topic: &str,
        valid: Range<OffsetDateTime>,
        random: &mut Random,
    ) -> Result<Identity, AuthorityError> {
        let key = make_key(random)?;
        let certificate = self.push_certificate(&public_key_der(&key)?, topic, valid, random)?;
        Ok(Identity {
            certificates: vec![certificate.der().to_vec(), self.certificate.der().to_vec()],
            key: key_to_pkcs8(&key)?.as_bytes().to_vec(),
        })
    }

    /// What a server on this host (`localhost`, 127.0.0.1) proves itself with, with a new key.
    pub fn server_identity(&self, now: OffsetDateTime, random: &mut Random) -> Result<Identity, AuthorityError> {
        let key = make_key(random)?;
        let host = SubjectAltName(vec![
            GeneralName::DnsName(Ia5String::new("localhost")?),
            GeneralName::IpAddress(OctetString::new(Ipv4Addr::LOCALHOST.octets())?),
        ]);
        let (public_key, valid) = (public_key_der(&key)?, Self::year_from(now));
        let certificate = self.issue(&public_key, &name("localhost"), valid, SERVER, Some(host), random)?;
        Ok(Identity { certificates: vec![certificate.der().to_vec()], key: key_to_pkcs8(&key)?.as_bytes().to_vec() })
    }

    fn issue(
        &self,
        public_key: &[u8],
        subject: &[u8],
        valid: Range<OffsetDateTime>,
        purpose: ObjectIdentifier,
        host: Option<SubjectAltName>,
        random: &mut Random,
    ) -> Result<Certificate, AuthorityError> {
        let name = Name::from_der(subject)?;
        let constraints = BasicConstraints { ca: false, path_len_constraint: None };
        let mut extensions = vec![
            critical(constraints.to_extension(&name, &[])?),
            ExtendedKeyUsage(vec![purpose]).to_extension(&name, &[])?,
        ];
        if let Some(host) = host {
            extensions.push(host.to_extension(&name, &[])?);
        }
        let issuer = self.certificate.subject();
        Draft { issuer, subject, public_key, valid, extensions }.sign(&self.key, random)
    }
}

impl Draft<'_> {
    fn sign(self, key: &PrivateKey, random: &mut Random) -> Result<Certificate, AuthorityError> {
        let profile = Profile {
            issuer: Name::from_der(self.issuer)?,
            subject: Name::from_der(self.subject)?,
            extensions: self.extensions,
        };
        let validity = Validity::new(moment(self.valid.start)?, moment(self.valid.end)?);
        let public_key = SubjectPublicKeyInfoOwned::from_der(self.public_key)?;
        let serial = serial(self.public_key, self.valid.start)?;
        let builder = CertificateBuilder::new(profile, serial, validity, public_key)?;
        let signing = SigningKey::<Sha256>::new(key.clone());
        let certificate = builder.build_with_rng::<_, rsa::pkcs1v15::Signature, _>(&signing, random)?;
        Ok(Certificate::from_der(&certificate.to_der()?)?)
    }
}

struct Profile {
    issuer: Name,
    subject: Name,
    extensions: Vec<Extension>,
}

impl BuilderProfile for Profile {
    fn get_issuer(&self, _subject: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        _key: SubjectPublicKeyInfoRef<'_>,
        _issuer_key: SubjectPublicKeyInfoRef<'_>,
        _certificate: &TbsCertificate,
    ) -> Result<Vec<Extension>, BuildError> {
        Ok(self.extensions.clone())
    }
}

/// The request in a file that a vendor wrapped (`PushCertRequestCSR`), in DER.
fn unwrapped(file: &[u8]) -> Option<Vec<u8>> {
    let xml = STANDARD.decode(file.trim_ascii()).ok()?;
    let wrapped = plist::Value::from_reader_xml(xml.as_slice()).ok()?;
    let request = wrapped.as_dictionary()?.get("PushCertRequestCSR")?.as_string()?;
    STANDARD.decode(request).ok()
}

fn name(common_name: &str) -> Vec<u8> {
    Subject { organization: "", common_name }.to_der()
}

/// One `RelativeDistinguishedName` with a common name.
fn named(text: &str) -> Vec<u8> {
    const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
    ber::set(&ber::sequence(&[&ber::object_identifier(COMMON_NAME), &ber::utf8_string(text)]))
}

fn critical(extension: Extension) -> Extension {
    Extension { critical: true, ..extension }
}

fn moment(at: OffsetDateTime) -> Result<x509_cert::time::Time, AuthorityError> {
    let seconds = u64::try_from(at.unix_timestamp()).map_err(|_| AuthorityError::Date)?;
    let at = der::DateTime::from_unix_duration(std::time::Duration::from_secs(seconds));
    Ok(at.map_err(|_| AuthorityError::Date)?.into())
}

/// Another one for each key and time.
fn serial(public_key: &[u8], from: OffsetDateTime) -> Result<SerialNumber, AuthorityError> {
    let digest = Sha256::new().chain_update(public_key).chain_update(from.unix_timestamp().to_be_bytes()).finalize();
    let mut serial = [0; 16];
    serial.iter_mut().zip(&digest).for_each(|(to, from)| *to = *from);
    serial[0] = serial[0] & 0x3f | 0x40;
    Ok(SerialNumber::new(&serial)?)
}
