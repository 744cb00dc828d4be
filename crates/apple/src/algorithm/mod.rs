//! Digests and signatures, and the object identifiers of everything cryptographic.

pub mod oid;

use der::asn1::ObjectIdentifier;
use rsa::Pkcs1v15Sign;
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use crate::{
    ber::{self, BerError, Reader, tag},
    random::Random,
};

/// A digest that messages are signed with. Clients of SCEP still use SHA-1 (trap T5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digest {
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

/// An algorithm that is not known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an algorithm that is not known here")]
pub struct UnknownAlgorithm;

/// A key refused to sign, or a signature is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no valid signature")]
pub struct NoSignature;

impl Digest {
    const ALL: [Self; 4] = [Self::Sha1, Self::Sha256, Self::Sha384, Self::Sha512];

    fn oid(self) -> ObjectIdentifier {
        match self {
            Self::Sha1 => oid::SHA_1,
            Self::Sha256 => oid::SHA_256,
            Self::Sha384 => oid::SHA_384,
            Self::Sha512 => oid::SHA_512,
        }
    }

    /// The signature by RSA over this digest.
    fn with_rsa(self) -> ObjectIdentifier {
        match self {
            Self::Sha1 => oid::RSA_SHA_1,
            Self::Sha256 => oid::RSA_SHA_256,
            Self::Sha384 => oid::RSA_SHA_384,
            Self::Sha512 => oid::RSA_SHA_512,
        }
    }

    fn padding(self) -> Pkcs1v15Sign {
        match self {
            Self::Sha1 => Pkcs1v15Sign::new::<Sha1>(),
            Self::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
            Self::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
            Self::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
        }
    }

    /// The digest of `bytes`.
    pub fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => Sha1::digest(bytes).to_vec(),
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha384 => Sha384::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }

    /// Reads an `AlgorithmIdentifier`.
    pub(crate) fn from_der(algorithm: &[u8]) -> Result<Self, UnknownAlgorithm> {
        let named = plain(algorithm)?;
        Self::ALL.into_iter().find(|digest| digest.oid().as_bytes() == named).ok_or(UnknownAlgorithm)
    }

    /// Its `AlgorithmIdentifier`.
    pub(crate) fn to_der(self) -> Vec<u8> {
        ber::sequence(&[&ber::object_identifier(self.oid()), &ber::null()])
    }
}

/// What signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureAlgorithm {
    /// RSA, PKCS#1 v1.5. The digest is stated beside it where it is `None`, as CMS does (RFC 3370 section 3.2).
    Rsa(Option<Digest>),
    /// ECDSA with SHA-256, which is signed with here and never verified.
    EcdsaSha256,
}

impl SignatureAlgorithm {
    /// Reads an `AlgorithmIdentifier`.
    pub(crate) fn from_der(algorithm: &[u8]) -> Result<Self, UnknownAlgorithm> {
        let named = plain(algorithm)?;
        if named == oid::RSA.as_bytes() {
            return Ok(Self::Rsa(None));
        }
        if named == oid::ECDSA_SHA_256.as_bytes() {
            return Ok(Self::EcdsaSha256);
        }
        let digest = Digest::ALL.into_iter().find(|digest| digest.with_rsa().as_bytes() == named);
        digest.map(|digest| Self::Rsa(Some(digest))).ok_or(UnknownAlgorithm)
    }

    /// Its `AlgorithmIdentifier`.
    pub(crate) fn to_der(self) -> Vec<u8> {
        let identifier = match self {
            Self::Rsa(None) => oid::RSA,
            Self::Rsa(Some(digest)) => digest.with_rsa(),
            // Without parameters (RFC 5754 section 3.3).
            Self::EcdsaSha256 => return ber::sequence(&[&ber::object_identifier(oid::ECDSA_SHA_256)]),
        };
        ber::sequence(&[&ber::object_identifier(identifier), &ber::null()])
    }

    /// Verifies `signature` of `key` over `signed`. `stated` is the digest that is named beside the signature; a digest
    /// that the algorithm itself names must be the same.
    pub(crate) fn verify(
        self,
        key: &rsa::PublicKey,
        signed: &[u8],
        signature: &[u8],
        stated: Option<Digest>,
    ) -> Result<(), NoSignature> {
        let Self::Rsa(named) = self else { return Err(NoSignature) };
        let digest = match (named, stated) {
            (Some(named), Some(stated)) if named != stated => return Err(NoSignature),
            (named, stated) => named.or(stated).ok_or(NoSignature)?,
        };
        key.verify(digest.padding(), &digest.of(signed), signature).map_err(|_| NoSignature)
    }
}

/// Signs `message` with an RSA key, PKCS#1 v1.5.
pub(crate) fn sign_rsa(
    key: &rsa::PrivateKey,
    digest: Digest,
    message: &[u8],
    random: &mut Random,
) -> Result<Vec<u8>, NoSignature> {
    key.sign_with_rng(random, digest.padding(), &digest.of(message)).map_err(|_| NoSignature)
}

/// The object identifier of an `AlgorithmIdentifier` and what follows it.
pub(crate) fn identifier(algorithm: &[u8]) -> Result<(&[u8], Reader<'_>), BerError> {
    let mut fields = Reader::only(algorithm, tag::SEQUENCE)?.reader();
    Ok((fields.expect(tag::OBJECT_IDENTIFIER)?.content, fields))
}

/// The object identifier of an `AlgorithmIdentifier` whose parameters are NULL or absent: digests and RSA have no others,
/// and readers accept both (RFC 5754 section 2).
pub(crate) fn plain(algorithm: &[u8]) -> Result<&[u8], UnknownAlgorithm> {
    let (named, mut parameters) = identifier(algorithm).map_err(|_| UnknownAlgorithm)?;
    let none = parameters.is_empty() || parameters.any().is_ok_and(|only| only.raw == ber::null());
    if none && parameters.is_empty() { Ok(named) } else { Err(UnknownAlgorithm) }
}
