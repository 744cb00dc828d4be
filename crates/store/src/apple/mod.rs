//! iPhones and iPads under Apple's MDM protocol.

mod enrollments;

pub use enrollments::AppleEnrollmentStore;
