//! iPhones and iPads under Apple's MDM protocol.

mod enrollments;
mod identities;
mod push_certificates;
