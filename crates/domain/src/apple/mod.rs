//! iPhones and iPads under Apple's MDM protocol: who a certificate was issued for, and what is known of a phone beside its
//! [`Device`](crate::device::Device). Messages and certificates themselves are the business of the crate `apple`.

mod access;
mod enrollment;
mod identity;
mod push_certificate;

pub use access::{AccessRights, capabilities};
pub use enrollment::{AppleEnrollment, EnrollmentState, IdentityRenewal, PushState, Sealed, SealedAddress};
pub use identity::{
    CHALLENGE_LIFE_S, CertificateHash, Challenge, ChallengePurpose, ISSUED_MAX, Identity, IdentityChange,
    RENEWAL_CHALLENGE_LIFE_S, Revocation, RevokedBy,
};
pub use push_certificate::{Expiry, PushCertificate, PushCertificateState, WARN_DAYS};
