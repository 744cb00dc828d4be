//! The request for a push certificate, and what a vendor makes of it (*Setting up push notifications for your MDM
//! customers* in Apple's documentation).

use base64::{Engine as _, engine::general_purpose::STANDARD};
use der::pem::{self, LineEnding};
use plist::{Dictionary, Value};
use rsa::pkcs8::{EncodePrivateKey as _, SecretDocument};

use crate::{
    algorithm::{Digest, NoSignature, SignatureAlgorithm},
    authority::{self, AuthorityError, Subject},
    certificate::{Certificate, CertificateError},
    cms::Signer,
    csr::{self, CsrError},
    random::Random,
};

/// Why no request was made.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// The public key cannot be written.
    #[error(transparent)]
    Key(#[from] AuthorityError),
    /// The key does not sign.
    #[error(transparent)]
    Signature(#[from] NoSignature),
}

/// Why a request was not wrapped. Apple's portal would refuse it with fewer words.
#[derive(Debug, thiserror::Error)]
pub enum WrapError {
    /// The request is none, or its key is none that Apple accepts.
    #[error("the request: {0}")]
    Request(#[from] CsrError),
    /// The vendor's key is no RSA key that signs with SHA-256, or does not sign.
    #[error("the vendor's key does not sign as Apple asks for")]
    Signature,
    /// The vendor's key is not the one of its certificate.
    #[error("the vendor's key is not the one of its certificate")]
    OtherKey,
    /// One of the certificates did not issue the one before it, or the last one is no root.
    #[error("the vendor's certificates: {0}")]
    Chain(CertificateError),
    /// A text could not be written.
    #[error("cannot be written")]
    Write,
}

/// A request for a push certificate for `key`, an RSA key of 2048 bits ([`make_key`](authority::make_key)), in DER. Apple
/// takes nothing from it but the key.
pub fn make_request(key: &rsa::PrivateKey, subject: Subject<'_>, random: &mut Random) -> Result<Vec<u8>, RequestError> {
    let public_key = authority::public_key_der(key)?;
    Ok(csr::make(key, &public_key, &subject.to_der(), None, random)?)
}

/// The key as PKCS#8 in DER (RFC 5958): to be sealed and stored, never shown. The memory is wiped after use.
/// [`read_key`](super::read_key) reads it.
pub fn key_to_pkcs8(key: &rsa::PrivateKey) -> Result<SecretDocument, AuthorityError> {
    Ok(key.to_pkcs8_der()?)
}

/// A request as a file for a service that signs it (RFC 7468 section 7).
pub fn to_pem(request: &[u8]) -> Result<String, WrapError> {
    in_pem("CERTIFICATE REQUEST", request)
}

/// Signs a `request` in DER as the vendor and wraps it: the file that Apple's portal takes.
///
/// `issuers` are those of the vendor's certificate in their order, Apple's root as the last one.
pub fn wrap(request: &[u8], vendor: &mut impl Signer, issuers: &[Certificate]) -> Result<String, WrapError> {
    csr::Request::read(request)?;
    let own = vendor.certificate().clone();
    let chain: Vec<_> = std::iter::once(&own).chain(issuers).collect();
    check_chain(&chain).map_err(WrapError::Chain)?;
    if vendor.digest() != Digest::Sha256 || !matches!(vendor.algorithm(), SignatureAlgorithm::Rsa(_)) {
        return Err(WrapError::Signature);
    }
    let signature = vendor.sign(request).map_err(|_| WrapError::Signature)?;
    let key = own.public_key().map_err(WrapError::Chain)?;
    let verified = vendor.algorithm().verify(&key, request, &signature, Some(Digest::Sha256));
    verified.map_err(|_| WrapError::OtherKey)?;

    let chain: Result<String, _> = chain.into_iter().map(|it| in_pem("CERTIFICATE", it.der())).collect();
    let mut wrapped = Dictionary::new();
    let mut put = |key: &str, text: String| wrapped.insert(key.to_owned(), Value::String(text));
    put("PushCertRequestCSR", STANDARD.encode(request));
    put("PushCertCertificateChain", chain?);
    put("PushCertSignature", STANDARD.encode(signature));
    let mut xml = Vec::new();
    Value::Dictionary(wrapped).to_writer_xml(&mut xml).map_err(|_| WrapError::Write)?;
    Ok(STANDARD.encode(xml))
}

/// Checks that each certificate issued the one before, and the last one itself.
fn check_chain(chain: &[&Certificate]) -> Result<(), CertificateError> {
    let (issued, by) = (chain.iter(), chain.iter().skip(1).chain(chain.last()));
    issued.zip(by).try_for_each(|(certificate, issuer)| certificate.check_issued_by(issuer))
}

/// A block of PEM (RFC 7468).
pub(super) fn in_pem(label: &str, der: &[u8]) -> Result<String, WrapError> {
    pem::encode_string(label, LineEnding::LF, der).map_err(|_| WrapError::Write)
}
