//! Wrong attempts, as servers that share a database count them together.

use crate::StoreResult;
use async_trait::async_trait;

/// What is limited, as a keyed hash.
pub type BucketId = [u8; 16];

/// A random number that names an attempt.
pub type AttemptId = [u8; 16];

/// After how long without a new one an attempt that was not ended counts no more, in seconds: its server was killed, or lost the
/// database. Longer than any request lasts.
pub const JUDGED_WITHIN_S: i64 = 60;

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
pub struct Taking {
    /// The places that were taken: all of them if nothing is missing. [`AttemptStore::end_attempt`] has to follow.
    pub places: AttemptPlaces,
    /// Why the attempt may not be judged; `None` when it may.
    pub missing: Option<NoPlace>,
}

/// Why a bucket has no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPlace {
    /// So many attempts were wrong that it is full.
    Full {
        /// The bucket.
        bucket: BucketId,
        /// Seconds until it is empty again, rounded up.
        left_s: i64,
    },
    /// As many attempts as it has left are being judged, or were when their server ended.
    Pending,
}

/// Counting wrong attempts together. Where the database belongs to one server alone, that server counts by itself, and every
/// attempt may be judged.
#[async_trait]
pub trait AttemptStore {
    /// Takes a place in each bucket that has one. No bucket gives away more than it allows wrong attempts, however many servers
    /// ask at once.
    async fn take_places(&self, attempt: AttemptId, buckets: &[AttemptBucket]) -> StoreResult<Taking>;
    /// Ends an attempt: a right one gives its places back. Those of a window that has ended are left alone.
    async fn end_attempt(&self, places: &AttemptPlaces, is_wrong: bool) -> StoreResult<()>;
}
