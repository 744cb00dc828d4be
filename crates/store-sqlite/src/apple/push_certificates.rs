//! Push certificates.

use crate::{
    SqliteStore,
    damaged::needed,
    fault::fault,
    rows::{self, get},
};
use async_trait::async_trait;
use domain::{
    Timestamp,
    apple::{PushCertificate, PushCertificateState, Sealed},
    types::ids::PushCertificateId,
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};
use store::{PushCertificateStore, StoreError, StoreResult};

fn certificate(row: &SqliteRow) -> StoreResult<PushCertificate> {
    Ok(PushCertificate {
        id: PushCertificateId(get(row, "id")?),
        state: rows::parse(get::<&str>(row, "state")?)?,
        topic: get(row, "topic")?,
        certificate: get(row, "cert")?,
        key: Sealed(get(row, "key_sealed")?),
        not_after: rows::optional_time(row, "not_after")?,
        apple_id: get(row, "apple_id")?,
        warned_at: rows::optional_time(row, "warned_at")?,
        made_at: rows::time(row, "made_at")?,
        uploaded_at: rows::optional_time(row, "uploaded_at")?,
        version: rows::version(row)?,
    })
}

#[async_trait]
impl PushCertificateStore for SqliteStore {
    async fn list_push_certificates(&self) -> StoreResult<Vec<PushCertificate>> {
        let found = sqlx::query("select * from apple_push_certs order by made_at desc, id desc")
            .fetch_all(&self.readers)
            .await
            .map_err(fault)?;
        found.iter().map(|row| needed("apple_push_certs", row, certificate)).collect()
    }

    async fn find_push_certificate(&self, id: PushCertificateId) -> StoreResult<Option<PushCertificate>> {
        let row = sqlx::query("select * from apple_push_certs where id = ?")
            .bind(id.0)
            .fetch_optional(&self.readers)
            .await
            .map_err(fault)?;
        row.as_ref().map(|row| needed("apple_push_certs", row, certificate)).transpose()
    }

    async fn find_active_push_certificate(&self) -> StoreResult<Option<PushCertificate>> {
        let row = sqlx::query("select * from apple_push_certs where state = 'active'")
            .fetch_optional(&self.readers)
            .await
            .map_err(fault)?;
        row.as_ref().map(|row| needed("apple_push_certs", row, certificate)).transpose()
    }

    async fn save_push_certificate(&self, certificate: &PushCertificate) -> StoreResult<()> {
        self.writer.write(certificate.clone(), |certificate, db| Box::pin(save(db, certificate))).await
    }

    async fn count_phones_of_topic(&self, topic: &str) -> StoreResult<u64> {
        let count: i64 =
            sqlx::query_scalar("select count(*) from apple_enrollments where topic = ? and state <> 'ended'")
                .bind(topic)
                .fetch_one(&self.readers)
                .await
                .map_err(fault)?;
        Ok(count.unsigned_abs())
    }
}

async fn save(db: &mut SqliteConnection, new: &PushCertificate) -> StoreResult<()> {
    if new.state == PushCertificateState::Active {
        sqlx::query(
            "update apple_push_certs set state = 'replaced', version = version + 1 where state = 'active' and id <> ?",
        )
        .bind(new.id.0)
        .execute(&mut *db)
        .await
        .map_err(fault)?;
    }
    let query = if new.version == 0 {
        sqlx::query(
            "insert into apple_push_certs (state, topic, cert, key_sealed, not_after, apple_id, warned_at, made_at, \
             uploaded_at, id, version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? + 1)",
        )
    } else {
        sqlx::query(
            "update apple_push_certs set state = ?, topic = ?, cert = ?, key_sealed = ?, not_after = ?, apple_id = ?, \
             warned_at = ?, made_at = ?, uploaded_at = ?, version = version + 1 where id = ? and version = ?",
        )
    };
    let done = query
        .bind(new.state.as_str())
        .bind(&new.topic)
        .bind(&new.certificate)
        .bind(&new.key.0)
        .bind(new.not_after.map(Timestamp::as_millis))
        .bind(&new.apple_id)
        .bind(new.warned_at.map(Timestamp::as_millis))
        .bind(new.made_at.as_millis())
        .bind(new.uploaded_at.map(Timestamp::as_millis))
        .bind(new.id.0)
        .bind(i64::try_from(new.version).unwrap_or(i64::MAX))
        .execute(db)
        .await
        .map_err(fault)?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}
