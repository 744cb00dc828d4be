//! Makes signed data.

use der::{Encode as _, asn1::ObjectIdentifier};
use time::OffsetDateTime;

use crate::{
    algorithm::{self, Digest, NoSignature, SignatureAlgorithm, oid},
    ber::{self, tag},
    certificate::{Certificate, time},
    random::Random,
};

/// A key that signs, with the certificate that says whose it is. [`RsaSigner`] is one; a caller with a key of another kind
/// or in another place brings its own.
pub trait Signer {
    /// The certificate of the key.
    fn certificate(&self) -> &Certificate;
    /// The digest over the content.
    fn digest(&self) -> Digest;
    /// What kind of signature it makes.
    fn algorithm(&self) -> SignatureAlgorithm;
    /// Signs `message`, which was not hashed before.
    fn sign(&mut self, message: &[u8]) -> Result<Vec<u8>, NoSignature>;
}

/// Signs with an RSA key, PKCS#1 v1.5 (RFC 3370 section 3.2).
pub struct RsaSigner<'a> {
    /// The key.
    pub key: &'a rsa::PrivateKey,
    /// Its certificate.
    pub certificate: &'a Certificate,
    /// The digest.
    pub digest: Digest,
    /// Hides the key from whoever measures times.
    pub random: &'a mut Random,
}

impl Signer for RsaSigner<'_> {
    fn certificate(&self) -> &Certificate {
        self.certificate
    }

    fn digest(&self) -> Digest {
        self.digest
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::Rsa(None)
    }

    fn sign(&mut self, message: &[u8]) -> Result<Vec<u8>, NoSignature> {
        algorithm::sign_rsa(self.key, self.digest, message, self.random)
    }
}

/// An attribute to sign beside the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// What it is.
    pub named: ObjectIdentifier,
    /// Its one value in DER.
    pub value: Vec<u8>,
}

/// What is said beside the content.
#[derive(Clone, Debug, Default)]
pub struct Signing<'a> {
    /// Stated as the signing time, if given; not before 1970 (RFC 5652 section 11.3).
    pub at: Option<OffsetDateTime>,
    /// Attributes besides those that every message has.
    pub attributes: Vec<Attribute>,
    /// Certificates besides the signer's: its issuers.
    pub chain: Vec<&'a Certificate>,
}

/// Signs `content`, which becomes part of the message (RFC 5652 section 5).
pub fn sign_attached(content: &[u8], signer: &mut impl Signer, signing: &Signing<'_>) -> Result<Vec<u8>, NoSignature> {
    let inside = ber::explicit(0, &ber::octet_string(content));
    sign(content, &inside, signer, signing)
}

/// Signs `content`, which travels apart from the message.
pub fn sign_detached(content: &[u8], signer: &mut impl Signer, signing: &Signing<'_>) -> Result<Vec<u8>, NoSignature> {
    sign(content, &[], signer, signing)
}

fn sign(
    content: &[u8],
    inside: &[u8],
    signer: &mut impl Signer,
    signing: &Signing<'_>,
) -> Result<Vec<u8>, NoSignature> {
    let attributes = attributes(&signer.digest().of(content), signing)?;
    let signature = signer.sign(&ber::tlv(tag::SET, &attributes))?;
    let digest = signer.digest().to_der();
    let info = ber::sequence(&[
        &ber::integer(1),
        &signer.certificate().issuer_and_serial(),
        &digest,
        &ber::tlv(tag::CONTEXT_0, &attributes),
        &signer.algorithm().to_der(),
        &ber::octet_string(&signature),
    ]);
    let mut certificates = vec![signer.certificate().der().to_vec()];
    certificates.extend(signing.chain.iter().map(|certificate| certificate.der().to_vec()));
    let data = ber::sequence(&[
        &ber::integer(1),
        &ber::set(&digest),
        &ber::sequence(&[&ber::object_identifier(oid::DATA), inside]),
        &ber::explicit(0, &ber::set_of(certificates)),
        &ber::set(&info),
    ]);
    Ok(ber::sequence(&[&ber::object_identifier(oid::SIGNED_DATA), &ber::explicit(0, &data)]))
}

/// The attributes in the order of DER, without a tag around them: it differs between what is signed and what is sent.
fn attributes(digest: &[u8], signing: &Signing<'_>) -> Result<Vec<u8>, NoSignature> {
    let mut attributes = vec![
        attribute(oid::CONTENT_TYPE, &ber::object_identifier(oid::DATA)),
        attribute(oid::MESSAGE_DIGEST, &ber::octet_string(digest)),
    ];
    if let Some(at) = signing.at {
        let at = time(at).ok().and_then(|at| at.to_der().ok()).ok_or(NoSignature)?;
        attributes.push(attribute(oid::SIGNING_TIME, &at));
    }
    attributes.extend(signing.attributes.iter().map(|other| attribute(other.named, &other.value)));
    Ok(ber::set_of(attributes))
}

fn attribute(named: ObjectIdentifier, value: &[u8]) -> Vec<u8> {
    ber::sequence(&[&ber::object_identifier(named), &ber::set(value)])
}
