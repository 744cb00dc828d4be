//! New identifiers.

use domain::{Timestamp, types::ids::IdGenerator};
use uuid::Uuid;

/// Generates the ids of one decision from a seed that was drawn before it, so that the decision itself cannot fail for
/// lack of randomness.
pub struct FreshIds {
    at_ms: u64,
    seed: [u8; 32],
    count: u64,
}

impl FreshIds {
    /// Ids that carry the time `now`; another `seed` gives other ids.
    pub(super) fn new(now: Timestamp, seed: [u8; 32]) -> Self {
        Self { at_ms: now.as_millis().unsigned_abs(), seed, count: 0 }
    }
}

impl IdGenerator for FreshIds {
    fn new_uuid(&mut self) -> Uuid {
        self.count += 1;
        let hash = blake3::keyed_hash(&self.seed, &self.count.to_le_bytes());
        let mut random = [0; 10];
        random.copy_from_slice(&hash.as_bytes()[..10]);
        uuid::Builder::from_unix_timestamp_millis(self.at_ms, &random).into_uuid()
    }
}
