//! The store in an embedded SQLite file: WAL, many readers, one writer.

mod connection;
mod copy;
mod facets;
mod fault;
mod key_evidence;
mod list;
mod row;
mod servers;
mod statements;
mod write;

pub use copy::CopySource;
pub use key_evidence::key_evidence;

use async_trait::async_trait;
use connection::{FileReaders, Link};
use domain::{
    Timestamp,
    journal::JournalEvent,
    list::{Page, SlotQuery},
    slot::SlotRow,
    types::ids::SlotId,
};
use list::{slots, text};
use sqlx::{
    Connection as _, SqliteConnection,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::Path, time::Duration};
use store::{
    EngineState, Store, StoreError, StoreResult,
    sql::{
        SqlStore,
        database::{Readers, Statement},
        write::{readiness::Readiness, writer::Writer},
    },
};
use tokio::sync::broadcast;
use write::{
    connection::{FileWriting, OpenFiles},
    hardware_keys, person_columns,
    publisher::FilePublisher,
    slot_rows,
};

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

/// Jobs and reports in one transaction at most.
const BATCH: usize = 1024;

/// Journal entries that a subscriber may be behind; one that falls further behind loses entries and has to start over.
const BACKLOG: usize = 8192;

/// What the writer may cache, in kB for SQLite, which gives each connection two megabytes by itself: a transaction of many
/// changes touches more pages than that, writes some of them before its end, and reads them again.
const WRITER_CACHE: &str = "-32768";

/// Pages in the write-ahead log (32 MB) before they are moved into the file, each once however often it was written.
const CHECKPOINT_PAGES: &str = "8000";

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
    /// It is a database of something else.
    #[error("{path} is no database of Rollcall")]
    Foreign {
        /// Where it is.
        path: String,
    },
    /// It is of an older version, and cannot be copied to be brought up to date.
    #[error("the database {path} is of an older version and cannot be copied: {source}")]
    Scratch {
        /// Where it is.
        path: String,
        /// What went wrong.
        source: StoreError,
    },
}

/// A SQLite file.
pub struct SqliteStore {
    readers: FileReaders,
    /// Every write goes through it, so that none meets `SQLITE_BUSY`.
    writer: Writer,
    journal: broadcast::Sender<JournalEvent>,
    files: OpenFiles,
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
        let mut db = Link(db);
        let computed = |source| OpenError::Columns { path: shown.clone(), source };
        // People first: rows have a copy of their names and emails.
        person_columns::bring_up_to_date(&mut db).await.map_err(computed)?;
        slot_rows::bring_up_to_date(&mut db).await.map_err(computed)?;
        hardware_keys::bring_up_to_date(&mut db).await.map_err(computed)?;
        let reading = options.clone().read_only(true).pragma("cache_size", READER_CACHE);
        let readers = pool_options().max_connections(READERS).connect_with(reading).await.map_err(opened)?;
        let journal = broadcast::channel(BACKLOG).0;
        let publisher = FilePublisher::new(journal.clone(), &mut db).await.map_err(computed)?;
        let connection =
            FileWriting::new(path.to_owned(), options, db).map_err(|error| opened(sqlx::Error::Io(error)))?;
        let files = connection.files();
        let writer = Writer::spawn(Box::new(connection), Box::new(publisher), BATCH);
        let writer = writer.map_err(|error| opened(sqlx::Error::Io(error)))?;
        Ok(Self { readers: FileReaders(readers), writer, journal, files, readiness: Readiness::default() })
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
        .pragma("cache_size", WRITER_CACHE)
        .foreign_keys(true)
}

#[async_trait]
impl Store for SqliteStore {
    fn subscribe(&self) -> broadcast::Receiver<JournalEvent> {
        self.journal.subscribe()
    }

    async fn ready(&self) -> StoreResult<()> {
        self.files.check()?;
        self.readiness.check(&self.writer, &self.readers).await
    }

    fn engine_state(&self) -> EngineState {
        self.writer.state(self.files.sizes())
    }

    async fn close(&self) {
        let connection = self.writer.close().await;
        self.readers.0.close().await;
        // Last: whoever can write moves the log into the file.
        if let Some(connection) = connection {
            connection.close().await;
        }
    }
}

#[async_trait]
impl SqlStore for SqliteStore {
    fn readers(&self) -> &dyn Readers {
        &self.readers
    }

    fn lists(&self) -> &dyn Readers {
        &self.readers
    }

    fn writer(&self) -> &Writer {
        &self.writer
    }

    fn doc_text(&self, column: &str, field: &str) -> String {
        format!("case when json_valid({column}) then {column} ->> '$.{field}' else 'damaged' end")
    }

    fn index_hint(&self, index: &'static str) -> String {
        format!(" indexed by {index}")
    }

    fn secrets_of_device(&self) -> &'static str {
        "(select group_concat(hex(hash), ' ') from \
         (select hash from device_secrets where device_id = devices.id order by seq))"
    }

    fn people_keys(&self) -> &'static str {
        "people_keys k"
    }

    fn position(&self) -> &'static str {
        slots::POSITION
    }

    fn push_people_with(&self, sql: &mut Statement<'_>, words: &[String]) {
        text::push_people(sql, words);
    }

    fn push_invitations_with(&self, sql: &mut Statement<'_>, words: &[String]) {
        text::push_invitations(sql, words);
    }

    async fn is_met_soon(&self, _: &[String]) -> StoreResult<bool> {
        Ok(false)
    }

    async fn slot_page(&self, query: &SlotQuery, now: Timestamp) -> StoreResult<Page<SlotRow>> {
        slots::list(&self.readers, query, now).await
    }

    async fn slots_of(&self, query: &SlotQuery, now: Timestamp, limit: usize) -> StoreResult<Vec<SlotId>> {
        slots::matching(&self.readers, query, now, limit).await
    }
}

/// A pool that never closes its connections: those to a local file do not go stale. This also avoids the pool's maintenance
/// task. In sqlx 0.9.0 it counts idle connections while others take and return them; when it reads the counter below zero it
/// never ends, keeps a thread busy, and delays the exit of the program.
fn pool_options() -> SqlitePoolOptions {
    SqlitePoolOptions::new().max_lifetime(None).idle_timeout(None).acquire_timeout(READ_WAIT)
}
