//! Finding phones under Apple's MDM protocol.

use crate::{
    AppleEnrollmentStore, StoreResult,
    sql::{
        SqlStore,
        damaged::needed,
        database::{Row, get, query},
        documents::from_doc,
        records,
    },
};
use async_trait::async_trait;
use domain::{
    Timestamp,
    apple::{AppleEnrollment, CertificateHash, Sealed, SealedAddress},
    journal::change::KeyedHash,
    types::ids::DeviceId,
};
use uuid::Uuid;

/// Phones whose device is in use: what has left, was erased or was enrolled anew as another row needs nothing any more.
const IN_USE: &str = "d.deleted_at is null and d.state not in ('unenrolled', 'wiped', 'replaced')";

fn enrollment(row: &Row) -> StoreResult<AppleEnrollment> {
    let sealed = |column| get::<Option<Vec<u8>>>(row, column).map(|bytes| bytes.map(Sealed));
    let stored: AppleEnrollment = from_doc(get(row, "doc")?)?;
    Ok(AppleEnrollment {
        device_id: DeviceId(get(row, "device_id")?),
        udid_hash: records::hash(row, "udid_hash")?,
        state: records::parse(get::<&str>(row, "state")?)?,
        topic: get(row, "topic")?,
        cert_hash: CertificateHash(records::hash(row, "cert_hash")?.0),
        push_due_at: records::optional_time(row, "push_due_at")?,
        udid: sealed("udid_sealed")?,
        address: sealed("token_sealed")?
            .zip(sealed("magic_sealed")?)
            .map(|(token, magic)| SealedAddress { token, magic }),
        unlock_token: sealed("unlock_sealed")?,
        version: records::version(row)?,
        ..stored
    })
}

#[async_trait]
impl<S: SqlStore> AppleEnrollmentStore for S {
    async fn find_apple_enrollment(&self, device: DeviceId) -> StoreResult<Option<AppleEnrollment>> {
        let row = query("select *, device_id as id from apple_enrollments where device_id = $1")
            .bind(device.0)
            .fetch_optional(self.readers())
            .await?;
        row.as_ref().map(|row| needed("apple_enrollments", row, enrollment)).transpose()
    }

    async fn find_apple_device(&self, udid: KeyedHash) -> StoreResult<Option<DeviceId>> {
        let id: Option<Uuid> =
            query("select device_id from apple_enrollments where udid_hash = $1 and state <> 'ended'")
                .bind(&udid.0[..])
                .fetch_value(self.readers())
                .await?;
        Ok(id.map(DeviceId))
    }

    async fn due_pushes(&self, now: Timestamp, limit: u32) -> StoreResult<Vec<DeviceId>> {
        let found: Vec<Uuid> =
            query("select device_id from apple_enrollments where push_due_at <= $1 order by push_due_at limit $2")
                .bind(now.as_millis())
                .bind(limit)
                .fetch_values(self.readers())
                .await?;
        Ok(found.into_iter().map(DeviceId).collect())
    }

    async fn next_push_at(&self) -> StoreResult<Option<Timestamp>> {
        let at: Option<Option<i64>> =
            query("select min(push_due_at) from apple_enrollments where push_due_at is not null")
                .fetch_value(self.readers())
                .await?;
        Ok(at.flatten().map(Timestamp::from_millis))
    }

    async fn quiet_apple_devices(&self, before: Timestamp, limit: u32) -> StoreResult<Vec<DeviceId>> {
        let push_trouble = self.doc_text("d.doc", "push_trouble");
        let sql = format!(
            "select d.id from apple_enrollments e join devices d on d.id = e.device_id \
             join slots s on s.id = d.slot_id join contacts c on c.slot_key = s.key \
             where e.state = 'enrolled' and e.push_due_at is null and c.at < $1 \
             and {push_trouble} is null and {IN_USE} limit $2"
        );
        let found: Vec<Uuid> = query(sql).bind(before.as_millis()).bind(limit).fetch_values(self.readers()).await?;
        Ok(found.into_iter().map(DeviceId).collect())
    }

    async fn expiring_apple_devices(
        &self,
        before: Timestamp,
        after: Option<DeviceId>,
        limit: u32,
    ) -> StoreResult<Vec<DeviceId>> {
        let sql = format!(
            "select e.device_id from apple_enrollments e join devices d on d.id = e.device_id \
             join apple_identities i on i.cert_hash = e.cert_hash \
             where e.state = 'enrolled' and i.not_after < $1 and ($2 is null or e.device_id > $2) and {IN_USE} \
             order by e.device_id limit $3"
        );
        let found: Vec<Uuid> = query(sql)
            .bind(before.as_millis())
            .bind(after.map(|id| id.0))
            .bind(limit)
            .fetch_values(self.readers())
            .await?;
        Ok(found.into_iter().map(DeviceId).collect())
    }

    async fn count_apple_enrollments(&self) -> StoreResult<u64> {
        query("select count(*) from apple_enrollments where state <> 'ended'").fetch_count(self.readers()).await
    }
}
