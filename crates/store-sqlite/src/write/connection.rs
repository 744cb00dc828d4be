//! The writer's connection. SQLite ends a transaction by itself when the disk is full or cannot be read, and what the driver
//! believes of it is wrong from then on.

use super::files::Files;
use crate::{connection::Link, fault::fault};
use async_trait::async_trait;
use domain::journal::NewEvent;
use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};
use store::{
    Outage, StoreError, StoreResult,
    sql::{
        database::{Connection, query},
        documents::to_doc,
        write::connection::{Pauses, WriteConnection},
    },
};

/// The files that the open connection writes; shared with whoever asks whether they are still there.
#[derive(Clone)]
pub(crate) struct OpenFiles(Arc<Mutex<Files>>);

impl OpenFiles {
    /// Checks that nobody deleted or replaced them.
    pub(crate) fn check(&self) -> StoreResult<()> {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        files.check()
    }

    /// How large they are: the database, and its write-ahead log.
    pub(crate) fn sizes(&self) -> [Option<u64>; 2] {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        files.sizes()
    }
}

/// The connection, or why there is none at present.
pub(crate) struct FileWriting {
    path: PathBuf,
    options: SqliteConnectOptions,
    open: Option<Link>,
    files: OpenFiles,
    pauses: Pauses,
}

impl FileWriting {
    /// Takes over an open connection to the database at `path`, whose tables are up to date. `options` open the next one;
    /// they never create a file.
    ///
    /// # Errors
    /// The file or its write-ahead log does not exist.
    pub(crate) fn new(path: PathBuf, options: SqliteConnectOptions, open: Link) -> Result<Self, std::io::Error> {
        let files = OpenFiles(Arc::new(Mutex::new(Files::of(&path)?)));
        let options = options.create_if_missing(false);
        Ok(Self { path, options, open: Some(open), files, pauses: Pauses::default() })
    }

    /// The files that it writes.
    pub(crate) fn files(&self) -> OpenFiles {
        self.files.clone()
    }

    /// When another connection is tried; `None` unless the latest one could not be opened.
    #[cfg(test)]
    pub(super) fn next_try(&self) -> Option<tokio::time::Instant> {
        self.pauses.next_try()
    }

    async fn open_anew(&mut self) -> StoreResult<Link> {
        self.pauses.check()?;
        let opened = self.try_open().await;
        self.pauses.note(opened)
    }

    async fn try_open(&self) -> StoreResult<Link> {
        let mut open = Link(SqliteConnection::connect_with(&self.options).await.map_err(fault)?);
        // Reading opens the write-ahead log.
        query("select count(*) from settings").execute(&mut open).await?;
        let files = Files::of(&self.path).map_err(|error| StoreError::unusable(Outage::Unreachable, error))?;
        *self.files.0.lock().unwrap_or_else(PoisonError::into_inner) = files;
        Ok(open)
    }
}

#[async_trait]
impl WriteConnection for FileWriting {
    fn begin(&self) -> &'static str {
        "begin immediate"
    }

    fn is_shared(&self) -> bool {
        false
    }

    async fn get(&mut self) -> StoreResult<&mut dyn Connection> {
        self.files.check()?;
        let open = match self.open.take() {
            Some(open) => open,
            None => self.open_anew().await?,
        };
        Ok(self.open.insert(open))
    }

    async fn append(&mut self, entries: &[&NewEvent]) -> StoreResult<Vec<i64>> {
        let db = self.get().await?;
        let mut seqs = Vec::with_capacity(entries.len());
        for entry in entries {
            let insert = query(
                "insert into journal (at, person_id, invitation_id, slot_id, device_id, doc) \
                 values ($1, $2, $3, $4, $5, $6) returning seq",
            );
            let insert = insert.bind(entry.at).bind(entry.person_id.0).bind(entry.invitation_id.map(|id| id.0));
            let insert = insert.bind(entry.slot_id.map(|id| id.0)).bind(entry.device_id.map(|id| id.0));
            seqs.extend(insert.bind(to_doc(entry)?).fetch_value::<i64>(&mut *db).await?);
        }
        Ok(seqs)
    }

    async fn discard(&mut self) {
        if let Some(Link(open)) = self.open.take() {
            // `close` would run statements on a connection that is not to be trusted.
            let _ = open.close_hard().await;
        }
    }

    async fn close(mut self: Box<Self>) {
        if let Some(Link(open)) = self.open.take()
            && let Err(error) = open.close().await
        {
            tracing::warn!(%error, "The database could not be closed properly");
        }
    }
}
