//! The writer's connection. SQLite ends a transaction by itself when the disk is full or cannot be read, and what the driver
//! believes of it is wrong from then on. Therefore a connection on which anything failed between the beginning of a
//! transaction and the end of its commit is closed, and another one is opened.

use super::files::Files;
use crate::fault::fault;
use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{path::PathBuf, time::Duration};
use store::{Outage, StoreError, StoreResult};
use tokio::time::Instant;

/// Pause after a connection could not be opened; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(50);
/// Longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// The connection, or why there is none at present.
pub(crate) struct WriteConnection {
    path: PathBuf,
    options: SqliteConnectOptions,
    open: Option<SqliteConnection>,
    files: Files,
    failure: Option<Failure>,
}

/// A connection that could not be opened.
struct Failure {
    error: StoreError,
    pause: Duration,
    next_try: Instant,
}

impl WriteConnection {
    /// Takes over an open connection to the database at `path`, whose tables are up to date. `options` open the next one;
    /// they never create a file.
    ///
    /// # Errors
    /// The file or its write-ahead log does not exist.
    pub(crate) fn new(
        path: PathBuf,
        options: SqliteConnectOptions,
        open: SqliteConnection,
    ) -> Result<Self, std::io::Error> {
        let files = Files::of(&path)?;
        Ok(Self { path, options: options.create_if_missing(false), open: Some(open), files, failure: None })
    }

    /// The files that it was opened with.
    pub(super) fn files(&self) -> &Files {
        &self.files
    }

    /// The open connection; opens one if need be. During the pause after a failure it answers with that failure at once.
    pub(super) async fn get(&mut self) -> StoreResult<&mut SqliteConnection> {
        self.files.check()?;
        let open = match self.open.take() {
            Some(open) => open,
            None => self.open_anew().await?,
        };
        Ok(self.open.insert(open))
    }

    /// Closes the connection, and with it whatever is left of its transaction.
    pub(super) async fn discard(&mut self) {
        if let Some(open) = self.open.take() {
            // `close` would run statements on a connection that is not to be trusted.
            let _ = open.close_hard().await;
        }
    }

    /// Closes the connection at the end.
    pub(crate) async fn close(mut self) {
        if let Some(open) = self.open.take()
            && let Err(error) = open.close().await
        {
            tracing::warn!(%error, "The database could not be closed properly");
        }
    }

    /// When another connection is tried; `None` unless the latest one could not be opened.
    #[cfg(test)]
    pub(super) fn next_try(&self) -> Option<Instant> {
        self.failure.as_ref().map(|failure| failure.next_try)
    }

    async fn open_anew(&mut self) -> StoreResult<SqliteConnection> {
        if let Some(failure) = self.failure.as_ref().filter(|failure| Instant::now() < failure.next_try) {
            return Err(failure.error.clone());
        }
        match self.try_open().await {
            Ok(open) => {
                self.failure = None;
                Ok(open)
            }
            Err(error) => {
                let pause = self.failure.take().map_or(FIRST_PAUSE, |last| LONGEST_PAUSE.min(last.pause * 2));
                self.failure = Some(Failure { error: error.clone(), pause, next_try: Instant::now() + pause });
                Err(error)
            }
        }
    }

    async fn try_open(&mut self) -> StoreResult<SqliteConnection> {
        let mut open = SqliteConnection::connect_with(&self.options).await.map_err(fault)?;
        // Reading opens the write-ahead log.
        sqlx::query("select count(*) from settings").execute(&mut open).await.map_err(fault)?;
        self.files = Files::of(&self.path).map_err(|error| StoreError::unusable(Outage::Unreachable, error))?;
        Ok(open)
    }
}
