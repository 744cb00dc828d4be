//! Requests for certificates (PKCS#10, RFC 2986).

use der::asn1::ObjectIdentifier;
use rsa::{pkcs8::DecodePublicKey as _, traits::PublicKeyParts as _};
use sha2::{Digest as _, Sha256};

use crate::{
    algorithm::{self, Digest, NoSignature, SignatureAlgorithm, UnknownAlgorithm},
    ber::{self, BerError, Reader, Tlv, tag},
    certificate::{CertificateError, whole_bytes},
    random::Random,
};

/// `challengePassword` (RFC 2985 section 5.4.1).
const CHALLENGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.7");
/// The longest challenge in bytes (`pkcs-9-ub-challengePassword`, RFC 2985 appendix A).
pub const MAX_CHALLENGE: usize = 255;
/// The smallest key that gets a certificate, in bits.
pub const MIN_KEY_BITS: u32 = 2048;
/// The largest key that gets a certificate, in bits.
pub const MAX_KEY_BITS: u32 = 4096;
/// The one public exponent that gets a certificate.
pub const EXPONENT: u64 = 65_537;

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CsrError {
    /// It cannot be read.
    #[error("unreadable: {0}")]
    Malformed(#[from] BerError),
    /// Its signature does not consist of whole bytes.
    #[error(transparent)]
    Bits(#[from] CertificateError),
    /// It is signed in an unknown way.
    #[error(transparent)]
    Algorithm(#[from] UnknownAlgorithm),
    /// Its key is no RSA key.
    #[error("no RSA key")]
    Key,
    /// Its key has another size than [`MIN_KEY_BITS`] to [`MAX_KEY_BITS`].
    #[error("a key of {0} bits")]
    KeySize(u32),
    /// Its key has another exponent than [`EXPONENT`].
    #[error("a key with another exponent than {EXPONENT}")]
    Exponent,
    /// Whoever sent it did not prove to have the key.
    #[error("not signed with the key that it names")]
    Signature,
    /// It has several challenges, or one that is no text or longer than [`MAX_CHALLENGE`].
    #[error("an unusable challenge")]
    Challenge,
}

impl From<NoSignature> for CsrError {
    fn from(_: NoSignature) -> Self {
        Self::Signature
    }
}

/// A request whose sender has the key that it names.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    public_key: Vec<u8>,
    challenge: Option<String>,
}

impl std::fmt::Debug for Request {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The challenge is a secret.
        formatter.debug_struct("Request").finish_non_exhaustive()
    }
}

impl Request {
    /// Reads a request in DER and verifies its signature over the bytes as they came: senders do not sort its attributes
    /// as DER asks for (trap T3).
    pub fn read(der: &[u8]) -> Result<Self, CsrError> {
        let mut request = Reader::only(der, tag::SEQUENCE)?.reader();
        let signed = request.expect(tag::SEQUENCE)?;
        let algorithm = request.expect(tag::SEQUENCE)?;
        let signature = whole_bytes(request.expect(tag::BIT_STRING)?)?;
        request.finish()?;

        let mut fields = signed.reader();
        fields.expect(tag::INTEGER)?; // version
        fields.expect(tag::SEQUENCE)?; // the subject, which is not taken over
        let public_key = fields.expect(tag::SEQUENCE)?.raw;
        let attributes = fields.optional(tag::CONTEXT_0)?;
        fields.finish()?;

        let key = acceptable(public_key)?;
        SignatureAlgorithm::from_der(algorithm.raw)?.verify(&key, signed.raw, signature, None)?;
        let challenge = attributes.map_or(Ok(None), challenge)?;
        Ok(Self { public_key: public_key.to_vec(), challenge })
    }

    /// The key to be certified: a `SubjectPublicKeyInfo` in DER.
    pub fn public_key_der(&self) -> &[u8] {
        &self.public_key
    }

    /// The SHA-256 of [`Self::public_key_der`].
    pub fn public_key_hash(&self) -> [u8; 32] {
        Sha256::digest(&self.public_key).into()
    }

    /// The challenge: the secret that the sender was given to be let in with.
    pub fn challenge(&self) -> Option<&str> {
        self.challenge.as_deref()
    }
}

/// The key, if it is of a size and kind that gets a certificate.
fn acceptable(public_key: &[u8]) -> Result<rsa::PublicKey, CsrError> {
    let key = rsa::PublicKey::from_public_key_der(public_key).map_err(|_| CsrError::Key)?;
    let bits = key.n().bit_width();
    if !(MIN_KEY_BITS..=MAX_KEY_BITS).contains(&bits) {
        return Err(CsrError::KeySize(bits));
    }
    if *key.e() == rsa::BoxedUint::from(EXPONENT) { Ok(key) } else { Err(CsrError::Exponent) }
}

/// The challenge among the attributes.
fn challenge(attributes: Tlv<'_>) -> Result<Option<String>, CsrError> {
    let mut attributes = attributes.reader();
    let mut found = None;
    while !attributes.is_empty() {
        let mut attribute = attributes.sequence()?;
        let named = attribute.expect(tag::OBJECT_IDENTIFIER)?;
        let mut values = attribute.expect(tag::SET)?.reader();
        if named.content != CHALLENGE.as_bytes() {
            continue;
        }
        let value = values.any()?;
        values.finish()?;
        let text = text(value).ok_or(CsrError::Challenge)?;
        if found.replace(text).is_some() {
            return Err(CsrError::Challenge);
        }
    }
    Ok(found)
}

fn text(value: Tlv<'_>) -> Option<String> {
    let text = matches!(value.tag, tag::PRINTABLE_STRING | tag::UTF8_STRING | tag::IA5_STRING);
    let short = value.content.len() <= MAX_CHALLENGE;
    (text && short).then(|| String::from_utf8(value.content.to_vec()).ok()).flatten()
}

/// Makes a request for `public_key`, the public half of `key`, signed with SHA-256. `subject` is a Name in DER.
pub fn make(
    key: &rsa::PrivateKey,
    public_key: &[u8],
    subject: &[u8],
    challenge: Option<&str>,
    random: &mut Random,
) -> Result<Vec<u8>, NoSignature> {
    let challenge = challenge.map(|challenge| {
        let value = ber::set(&ber::utf8_string(challenge));
        ber::sequence(&[&ber::object_identifier(CHALLENGE), &value])
    });
    let attributes = ber::explicit(0, &challenge.unwrap_or_default());
    let signed = ber::sequence(&[&ber::integer(0), subject, public_key, &attributes]);
    let signature = algorithm::sign_rsa(key, Digest::Sha256, &signed, random)?;
    let algorithm = SignatureAlgorithm::Rsa(Some(Digest::Sha256)).to_der();
    let bits = ber::tlv(tag::BIT_STRING, &[&[0], signature.as_slice()].concat());
    Ok(ber::sequence(&[&signed, &algorithm, &bits]))
}
