//! Devices by their hardware: the same phone may be enrolled twice.

use crate::StoreResult;
use async_trait::async_trait;
use domain::{device::Device, types::ids::DeviceId};
use std::collections::BTreeSet;

/// Queries for devices with the same hardware; see [`domain::device::hardware`].
#[async_trait]
pub trait HardwareStore {
    /// Devices that have one of `keys`, the latest in contact first. Deleted and replaced ones are not found.
    async fn devices_with_hardware(&self, keys: &BTreeSet<String>, limit: u32) -> StoreResult<Vec<Device>>;
    /// Devices that share a key with another one, the latest in contact last.
    async fn devices_with_shared_hardware(&self, limit: u32) -> StoreResult<Vec<DeviceId>>;
    /// Devices whose twin has gone, or does not know of them.
    async fn devices_with_doubtful_twin(&self, limit: u32) -> StoreResult<Vec<DeviceId>>;
}
