//! The certificate that pushes are sent with: an organisation gets it from Apple, for one year at a time.
//!
//! The way there: a key and a request for it are made here ([`make_request`]); a vendor that Apple knows signs the request
//! ([`wrap`], where the organisation is such a vendor itself); Apple's portal takes the wrapped request and hands out a
//! certificate, which is checked before it is used ([`PushCertificate`]). Untested against Apple's portal.

mod certificate;
mod file;
mod request;

pub use certificate::{EARLY, PREFIX, PushCertificate, PushCertificateError};
pub use file::{FileError, MAX_CERTIFICATES, MAX_FILE, read_certificates, read_key, read_request};
pub use request::{RequestError, WrapError, key_to_pkcs8, make_request, to_pem, wrap};
