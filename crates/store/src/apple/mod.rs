//! iPhones and iPads under Apple's MDM protocol.

mod enrollments;
mod identities;

pub use enrollments::AppleEnrollmentStore;
pub use identities::{AppleIdentityStore, Issue, NewIdentity, StoredAuthority};
