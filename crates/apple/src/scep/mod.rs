//! Simple Certificate Enrolment Protocol (RFC 8894): how a phone gets the certificate that names it.
//!
//! The server's half is [`Message`], the phone's half is [`ask`]. Which challenge lets whom in, and which certificate was
//! issued for what, is the business of the caller.

mod attributes;
mod client;
mod query;
mod server;

pub use attributes::{FailInfo, Kind, MAX_NONCE, MAX_TRANSACTION};
pub use client::{Asked, ClientError, Requester, Wish, ask};
pub use query::{MAX_QUERY, QueryError, message_from_query, message_to_query};
pub use server::{Message, MessageError, OpenError, Operation, ReplyError};

/// The answer to `GetCACaps` (RFC 8894 section 3.5.2), one capability a line. What iOS needs is listed by name; clients
/// use less than it says all the same (trap T5). strongSwan 5.9.8 misses its own word for AES (trap T8).
pub const CAPABILITIES: &str = "SHA-1\nSHA-256\nSHA-512\nAES\nDES3\nPOSTPKIOperation\nSCEPStandard\nRenewal\n";
/// The type of the answer to `GetCACaps`.
pub const CAPABILITIES_TYPE: &str = "text/plain";
/// The type of the answer to `GetCACert` with one certificate in DER (RFC 8894 section 4.2.1.1).
pub const CERTIFICATE_TYPE: &str = "application/x-x509-ca-cert";
/// The type of requests and answers of `PKIOperation` (RFC 8894 section 4.3).
pub const MESSAGE_TYPE: &str = "application/x-pki-message";
