//! Files as people upload them: PEM (RFC 7468) with any text around, or DER.

use rsa::{pkcs1::DecodeRsaPrivateKey as _, pkcs8::DecodePrivateKey as _};
use rustls::pki_types::{
    CertificateDer, CertificateSigningRequestDer, PrivateKeyDer,
    pem::{Error as PemError, PemObject},
};

use crate::{
    ber::tag,
    certificate::{Certificate, CertificateError},
};

/// The longest file that is read, in bytes.
pub const MAX_FILE: usize = 64 * 1024;
/// How many certificates a file may have: one and its issuers.
pub const MAX_CERTIFICATES: usize = 8;

/// Why a file is not what was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// It is longer than [`MAX_FILE`].
    #[error("longer than {MAX_FILE} bytes")]
    TooLong,
    /// What was asked for is not in it.
    #[error("what was asked for is not in the file")]
    Missing,
    /// It is PEM, but damaged.
    #[error("damaged PEM")]
    Pem,
    /// More than [`MAX_CERTIFICATES`].
    #[error("more than {MAX_CERTIFICATES} certificates")]
    TooMany,
    /// One of the certificates cannot be read.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The key is encrypted.
    #[error("an encrypted key")]
    Encrypted,
    /// The key is no RSA key.
    #[error("no RSA key")]
    Key,
}

/// The certificates of a file, in its order: all those in PEM, or one in DER.
pub fn read_certificates(file: &[u8]) -> Result<Vec<Certificate>, FileError> {
    let file = bounded(file)?;
    if is_der(file) {
        return Ok(vec![Certificate::from_der(file)?]);
    }
    let mut certificates = Vec::new();
    for der in CertificateDer::pem_slice_iter(file) {
        if certificates.len() == MAX_CERTIFICATES {
            return Err(FileError::TooMany);
        }
        certificates.push(Certificate::from_der(&der.map_err(|_| FileError::Pem)?)?);
    }
    if certificates.is_empty() { Err(FileError::Missing) } else { Ok(certificates) }
}

/// The key of a file, as PKCS#8 (RFC 5958) or PKCS#1 (RFC 8017 appendix A.1.2), for those who bring a certificate along.
pub fn read_key(file: &[u8]) -> Result<rsa::PrivateKey, FileError> {
    let file = bounded(file)?;
    if is_der(file) {
        return rsa_key(file);
    }
    let encrypted = file.windows(9).any(|word| word == b"ENCRYPTED");
    match PrivateKeyDer::from_pem_slice(file) {
        Err(_) if encrypted => Err(FileError::Encrypted),
        Ok(key) => rsa_key(key.secret_der()),
        Err(error) => Err(missing(&error)),
    }
}

/// The request for a certificate of a file, in DER. It is not looked at.
pub fn read_request(file: &[u8]) -> Result<Vec<u8>, FileError> {
    let file = bounded(file)?;
    if is_der(file) {
        return Ok(file.to_vec());
    }
    let request = CertificateSigningRequestDer::from_pem_slice(file).map_err(|error| missing(&error))?;
    Ok(request.to_vec())
}

fn bounded(file: &[u8]) -> Result<&[u8], FileError> {
    if file.len() > MAX_FILE {
        return Err(FileError::TooLong);
    }
    // Editors on Windows put this mark in front.
    Ok(file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file))
}

/// PEM is text, and `0` is not what a text of it begins with.
fn is_der(file: &[u8]) -> bool {
    file.first() == Some(&tag::SEQUENCE) && std::str::from_utf8(file).is_err()
}

fn rsa_key(der: &[u8]) -> Result<rsa::PrivateKey, FileError> {
    let key = rsa::PrivateKey::from_pkcs8_der(der).ok();
    key.or_else(|| rsa::PrivateKey::from_pkcs1_der(der).ok()).ok_or(FileError::Key)
}

fn missing(error: &PemError) -> FileError {
    if matches!(error, PemError::NoItemsFound) { FileError::Missing } else { FileError::Pem }
}
