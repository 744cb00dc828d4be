//! Push certificates.

use crate::{
    PushCertificateStore, StoreError, StoreResult,
    sql::{
        SqlStore,
        damaged::needed,
        database::{Connection, Row, get, query},
        records,
    },
};
use async_trait::async_trait;
use domain::{
    Timestamp,
    apple::{PushCertificate, PushCertificateState, Sealed},
    types::ids::PushCertificateId,
};

fn certificate(row: &Row) -> StoreResult<PushCertificate> {
    Ok(PushCertificate {
        id: PushCertificateId(get(row, "id")?),
        state: records::parse(get::<&str>(row, "state")?)?,
        topic: get(row, "topic")?,
        certificate: get(row, "cert")?,
        key: Sealed(get(row, "key_sealed")?),
        not_after: records::optional_time(row, "not_after")?,
        apple_id: get(row, "apple_id")?,
        warned_at: records::optional_time(row, "warned_at")?,
        made_at: records::time(row, "made_at")?,
        uploaded_at: records::optional_time(row, "uploaded_at")?,
        version: records::version(row)?,
    })
}

#[async_trait]
impl<S: SqlStore> PushCertificateStore for S {
    async fn list_push_certificates(&self) -> StoreResult<Vec<PushCertificate>> {
        let found =
            query("select * from apple_push_certs order by made_at desc, id desc").fetch_all(self.readers()).await?;
        found.iter().map(|row| needed("apple_push_certs", row, certificate)).collect()
    }

    async fn find_push_certificate(&self, id: PushCertificateId) -> StoreResult<Option<PushCertificate>> {
        let row =
            query("select * from apple_push_certs where id = $1").bind(id.0).fetch_optional(self.readers()).await?;
        row.as_ref().map(|row| needed("apple_push_certs", row, certificate)).transpose()
    }

    async fn find_active_push_certificate(&self) -> StoreResult<Option<PushCertificate>> {
        let row = query("select * from apple_push_certs where state = 'active'").fetch_optional(self.readers()).await?;
        row.as_ref().map(|row| needed("apple_push_certs", row, certificate)).transpose()
    }

    async fn save_push_certificate(&self, certificate: &PushCertificate) -> StoreResult<()> {
        self.writer().write(certificate.clone(), |certificate, db| Box::pin(save(db, certificate))).await
    }

    async fn count_phones_of_topic(&self, topic: &str) -> StoreResult<u64> {
        query("select count(*) from apple_enrollments where topic = $1 and state <> 'ended'")
            .bind(topic)
            .fetch_count(self.readers())
            .await
    }
}

async fn save(db: &mut dyn Connection, new: &PushCertificate) -> StoreResult<()> {
    if new.state == PushCertificateState::Active {
        query(
            "update apple_push_certs set state = 'replaced', version = version + 1 where state = 'active' and id <> $1",
        )
        .bind(new.id.0)
        .execute(&mut *db)
        .await?;
    }
    let query = if new.version == 0 {
        query(
            "insert into apple_push_certs (state, topic, cert, key_sealed, not_after, apple_id, warned_at, made_at, \
             uploaded_at, id, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 + 1)",
        )
    } else {
        query(
            "update apple_push_certs set state = $1, topic = $2, cert = $3, key_sealed = $4, not_after = $5, apple_id = $6, \
             warned_at = $7, made_at = $8, uploaded_at = $9, version = version + 1 where id = $10 and version = $11",
        )
    };
    let done = query
        .bind(new.state.as_str())
        .bind(new.topic.as_ref())
        .bind(new.certificate.as_ref())
        .bind(&new.key.0)
        .bind(new.not_after.map(Timestamp::as_millis))
        .bind(new.apple_id.as_ref())
        .bind(new.warned_at.map(Timestamp::as_millis))
        .bind(new.made_at.as_millis())
        .bind(new.uploaded_at.map(Timestamp::as_millis))
        .bind(new.id.0)
        .bind(i64::try_from(new.version).unwrap_or(i64::MAX))
        .execute(db)
        .await?;
    if done == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}
