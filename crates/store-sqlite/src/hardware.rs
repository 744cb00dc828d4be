//! Devices by their hardware.

use crate::{SqliteStore, damaged::readable, fault::fault, rows::{self, devices_where}};
use async_trait::async_trait;
use domain::{device::Device, types::ids::DeviceId};
use sqlx::QueryBuilder;
use std::collections::BTreeSet;
use store::{HardwareStore, StoreResult};
use uuid::Uuid;

#[async_trait]
impl HardwareStore for SqliteStore {
    async fn devices_with_hardware(&self, keys: &BTreeSet<String>, limit: u32) -> StoreResult<Vec<Device>> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = QueryBuilder::new(
            devices_where(
                "devices.deleted_at is null and devices.id in (select device_id from device_hardware where key in (",
            )
            .0,
        );
        let mut list = sql.separated(", ");
        for key in keys {
            list.push_bind(key);
        }
        sql.push(")) order by contacts.at desc, devices.id limit ").push_bind(limit);
        let found = sql.build().fetch_all(&self.readers).await.map_err(fault)?;
        readable("devices", &found, rows::device)
    }

    async fn devices_with_shared_hardware(&self, limit: u32) -> StoreResult<Vec<DeviceId>> {
        let found: Vec<Uuid> = sqlx::query_scalar(
            "select distinct d.id from (select key from device_hardware group by key having count(*) > 1) shared \
             join device_hardware h on h.key = shared.key join devices d on d.id = h.device_id \
             left join slots s on s.id = d.slot_id left join contacts c on c.slot_key = s.key \
             where d.deleted_at is null order by c.at, d.id limit ?",
        )
        .bind(limit)
        .fetch_all(&self.readers)
        .await
        .map_err(fault)?;
        Ok(found.into_iter().map(DeviceId).collect())
    }

    async fn devices_with_doubtful_twin(&self, limit: u32) -> StoreResult<Vec<DeviceId>> {
        let found: Vec<Uuid> = sqlx::query_scalar(
            "select d.id from devices d left join devices t on t.id = d.twin_id \
             where d.twin_id is not null and d.deleted_at is null and (t.id is null or t.deleted_at is not null \
             or t.twin_id is null or t.state in ('unenrolled', 'wiped', 'replaced')) limit ?",
        )
        .bind(limit)
        .fetch_all(&self.readers)
        .await
        .map_err(fault)?;
        Ok(found.into_iter().map(DeviceId).collect())
    }
}
