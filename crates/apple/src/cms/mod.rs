//! Cryptographic Message Syntax (RFC 5652), as far as Apple's MDM and SCEP use it: signed data with one signer, enveloped
//! data for RSA keys, and bundles of certificates.
//!
//! What is read may be BER; what is written is DER. Both halves are here: the server's and the phone's.

mod certificates;
mod cipher;
mod enveloped;
mod parts;
mod sign;
mod verify;

pub use certificates::{certificates_only, read_certificates};
pub use cipher::Cipher;
pub use enveloped::{EnvelopeError, Opened, decrypt, encrypt};
pub use parts::{Attributes, MAX_ATTRIBUTES, MAX_CERTIFICATES};
pub use sign::{Attribute, RsaSigner, Signer, Signing, sign_attached, sign_detached};
pub use verify::{SignedError, Verified, verify_attached, verify_detached};
