//! Wrong attempts, as servers that share a database count them together.

use crate::StoreResult;
use async_trait::async_trait;

/// What is limited, as a keyed hash.
pub type BucketId = [u8; 16];

/// What is limited, and how many wrong attempts it allows in a window of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttemptBucket {
    /// What is limited.
    pub id: BucketId,
    /// Wrong attempts until it is full.
    pub failures: u32,
    /// Length of the window in seconds, from its first attempt.
    pub window_s: i64,
}

/// The places of one attempt: each is a bucket, and when its window began, in milliseconds by the clock of the database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttemptPlaces(pub Vec<(BucketId, i64)>);

/// What came of taking places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taking {
    /// The attempt may be judged. [`AttemptStore::end_attempt`] has to follow.
    Taken(AttemptPlaces),
    /// So many attempts were wrong that a bucket is full.
    Full {
        /// The bucket.
        bucket: BucketId,
        /// Seconds until it is empty again, rounded up.
        left_s: i64,
    },
    /// As many attempts as a bucket has left are being judged, or were when their server ended.
    Pending,
}

/// Counting wrong attempts together. Where the database belongs to one server alone, that server counts by itself, and every
/// attempt may be judged.
#[async_trait]
pub trait AttemptStore {
    /// Takes a place in each bucket, or in none. No bucket has more places than it allows wrong attempts, however many servers
    /// take them at once.
    async fn take_places(&self, buckets: &[AttemptBucket]) -> StoreResult<Taking>;
    /// Ends an attempt: a right one gives its places back. Those of a window that has ended are left alone.
    async fn end_attempt(&self, places: &AttemptPlaces, is_wrong: bool) -> StoreResult<()>;
}
