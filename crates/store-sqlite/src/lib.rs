//! The store in an embedded SQLite file: WAL, many readers, one writer.

mod accounts;
mod aggregates;
mod facets;
mod fault;
mod list;
mod rows;
mod settings;
mod views;
mod work;
mod write;

use async_trait::async_trait;
use domain::journal::JournalEvent;
use fault::fault;
use sqlx::{
    SqlitePool,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::Path, time::Duration};
use store::{Store, StoreError, StoreResult};
use tokio::sync::broadcast;
use write::{person_columns, slot_columns, writer::Writer};

static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/sqlite");

/// Connections for reading; SQLite's readers do not wait for the writer.
const READERS: u32 = 4;

/// Page cache of each of them: 16 MiB, in SQLite's notation. With SQLite's default of 2 MB a search that reads a few thousand
/// rows among 100,000 takes half as long again.
const READER_CACHE: &str = "-16384";

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It cannot be opened.
    #[error("the database {path} cannot be opened: {source}")]
    Open {
        /// Where it is.
        path: String,
        /// The error of SQLite.
        source: sqlx::Error,
    },
    /// Its tables cannot be brought up to date.
    #[error("the database {path} cannot be brought up to date: {source}")]
    Migrate {
        /// Where it is.
        path: String,
        /// What went wrong.
        source: sqlx::migrate::MigrateError,
    },
    /// Its computed columns cannot be brought up to date.
    #[error("the rows of the database {path} cannot be brought up to date: {source}")]
    Columns {
        /// Where it is.
        path: String,
        /// What went wrong.
        source: StoreError,
    },
}

/// A SQLite file.
pub struct SqliteStore {
    readers: SqlitePool,
    /// One connection: every write goes through it, so that none meets `SQLITE_BUSY`.
    writing: SqlitePool,
    writer: Writer,
}

impl SqliteStore {
    /// Opens the file, creates it if there is none, and brings its tables up to date.
    ///
    /// # Errors
    /// The file cannot be opened, or belongs to a newer version.
    pub async fn open(path: &Path) -> Result<Self, OpenError> {
        let shown = path.display().to_string();
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A commit that was confirmed survives a power cut, not only a killed process.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(5))
            .foreign_keys(true);
        let opened = |source| OpenError::Open { path: shown.clone(), source };
        let writing = pool_options().max_connections(1).connect_with(options.clone()).await.map_err(opened)?;
        MIGRATIONS.run(&writing).await.map_err(|source| OpenError::Migrate { path: shown.clone(), source })?;
        let computed = |source| OpenError::Columns { path: shown.clone(), source };
        slot_columns::bring_up_to_date(&writing).await.map_err(computed)?;
        person_columns::bring_up_to_date(&writing).await.map_err(computed)?;
        let reading = options.read_only(true).pragma("cache_size", READER_CACHE);
        let readers = pool_options().max_connections(READERS).connect_with(reading).await.map_err(opened)?;
        let writer = Writer::spawn(writing.clone());
        Ok(Self { readers, writing, writer })
    }
}

#[async_trait]
impl Store for SqliteStore {
    fn subscribe(&self) -> broadcast::Receiver<JournalEvent> {
        self.writer.subscribe()
    }

    async fn ping(&self) -> StoreResult<()> {
        sqlx::query("select 1").execute(&self.readers).await.map_err(fault)?;
        Ok(())
    }

    async fn close(&self) {
        self.writer.close().await;
        self.readers.close().await;
        self.writing.close().await;
    }
}

/// A pool that never closes its connections: those to a local file do not go stale. This also avoids the pool's maintenance
/// task. In sqlx 0.9.0 it counts idle connections while others take and return them; when it reads the counter below zero it
/// never ends, keeps a thread busy, and delays the exit of the program.
fn pool_options() -> SqlitePoolOptions {
    SqlitePoolOptions::new().max_lifetime(None).idle_timeout(None)
}
