//! iPhones and iPads under Apple's MDM protocol.

mod enrollments;
mod identities;
mod push_certificates;

pub use enrollments::AppleEnrollmentStore;
pub use identities::{AppleIdentityStore, Issue, NewIdentity, StoredAuthority};
pub use push_certificates::PushCertificateStore;
