//! Push certificates: what Apple issues to an organisation, so that it can ask its phones to call.

use super::Sealed;
use crate::{
    Timestamp,
    types::{ids::PushCertificateId, text_enum::text_enum},
};

text_enum! {
    /// How far a push certificate is.
    PushCertificateState {
        /// There is a key, and a request that can be given to Apple.
        Requested = "requested", "Requested";
        /// Pushes are sent with it.
        Active = "active", "Active";
        /// Another one took its place.
        Replaced = "replaced", "Replaced";
    }
}

/// A key that was made here or imported, and the certificate that Apple issued for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushCertificate {
    /// Identity.
    pub id: PushCertificateId,
    /// How far it is.
    pub state: PushCertificateState,
    /// What pushes are sent on: phones are enrolled for one topic.
    pub topic: Option<String>,
    /// The certificate in PEM, its own first.
    pub certificate: Option<String>,
    /// The key (PKCS#8), encrypted.
    pub key: Sealed,
    /// When the certificate expires.
    pub not_after: Option<Timestamp>,
    /// The account at Apple that it has to be renewed with, as the admin wrote it.
    pub apple_id: Option<String>,
    /// When the admins were last mailed that it expires.
    pub warned_at: Option<Timestamp>,
    /// When the key was made or imported.
    pub made_at: Timestamp,
    /// When the certificate was uploaded.
    pub uploaded_at: Option<Timestamp>,
    /// Version at which it was read (optimistic concurrency); 0 if not stored yet.
    pub version: u64,
}
