//! The store in PostgreSQL: readers, one writer, and news from other servers that use the same database.

mod attempts;
mod connection;
mod copy;
mod fault;
mod frequent;
mod key_evidence;
mod open;
mod publisher;
mod readers;
mod recompute;
mod relay;
mod row;
mod servers;
mod slots;
mod text;
mod writing;

pub use copy::{CopyError, CopyTarget};
pub use key_evidence::key_evidence;
pub use open::OpenError;

use async_trait::async_trait;
use domain::Timestamp;
use domain::{
    journal::JournalEvent,
    list::{Page, SlotQuery},
    slot::SlotRow,
    types::ids::SlotId,
};
use readers::PostgresReaders;
use relay::Relay;
use std::sync::Arc;
use store::{
    EngineState, Store, StoreResult,
    sql::{
        SqlStore,
        database::{Readers, Statement},
        write::{readiness::Readiness, writer::Writer},
    },
};
use tokio::sync::broadcast;

/// A database of PostgreSQL, which several servers may share.
pub struct PostgresStore {
    readers: PostgresReaders,
    /// Connections whose settings suit lists; see [`open`].
    lists: PostgresReaders,
    writer: Writer,
    relay: Arc<Relay>,
    readiness: Readiness,
}

impl Drop for PostgresStore {
    fn drop(&mut self) {
        drop(self.relay.stop());
    }
}

#[async_trait]
impl Store for PostgresStore {
    fn subscribe(&self) -> broadcast::Receiver<JournalEvent> {
        self.relay.subscribe()
    }

    async fn ready(&self) -> StoreResult<()> {
        self.readiness.check(&self.writer, &self.readers).await?;
        self.relay.check()
    }

    /// How large the database is, PostgreSQL tells itself.
    fn engine_state(&self) -> EngineState {
        self.writer.state([None, None])
    }

    async fn close(&self) {
        if let Some(connection) = self.writer.close().await {
            connection.close().await;
        }
        self.relay.close().await;
        self.lists.close().await;
        self.readers.close().await;
    }
}

#[async_trait]
impl SqlStore for PostgresStore {
    fn readers(&self) -> &dyn Readers {
        &self.readers
    }

    fn lists(&self) -> &dyn Readers {
        &self.lists
    }

    fn writer(&self) -> &Writer {
        &self.writer
    }

    fn doc_text(&self, column: &str, field: &str) -> String {
        format!("doc_text({column}, '{field}')")
    }

    fn index_hint(&self, _: &'static str) -> String {
        String::new()
    }

    fn secrets_of_device(&self) -> &'static str {
        "(select string_agg(encode(hash, 'hex'), ' ' order by seq) from device_secrets where device_id = devices.id)"
    }

    fn people_keys(&self) -> &'static str {
        "people k"
    }

    fn position(&self) -> &'static str {
        text::POSITION
    }

    fn push_people_with(&self, sql: &mut Statement<'_>, words: &[String]) {
        sql.push("people k where true");
        text::push_found(sql, "k.search", words);
    }

    fn push_invitations_with(&self, sql: &mut Statement<'_>, words: &[String]) {
        sql.push("people k join invitations i on i.person_id = k.id where true");
        text::push_found(sql, "k.search", words);
    }

    async fn is_met_soon(&self, words: &[String]) -> StoreResult<bool> {
        frequent::is_met_soon(&self.lists, "people", words).await
    }

    async fn slot_page(&self, query: &SlotQuery, now: Timestamp) -> StoreResult<Page<SlotRow>> {
        slots::page(&self.lists, query, now).await
    }

    async fn slots_of(&self, query: &SlotQuery, now: Timestamp, limit: usize) -> StoreResult<Vec<SlotId>> {
        slots::matching(&self.lists, query, now, limit).await
    }
}
