//! The writer's connection.

use crate::{connection::Link, fault::fault, open::connect};
use async_trait::async_trait;
use domain::journal::NewEvent;
use sqlx::{Connection as _, postgres::PgConnectOptions};
use store::{
    StoreResult,
    sql::{
        database::Connection,
        documents::to_doc,
        write::connection::{Pauses, WriteConnection},
    },
};
use uuid::Uuid;

/// The channel on which servers tell each other that there are new entries in the journal.
pub(crate) const CHANNEL: &str = "rollcall_journal";

/// The lock that is held from the first new entry of a transaction until its end: numbers become visible in their order.
/// PostgreSQL knows it by a number, here the letters `rolljrnl`.
const JOURNAL_LOCK: i64 = 0x726f_6c6c_6a72_6e6c;

/// Adds entries in their order, and tells the other servers that there are some.
const APPEND: &str = "with added as (insert into journal (at, person_id, invitation_id, slot_id, device_id, doc) \
    select at, person_id, invitation_id, slot_id, device_id, doc \
    from unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[]) with ordinality \
    as new (at, person_id, invitation_id, slot_id, device_id, doc, place) order by place returning seq) \
    select seq, pg_notify($7, '') from added order by seq";

/// The connection, or why there is none at present.
pub(crate) struct PostgresWriting {
    options: PgConnectOptions,
    open: Option<Link>,
    pauses: Pauses,
}

impl PostgresWriting {
    /// Opens connections with these options, when they are needed: where it is used, since a connection belongs to the
    /// runtime that opened it.
    pub(crate) fn new(options: PgConnectOptions) -> Self {
        Self { options, open: None, pauses: Pauses::default() }
    }

    async fn link(&mut self) -> StoreResult<&mut Link> {
        let open = match self.open.take() {
            Some(open) => open,
            None => self.open_anew().await?,
        };
        Ok(self.open.insert(open))
    }

    async fn open_anew(&mut self) -> StoreResult<Link> {
        self.pauses.check()?;
        self.pauses.note(connect(&self.options).await.map_err(fault)).map(Link)
    }
}

#[async_trait]
impl WriteConnection for PostgresWriting {
    fn begin(&self) -> &'static str {
        "begin"
    }

    fn is_shared(&self) -> bool {
        true
    }

    async fn get(&mut self) -> StoreResult<&mut dyn Connection> {
        Ok(self.link().await?)
    }

    async fn append(&mut self, entries: &[&NewEvent]) -> StoreResult<Vec<i64>> {
        let docs = entries.iter().map(to_doc).collect::<StoreResult<Vec<String>>>()?;
        let times: Vec<i64> = entries.iter().map(|entry| entry.at.as_millis()).collect();
        let people: Vec<Uuid> = entries.iter().map(|entry| entry.person_id.0).collect();
        let invitations: Vec<Option<Uuid>> = entries.iter().map(|entry| entry.invitation_id.map(|id| id.0)).collect();
        let slots: Vec<Option<Uuid>> = entries.iter().map(|entry| entry.slot_id.map(|id| id.0)).collect();
        let devices: Vec<Option<Uuid>> = entries.iter().map(|entry| entry.device_id.map(|id| id.0)).collect();
        let db = &mut self.link().await?.0;
        let lock = sqlx::query("select pg_advisory_xact_lock($1)").bind(JOURNAL_LOCK);
        lock.execute(&mut *db).await.map_err(fault)?;
        let append = sqlx::query_scalar(APPEND).bind(times).bind(people).bind(invitations).bind(slots).bind(devices);
        append.bind(docs).bind(CHANNEL).fetch_all(db).await.map_err(fault)
    }

    async fn discard(&mut self) {
        if let Some(Link(open)) = self.open.take() {
            // `close` would say goodbye on a connection that is not to be trusted.
            let _ = open.close_hard().await;
        }
    }

    async fn close(mut self: Box<Self>) {
        if let Some(Link(open)) = self.open.take()
            && let Err(error) = open.close().await
        {
            tracing::warn!(%error, "The connection to the database could not be closed properly");
        }
    }
}
