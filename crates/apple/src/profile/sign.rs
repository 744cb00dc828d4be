//! Signs profiles with the TLS certificate of a host that phones trust, so that they call it verified.

use rustls::{
    SignatureScheme,
    crypto::ring::sign::any_supported_type,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    sign::{CertifiedKey, Signer as TlsSigner},
};
use time::OffsetDateTime;

use crate::{
    algorithm::{Digest, NoSignature, SignatureAlgorithm},
    certificate::{Certificate, CertificateError},
    cms::{self, Signer, Signing},
    push_certificate::{FileError, MAX_FILE, read_certificates},
};

/// Why a certificate and its key sign nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignerError {
    /// The file of the certificates.
    #[error("the file of the certificate: {0}")]
    Certificates(#[from] FileError),
    /// A certificate says something impossible.
    #[error("the certificate: {0}")]
    Certificate(#[from] CertificateError),
    /// The file of the key has none that can be used.
    #[error("no RSA or P-256 key in PEM")]
    Key,
    /// The key is another one.
    #[error("the key does not belong to the certificate, which has to come first in its file")]
    OtherKey,
    /// The certificate is not valid yet, or not any more.
    #[error("the certificate is not valid at this time")]
    Expired,
}

/// A certificate with its key, which signs profiles.
#[derive(Debug)]
pub struct ProfileSigner {
    certificates: Vec<Certificate>,
    key: Box<dyn TlsSigner>,
    algorithm: SignatureAlgorithm,
}

impl ProfileSigner {
    /// Reads the certificate with its issuers, and its key, both in PEM. `now` has to be within the certificate's time.
    ///
    /// # Errors
    /// See [`SignerError`].
    pub fn read(certificates: &[u8], key: &[u8], now: OffsetDateTime) -> Result<Self, SignerError> {
        let certificates = read_certificates(certificates)?;
        let first = certificates.first().ok_or(FileError::Missing)?;
        if now < first.not_before()? || first.not_after()? < now {
            return Err(SignerError::Expired);
        }
        if key.len() > MAX_FILE {
            return Err(FileError::TooLong.into());
        }
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| SignerError::Key)?;
        let key = any_supported_type(&key).map_err(|_| SignerError::Key)?;
        let chain = vec![CertificateDer::from(first.der().to_vec())];
        let pair = CertifiedKey::new(chain, key);
        pair.keys_match().map_err(|_| SignerError::OtherKey)?;
        let schemes = [SignatureScheme::RSA_PKCS1_SHA256, SignatureScheme::ECDSA_NISTP256_SHA256];
        let key = pair.key.choose_scheme(&schemes).ok_or(SignerError::Key)?;
        let algorithm = match key.scheme() {
            SignatureScheme::RSA_PKCS1_SHA256 => SignatureAlgorithm::Rsa(None),
            _ => SignatureAlgorithm::EcdsaSha256,
        };
        Ok(Self { certificates, key, algorithm })
    }

    /// Signs a profile, which is then part of the message.
    ///
    /// # Errors
    /// The key refuses.
    pub fn sign(&self, profile: &[u8], now: OffsetDateTime) -> Result<Vec<u8>, NoSignature> {
        let [certificate, chain @ ..] = self.certificates.as_slice() else { return Err(NoSignature) };
        let signing = Signing { at: Some(now), chain: chain.iter().collect(), ..Signing::default() };
        cms::sign_attached(profile, &mut ByKey { certificate, signer: self }, &signing)
    }
}

/// A signature with the certificate that it is of.
struct ByKey<'a> {
    certificate: &'a Certificate,
    signer: &'a ProfileSigner,
}

impl Signer for ByKey<'_> {
    fn certificate(&self) -> &Certificate {
        self.certificate
    }

    fn digest(&self) -> Digest {
        Digest::Sha256
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        self.signer.algorithm
    }

    fn sign(&mut self, message: &[u8]) -> Result<Vec<u8>, NoSignature> {
        self.signer.key.sign(message).map_err(|_| NoSignature)
    }
}
