//! Phones under Apple's MDM protocol. They are written by [`AggregateStore::commit`](crate::AggregateStore::commit).

use crate::StoreResult;
use async_trait::async_trait;
use domain::{Timestamp, apple::AppleEnrollment, journal::change::KeyedHash, types::ids::DeviceId};

/// Finds phones under Apple's MDM protocol.
#[async_trait]
pub trait AppleEnrollmentStore {
    /// The enrollment of a device.
    async fn find_apple_enrollment(&self, device: DeviceId) -> StoreResult<Option<AppleEnrollment>>;
    /// The device that a phone is enrolled as, by the hash of its UDID. Enrollments that have ended do not count.
    async fn find_apple_device(&self, udid: KeyedHash) -> StoreResult<Option<DeviceId>>;
    /// Phones that are to be pushed, earliest first.
    async fn due_pushes(&self, now: Timestamp, limit: u32) -> StoreResult<Vec<DeviceId>>;
    /// When the next phone is to be pushed.
    async fn next_push_at(&self) -> StoreResult<Option<Timestamp>>;
    /// Enrolled phones without contact since `before` that no push is planned for, and that pushes reach.
    async fn quiet_apple_devices(&self, before: Timestamp, limit: u32) -> StoreResult<Vec<DeviceId>>;
    /// A page of enrolled phones that are in use and whose certificate expires before `before`: after the device `after`, in
    /// the order of their ids.
    async fn expiring_apple_devices(
        &self,
        before: Timestamp,
        after: Option<DeviceId>,
        limit: u32,
    ) -> StoreResult<Vec<DeviceId>>;
    /// How many enrollments have not ended.
    async fn count_apple_enrollments(&self) -> StoreResult<u64>;
}
