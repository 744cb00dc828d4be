//! Files of people that are imported.

use crate::{
    Confirmation, ImportStore, StoreResult, StoredImport,
    sql::{
        SqlStore,
        damaged::needed,
        database::{Connection, Row, get, query},
        records,
    },
};
use async_trait::async_trait;
use domain::{Timestamp, types::ids::ImportId};
use uuid::Uuid;

/// Everything but the bytes.
const SELECT: &str =
    "select id, owner, file, encoding, uploaded_at, confirmed_at, ended_at, is_cancelled, doc from imports";

fn import(row: &Row) -> StoreResult<StoredImport> {
    Ok(StoredImport {
        id: ImportId(get(row, "id")?),
        owner: get(row, "owner")?,
        file: get(row, "file")?,
        encoding: get(row, "encoding")?,
        uploaded_at: records::time(row, "uploaded_at")?,
        confirmed_at: records::optional_time(row, "confirmed_at")?,
        ended_at: records::optional_time(row, "ended_at")?,
        is_cancelled: get(row, "is_cancelled")?,
        doc: get(row, "doc")?,
    })
}

fn found(row: Option<Row>) -> StoreResult<Option<StoredImport>> {
    row.map(|row| needed("imports", &row, import)).transpose()
}

#[async_trait]
impl<S: SqlStore> ImportStore for S {
    async fn put_import(&self, import: &StoredImport, content: Vec<u8>) -> StoreResult<bool> {
        let arguments = (import.clone(), content);
        self.writer().write(arguments, |(import, content), db| Box::pin(put(db, import, content))).await
    }

    async fn find_import(&self, owner: Uuid) -> StoreResult<Option<StoredImport>> {
        let sql = query(format!("{SELECT} where owner = $1")).bind(owner);
        found(sql.fetch_optional(self.readers()).await?)
    }

    async fn import_content(&self, id: ImportId) -> StoreResult<Option<Vec<u8>>> {
        query("select content from imports where id = $1").bind(id.0).fetch_value(self.readers()).await
    }

    async fn confirm_import(
        &self,
        owner: Uuid,
        id: ImportId,
        doc: String,
        now: Timestamp,
    ) -> StoreResult<Confirmation> {
        let arguments = (owner, id, doc, now);
        self.writer().write(arguments, |(owner, id, doc, now), db| Box::pin(confirm(db, *owner, *id, doc, *now))).await
    }

    async fn next_import(&self) -> StoreResult<Option<StoredImport>> {
        let condition = "where confirmed_at is not null and ended_at is null order by confirmed_at, id limit 1";
        found(query(format!("{SELECT} {condition}")).fetch_optional(self.readers()).await?)
    }

    async fn save_import(&self, id: ImportId, doc: String) -> StoreResult<bool> {
        self.writer().write((id, doc), |(id, doc), db| Box::pin(save(db, *id, doc))).await
    }

    async fn end_import(&self, id: ImportId, doc: String, now: Timestamp) -> StoreResult<()> {
        let end = self.writer().write((id, doc, now), |(id, doc, now), db| {
            let sql = query("update imports set doc = $1, ended_at = $2 where id = $3 and ended_at is null");
            Box::pin(sql.bind(doc).bind(*now).bind(id.0).execute(db))
        });
        end.await.map(drop)
    }

    async fn cancel_import(&self, owner: Uuid, id: ImportId) -> StoreResult<()> {
        let cancel = self.writer().write((owner, id), |(owner, id), db| {
            let sql = query("update imports set is_cancelled = 1 where owner = $1 and id = $2 and ended_at is null");
            Box::pin(sql.bind(*owner).bind(id.0).execute(db))
        });
        cancel.await.map(drop)
    }

    async fn forget_import(&self, owner: Uuid, id: ImportId) -> StoreResult<()> {
        let forget = self.writer().write((owner, id), |(owner, id), db| {
            let sql = query(
                "delete from imports where owner = $1 and id = $2 and (confirmed_at is null or ended_at is not null)",
            );
            Box::pin(sql.bind(*owner).bind(id.0).execute(db))
        });
        forget.await.map(drop)
    }

    async fn prune_imports(&self, uploads: Timestamp, results: Timestamp) -> StoreResult<()> {
        let prune = self.writer().write((uploads, results), |(uploads, results), db| {
            let sql = query("delete from imports where (confirmed_at is null and uploaded_at < $1) or ended_at < $2");
            Box::pin(sql.bind(*uploads).bind(*results).execute(db))
        });
        prune.await.map(drop)
    }
}

async fn put(db: &mut dyn Connection, import: &StoredImport, content: &[u8]) -> StoreResult<bool> {
    // One statement, so that of several uploads at the same moment one follows the other.
    let written = query(
        "insert into imports \
         (id, owner, file, encoding, uploaded_at, confirmed_at, ended_at, is_cancelled, doc, content) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (owner) do update set \
         id = excluded.id, file = excluded.file, encoding = excluded.encoding, uploaded_at = excluded.uploaded_at, \
         confirmed_at = excluded.confirmed_at, ended_at = excluded.ended_at, is_cancelled = excluded.is_cancelled, \
         doc = excluded.doc, content = excluded.content \
         where imports.confirmed_at is null or imports.ended_at is not null",
    )
    .bind(import.id.0)
    .bind(import.owner)
    .bind(&import.file)
    .bind(&import.encoding)
    .bind(import.uploaded_at)
    .bind(import.confirmed_at)
    .bind(import.ended_at)
    .bind(import.is_cancelled)
    .bind(&import.doc)
    .bind(content)
    .execute(db)
    .await?;
    Ok(written > 0)
}

async fn confirm(
    db: &mut dyn Connection,
    owner: Uuid,
    id: ImportId,
    doc: &str,
    now: Timestamp,
) -> StoreResult<Confirmation> {
    let another =
        query("select id from imports where confirmed_at is not null and ended_at is null and id <> $1 limit 1");
    if another.bind(id.0).fetch_optional(&mut *db).await?.is_some() {
        return Ok(Confirmation::AnotherRuns);
    }
    let confirmed = query(
        "update imports set confirmed_at = $1, doc = $2 where owner = $3 and id = $4 and confirmed_at is null \
         and ended_at is null",
    );
    let confirmed = confirmed.bind(now).bind(doc).bind(owner).bind(id.0).execute(db).await?;
    Ok(if confirmed > 0 { Confirmation::Confirmed } else { Confirmation::Gone })
}

async fn save(db: &mut dyn Connection, id: ImportId, doc: &str) -> StoreResult<bool> {
    let saved = query("update imports set doc = $1 where id = $2 and ended_at is null returning is_cancelled");
    let is_cancelled: Option<bool> = saved.bind(doc).bind(id.0).fetch_value(db).await?;
    Ok(is_cancelled.unwrap_or(true))
}
