//! The certificate authority, and what it issued.

use crate::StoreResult;
use async_trait::async_trait;
use domain::{
    Timestamp,
    apple::{CertificateHash, Challenge, ChallengePurpose, Identity},
    journal::change::KeyedHash,
    types::ids::AppleChallengeId,
};
use std::fmt;

/// The certificate authority of the installation as it is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredAuthority {
    /// Its certificate in DER.
    pub cert: Vec<u8>,
    /// Its key (PKCS#8), encrypted.
    pub key_sealed: Vec<u8>,
    /// The public URL that phones were told to report to.
    pub public_url: String,
    /// When it was made.
    pub made_at: Timestamp,
}

impl fmt::Debug for StoredAuthority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoredAuthority(…)")
    }
}

/// A certificate to be issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewIdentity {
    /// Its hash.
    pub cert_hash: CertificateHash,
    /// The challenge that it is issued for.
    pub challenge_id: AppleChallengeId,
    /// The certificate in DER.
    pub cert: Vec<u8>,
    /// SHA-256 of its public key.
    pub public_key_hash: [u8; 32],
    /// Its serial number.
    pub serial: Vec<u8>,
    /// When it expires.
    pub not_after: Timestamp,
    /// When it is issued.
    pub issued_at: Timestamp,
}

/// What became of a certificate that was to be issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Issue {
    /// It is issued.
    Issued,
    /// The same key has one already, which is handed out again: this one, in DER.
    Known(Vec<u8>),
    /// The challenge issues nothing any more.
    Refused,
}

/// The certificate authority, challenges, and certificates.
#[async_trait]
pub trait AppleIdentityStore {
    /// The certificate authority, once there is one.
    async fn find_apple_authority(&self) -> StoreResult<Option<StoredAuthority>>;
    /// Stores the certificate authority, unless there is one; returns the one that there is then.
    async fn make_apple_authority(&self, authority: StoredAuthority) -> StoreResult<StoredAuthority>;
    /// Stores the public URL that phones report to from now on.
    async fn save_apple_url(&self, url: &str) -> StoreResult<()>;
    /// The topic of the active push certificate.
    async fn find_apple_topic(&self) -> StoreResult<Option<String>>;
    /// A challenge, alive or not.
    async fn find_challenge(&self, hash: KeyedHash) -> StoreResult<Option<Challenge>>;
    /// The latest challenge for a purpose, alive or not.
    async fn latest_challenge(&self, purpose: ChallengePurpose) -> StoreResult<Option<Challenge>>;
    /// Stores a challenge.
    async fn save_challenge(&self, challenge: &Challenge) -> StoreResult<()>;
    /// Notes that a phone downloaded the profile of a challenge.
    async fn note_fetched(&self, challenge: AppleChallengeId, at: Timestamp) -> StoreResult<()>;
    /// The certificate that was issued for a key, by the SHA-256 of that, in DER.
    async fn find_issued(&self, challenge: AppleChallengeId, public_key: [u8; 32]) -> StoreResult<Option<Vec<u8>>>;
    /// Issues a certificate, if its challenge is alive in this moment.
    async fn issue(&self, identity: NewIdentity) -> StoreResult<Issue>;
    /// A certificate that was issued.
    async fn find_apple_identity(&self, cert: CertificateHash) -> StoreResult<Option<Identity>>;
}
