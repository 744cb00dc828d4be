//! Apple's MDM protocol: the messages, signatures and certificates of both sides, the server's and the phone's.
//!
//! The crate knows no store and no HTTP server, and reads neither a clock nor the system's randomness: callers pass both.
//! Untested against real devices and against Apple's servers.

pub mod algorithm;
pub mod apns;
pub mod authority;
pub mod ber;
pub mod certificate;
pub mod checkin;
pub mod cms;
pub mod command;
pub mod csr;
pub mod mdm_signature;
pub mod model;
pub mod profile;
pub mod push_certificate;
pub mod random;
pub mod report;
pub mod scep;
pub mod secret;
pub mod udid;
pub mod xml;
