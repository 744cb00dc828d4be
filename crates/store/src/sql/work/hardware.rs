//! Devices by their hardware.

use crate::{
    HardwareStore, StoreResult,
    sql::{SqlStore, damaged::readable, database::query, records},
};
use async_trait::async_trait;
use domain::{device::Device, types::ids::DeviceId};
use std::collections::BTreeSet;
use uuid::Uuid;

#[async_trait]
impl<S: SqlStore> HardwareStore for S {
    async fn devices_with_hardware(&self, keys: &BTreeSet<String>, limit: u32) -> StoreResult<Vec<Device>> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = query(records::devices_where(
            "devices.deleted_at is null and devices.id in (select device_id from device_hardware where key in ",
        ));
        sql.push_list(keys).push(") order by contacts.at desc, devices.id limit ").push_bind(limit);
        let found = sql.fetch_all(self.readers()).await?;
        readable("devices", &found, records::device)
    }

    async fn devices_with_shared_hardware(&self, limit: u32) -> StoreResult<Vec<DeviceId>> {
        let found: Vec<Uuid> = query(
            "select d.id from devices d left join slots s on s.id = d.slot_id left join contacts c on c.slot_key = s.key \
             where d.deleted_at is null and d.id in (select h.device_id from device_hardware h \
             where h.key in (select key from device_hardware group by key having count(*) > 1)) order by c.at, d.id limit $1",
        )
        .bind(limit)
        .fetch_values(self.readers())
        .await?;
        Ok(found.into_iter().map(DeviceId).collect())
    }

    async fn devices_with_doubtful_twin(&self, limit: u32) -> StoreResult<Vec<DeviceId>> {
        let found: Vec<Uuid> = query(
            "select d.id from devices d left join devices t on t.id = d.twin_id \
             where d.twin_id is not null and d.deleted_at is null and (t.id is null or t.deleted_at is not null \
             or t.twin_id is null or t.state in ('unenrolled', 'wiped', 'replaced')) limit $1",
        )
        .bind(limit)
        .fetch_values(self.readers())
        .await?;
        Ok(found.into_iter().map(DeviceId).collect())
    }
}
