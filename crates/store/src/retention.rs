//! What is not kept for ever. All of it is removed in small pieces, so that nothing else waits for long.

use crate::StoreResult;
use async_trait::async_trait;
use domain::{Timestamp, types::ids::DeviceId};

/// What became of a piece of the stored positions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrunedPositions {
    /// The last device that was looked at; `None` when there are no more.
    pub last: Option<DeviceId>,
    /// The devices whose position was removed.
    pub removed: Vec<DeviceId>,
}

/// Removing what is old.
#[async_trait]
pub trait RetentionStore {
    /// Deletes the oldest entries of the journal: those from before `before`, at most `limit`, never the latest entry. Returns
    /// how many. An entry that claims to be of the time after `now` keeps none from being deleted.
    async fn prune_journal(&self, before: Timestamp, now: Timestamp, limit: u32) -> StoreResult<u64>;
    /// The sequence number of the earliest entry of the journal; 0 when there is none. What is not there any more was before it.
    async fn journal_start(&self) -> StoreResult<i64>;
    /// Deletes mails that were put into the outbox before `before` and have ended, at most `limit`. Returns how many.
    async fn prune_mails(&self, before: Timestamp, limit: u32) -> StoreResult<u64>;
    /// Removes positions that were taken before `before` from the latest reports of the next `limit` devices after one, in the
    /// order of their ids.
    async fn prune_positions(
        &self,
        before: Timestamp,
        after: Option<DeviceId>,
        limit: u32,
    ) -> StoreResult<PrunedPositions>;
}
