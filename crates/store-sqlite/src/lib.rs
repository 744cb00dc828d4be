//! The store in an embedded SQLite file: WAL, many readers, one writer.

mod accounts;
mod aggregates;
mod apple;
mod damaged;
mod facets;
mod fault;
mod hardware;
mod jobs;
mod key_evidence;
mod list;
mod readiness;
mod rows;
mod settings;
mod telemetry;
mod trust;
mod views;
mod work;
mod write;

use async_trait::async_trait;
use domain::journal::JournalEvent;
pub use key_evidence::key_evidence;
use readiness::Readiness;
use sqlx::{
    Connection as _, SqliteConnection, SqlitePool,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::Path, time::Duration};
use store::{EngineState, Store, StoreError, StoreResult};
use tokio::sync::broadcast;
use write::{connection::WriteConnection, hardware_keys, person_columns, slot_columns, writer::Writer};

static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/sqlite");

/// Connections for reading; SQLite's readers do not wait for the writer.
const READERS: u32 = 4;

/// Page cache of each of them: 16 MiB, in SQLite's notation. With SQLite's default of 2 MB a search that reads a few thousand
/// rows among 100,000 takes half as long again.
const READER_CACHE: &str = "-16384";

/// Longest wait for one of them.
const READ_WAIT: Duration = Duration::from_secs(10);

/// Longest wait for another process that writes, such as `rollcall account create` while the server runs.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// Pages in the write-ahead log (16 MB) before they are moved into the file.
const CHECKPOINT_PAGES: &str = "4000";

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
    /// Every write goes through it, so that none meets `SQLITE_BUSY`.
    writer: Writer,
    readiness: Readiness,
}

impl SqliteStore {
    /// Opens the file, creates it if there is none, and brings its tables up to date.
    ///
    /// # Errors
    /// The file cannot be opened, or belongs to a newer version.
    pub async fn open(path: &Path) -> Result<Self, OpenError> {
        let shown = path.display().to_string();
        let opened = |source| OpenError::Open { path: shown.clone(), source };
        let options = connect_options(path);
        let mut db = SqliteConnection::connect_with(&options).await.map_err(opened)?;
        MIGRATIONS.run(&mut db).await.map_err(|source| OpenError::Migrate { path: shown.clone(), source })?;
        let computed = |source| OpenError::Columns { path: shown.clone(), source };
        // People first: rows have a copy of their names and emails.
        person_columns::bring_up_to_date(&mut db).await.map_err(computed)?;
        slot_columns::bring_up_to_date(&mut db).await.map_err(computed)?;
        hardware_keys::bring_up_to_date(&mut db).await.map_err(computed)?;
        let reading = options.clone().read_only(true).pragma("cache_size", READER_CACHE);
        let readers = pool_options().max_connections(READERS).connect_with(reading).await.map_err(opened)?;
        let connection =
            WriteConnection::new(path.to_owned(), options, db).map_err(|error| opened(sqlx::Error::Io(error)))?;
        let writer = Writer::spawn(connection).map_err(|error| opened(sqlx::Error::Io(error)))?;
        Ok(Self { readers, writer, readiness: Readiness::default() })
    }
}

fn connect_options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // A commit that was confirmed survives a power cut, not only a killed process.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY_TIMEOUT)
        // Moving the log into the file costs two flushes more, on top of a commit: not too often.
        .pragma("wal_autocheckpoint", CHECKPOINT_PAGES)
        .foreign_keys(true)
}

#[async_trait]
impl Store for SqliteStore {
    fn subscribe(&self) -> broadcast::Receiver<JournalEvent> {
        self.writer.subscribe()
    }

    async fn ready(&self) -> StoreResult<()> {
        self.readiness.check(&self.writer, &self.readers).await
    }

    fn engine_state(&self) -> EngineState {
        self.writer.state()
    }

    async fn close(&self) {
        let connection = self.writer.close().await;
        self.readers.close().await;
        // Last: whoever can write moves the log into the file.
        if let Some(connection) = connection {
            connection.close().await;
        }
    }
}

/// A pool that never closes its connections: those to a local file do not go stale. This also avoids the pool's maintenance
/// task. In sqlx 0.9.0 it counts idle connections while others take and return them; when it reads the counter below zero it
/// never ends, keeps a thread busy, and delays the exit of the program.
fn pool_options() -> SqlitePoolOptions {
    SqlitePoolOptions::new().max_lifetime(None).idle_timeout(None).acquire_timeout(READ_WAIT)
}
