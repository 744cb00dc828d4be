//! Verifies signed data: `Mdm-Signature` headers, messages of SCEP, signed profiles.

use super::parts::{Attributes, SignedData};
use crate::{
    algorithm::{Digest, NoSignature, SignatureAlgorithm, UnknownAlgorithm, oid},
    ber::{self, BerError, Reader, Tlv, tag},
    certificate::{Certificate, CertificateError},
};

/// Why a signed message is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignedError {
    /// It cannot be read.
    #[error("unreadable: {0}")]
    Malformed(#[from] BerError),
    /// It is a message of another kind.
    #[error("no signed data")]
    NotSigned,
    /// A certificate in it cannot be read, or its key cannot be used.
    #[error("a certificate in it: {0}")]
    Certificate(#[from] CertificateError),
    /// It brings more certificates than [`MAX_CERTIFICATES`](super::MAX_CERTIFICATES).
    #[error("too many certificates")]
    TooManyCertificates,
    /// It has no signer, or several.
    #[error("{0} signers instead of one")]
    Signers(usize),
    /// The signer's certificate is missing.
    #[error("the signer's certificate is missing")]
    UnknownSigner,
    /// The content is missing, or there is one in a message whose content came apart from it.
    #[error("the content is missing or there twice")]
    Content,
    /// A digest or a signature of an unknown kind.
    #[error(transparent)]
    Algorithm(#[from] UnknownAlgorithm),
    /// A signed attribute is missing, double, or has several values.
    #[error("signed attributes are missing or double")]
    Attributes,
    /// The content is not plain data, or another type of it was signed (trap T14).
    #[error("the content is not plain data, or another type of it was signed")]
    ContentType,
    /// The content is not what was signed.
    #[error("the content is not what was signed")]
    Digest,
    /// The signature is wrong.
    #[error("the signature is wrong")]
    Signature,
}

impl From<NoSignature> for SignedError {
    fn from(_: NoSignature) -> Self {
        Self::Signature
    }
}

/// A message whose one signature is right. Who the signer is and whether that one is trusted is for the caller to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// What was signed; empty if it came apart from the message.
    pub content: Vec<u8>,
    /// The signer's certificate.
    pub signer: Certificate,
    /// All certificates of the message, the signer's among them.
    pub certificates: Vec<Certificate>,
    /// What else was signed. The signing time among it proves nothing (trap T12).
    pub attributes: Attributes,
    /// The digest that was used.
    pub digest: Digest,
}

/// Verifies a message that contains what it signs (RFC 5652 section 5.2).
pub fn verify_attached(message: &[u8]) -> Result<Verified, SignedError> {
    let message = ber::normalise(message)?;
    let data = SignedData::read(&message)?;
    let content = data.content.ok_or(SignedError::Content)?;
    verify(data, content, content.to_vec())
}

/// Verifies a message that signs `content`, which came apart from it: a `Mdm-Signature` over a body.
pub fn verify_detached(message: &[u8], content: &[u8]) -> Result<Verified, SignedError> {
    let message = ber::normalise(message)?;
    let data = SignedData::read(&message)?;
    if data.content.is_some() {
        return Err(SignedError::Content);
    }
    verify(data, content, Vec::new())
}

fn verify(data: SignedData<'_>, content: &[u8], kept: Vec<u8>) -> Result<Verified, SignedError> {
    let [signer] = data.signers.as_slice() else { return Err(SignedError::Signers(data.signers.len())) };
    // All that is signed here is plain data. Where no attributes are signed it cannot be anything else (RFC 5652 section
    // 5.3): nothing else would say what it is.
    if data.content_type != oid::DATA.as_bytes() {
        return Err(SignedError::ContentType);
    }
    let info = SignerInfo::read(*signer)?;
    let certificate = data.certificates.iter().find(|certificate| info.means(certificate));
    let certificate = certificate.ok_or(SignedError::UnknownSigner)?.clone();
    let key = certificate.public_key()?;
    let attributes = if let Some(set) = info.attributes {
        let attributes = Attributes::read(set)?;
        check_attributes(&attributes, data.content_type, &info.digest.of(content))?;
        info.algorithm.verify(&key, &signed_form(set), info.signature, Some(info.digest))?;
        attributes
    } else {
        info.algorithm.verify(&key, content, info.signature, Some(info.digest))?;
        Attributes::default()
    };
    let digest = info.digest;
    Ok(Verified { content: kept, signer: certificate, certificates: data.certificates, attributes, digest })
}

/// The attributes in the form that is signed: with the tag of a SET in place of `[0]` (RFC 5652 section 5.4; trap T4).
fn signed_form(attributes: Tlv<'_>) -> Vec<u8> {
    ber::tlv(tag::SET, attributes.content)
}

/// Checks the two attributes that must be there (RFC 5652 sections 11.1 and 11.2).
fn check_attributes(attributes: &Attributes, content_type: &[u8], digest: &[u8]) -> Result<(), SignedError> {
    let named = attributes.value(oid::CONTENT_TYPE, tag::OBJECT_IDENTIFIER).ok_or(SignedError::Attributes)?;
    if named != content_type {
        return Err(SignedError::ContentType);
    }
    let stated = attributes.value(oid::MESSAGE_DIGEST, tag::OCTET_STRING).ok_or(SignedError::Attributes)?;
    if stated == digest { Ok(()) } else { Err(SignedError::Digest) }
}

/// How a signer or a recipient is named (RFC 5652 sections 5.3 and 6.2.1).
pub(super) enum Name<'a> {
    IssuerAndSerial(&'a [u8]),
    KeyIdentifier(&'a [u8]),
}

impl<'a> Name<'a> {
    pub fn read(fields: &mut Reader<'a>) -> Result<Self, BerError> {
        match fields.optional(tag::CONTEXT_0_PRIMITIVE)? {
            Some(identifier) => Ok(Self::KeyIdentifier(identifier.content)),
            None => Ok(Self::IssuerAndSerial(fields.expect(tag::SEQUENCE)?.raw)),
        }
    }

    pub fn means(&self, certificate: &Certificate) -> bool {
        match self {
            Self::IssuerAndSerial(named) => certificate.issuer_and_serial() == *named,
            Self::KeyIdentifier(named) => certificate.key_identifier() == Some(*named),
        }
    }
}

/// One `SignerInfo` (RFC 5652 section 5.3).
struct SignerInfo<'a> {
    name: Name<'a>,
    digest: Digest,
    attributes: Option<Tlv<'a>>,
    algorithm: SignatureAlgorithm,
    signature: &'a [u8],
}

impl<'a> SignerInfo<'a> {
    fn read(info: Tlv<'a>) -> Result<Self, SignedError> {
        let mut fields = info.reader();
        fields.expect(tag::INTEGER)?; // version
        let name = Name::read(&mut fields)?;
        let digest = Digest::from_der(fields.expect(tag::SEQUENCE)?.raw)?;
        let attributes = fields.optional(tag::CONTEXT_0)?;
        let algorithm = SignatureAlgorithm::from_der(fields.expect(tag::SEQUENCE)?.raw)?;
        let signature = fields.expect(tag::OCTET_STRING)?.content;
        fields.optional(tag::CONTEXT_1)?; // attributes that nobody signed
        fields.finish()?;
        Ok(Self { name, digest, attributes, algorithm, signature })
    }

    fn means(&self, certificate: &Certificate) -> bool {
        self.name.means(certificate)
    }
}
