//! What is known of a phone under Apple's MDM protocol beside its device.

use super::identity::CertificateHash;
use crate::{
    Timestamp,
    types::{ids::DeviceId, keyed_hash::KeyedHash, text_enum::text_enum},
};
use serde::{Deserialize, Serialize};
use std::fmt;

text_enum! {
    /// How far an enrollment is, in the words of the protocol.
    EnrollmentState {
        /// The phone wants to be managed; it cannot be reached yet.
        Authenticated = "authenticated", "Connected";
        /// It can be reached.
        Enrolled = "enrolled", "Enrolled";
        /// It left, was erased or was removed.
        Ended = "ended", "Ended";
    }
}

/// A secret of a phone as it is stored: encrypted.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(pub Vec<u8>);

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed(…)")
    }
}

/// How a phone is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedAddress {
    /// The token by which Apple finds it.
    pub token: Sealed,
    /// What a push has to contain.
    pub magic: Sealed,
}

/// The pushes to a phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushState {
    /// When the last one was tried.
    #[serde(default)]
    pub at: Option<Timestamp>,
    /// How many were tried since the phone was last heard.
    #[serde(default)]
    pub tries: u32,
}

/// A renewal of the certificate that the phone signs with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityRenewal {
    /// When it was last asked for.
    pub requested_at: Timestamp,
    /// How often.
    pub tries: u32,
}

/// A phone under Apple's MDM protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppleEnrollment {
    /// The device.
    #[serde(skip, default = "no_device")]
    pub device_id: DeviceId,
    /// Finds the phone by its UDID.
    #[serde(skip, default = "no_hash")]
    pub udid_hash: KeyedHash,
    /// How far it is.
    #[serde(skip, default = "no_state")]
    pub state: EnrollmentState,
    /// The topic of the push certificate that it was enrolled with.
    #[serde(skip)]
    pub topic: String,
    /// The certificate that it signs with.
    #[serde(skip, default = "no_certificate")]
    pub cert_hash: CertificateHash,
    /// When it is to be pushed.
    #[serde(skip)]
    pub push_due_at: Option<Timestamp>,
    /// Its UDID.
    #[serde(skip)]
    pub udid: Option<Sealed>,
    /// How it is reached, once it said so.
    #[serde(skip)]
    pub address: Option<SealedAddress>,
    /// What clears its passcode.
    #[serde(skip)]
    pub unlock_token: Option<Sealed>,
    /// The access rights of its profile, as Apple numbers them. They never grow.
    pub rights: u32,
    /// Whether it is supervised, once it said so.
    pub is_supervised: Option<bool>,
    /// When it began.
    pub authenticated_at: Timestamp,
    /// When it could first be reached.
    pub enrolled_at: Option<Timestamp>,
    /// When it last asked for commands by itself. What it put off before that is offered again.
    pub idle_at: Option<Timestamp>,
    /// When its certificate expires.
    pub cert_not_after: Timestamp,
    /// The pushes to it.
    #[serde(default)]
    pub push: PushState,
    /// The renewal of its certificate that is under way.
    #[serde(default)]
    pub renewal: Option<IdentityRenewal>,
    /// When another phone that signed with its certificate was last written to the timeline.
    #[serde(default)]
    pub misused_at: Option<Timestamp>,
    /// Version at which it was read (optimistic concurrency); 0 if not stored yet.
    #[serde(skip)]
    pub version: u64,
}

// What is a column is filled in by the store.
const fn no_device() -> DeviceId {
    DeviceId(uuid::Uuid::nil())
}

const fn no_hash() -> KeyedHash {
    KeyedHash([0; 32])
}

const fn no_state() -> EnrollmentState {
    EnrollmentState::Ended
}

const fn no_certificate() -> CertificateHash {
    CertificateHash([0; 32])
}
