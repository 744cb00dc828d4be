//! Connections for reading. They are not tested before each use, which would cost a round trip: one that has gone meanwhile
//! shows by an error, and what was to be read is read by another.

use crate::{
    connection::{LIMIT, Snapshot, bound, converted},
    fault::{fault, is_lost},
    open::connect,
};
use async_trait::async_trait;
use sqlx::{
    Connection as _, PgPool,
    pool::PoolConnection,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use store::{
    Outage, StoreError, StoreResult,
    sql::{
        database::{Connection, Readers, Row, Statement},
        write::connection::Pauses,
    },
};
use tokio::{sync::Mutex, time::timeout};

/// Longest wait for a connection.
const WAIT: Duration = Duration::from_secs(5);

const SNAPSHOT: &str = "begin isolation level repeatable read, read only";

/// A pool of connections.
#[derive(Clone)]
pub(crate) struct PostgresReaders {
    pool: PgPool,
    doubt: Arc<Doubt>,
}

/// Whether the database can be reached at all. Without this, each read would wait as long as the pool tries to connect.
#[derive(Default)]
struct Doubt {
    is_raised: AtomicBool,
    pauses: Mutex<Pauses>,
}

impl PostgresReaders {
    /// At most `count` connections, which are opened when they are needed and then kept. This also avoids the pool's
    /// maintenance task. In sqlx 0.9.0 it counts idle connections while others take and return them; when it reads the counter
    /// below zero it never ends, keeps a thread busy, and delays the exit of the program.
    pub(crate) fn new(options: PgConnectOptions, count: u32) -> Self {
        let pool = PgPoolOptions::new().max_connections(count).acquire_timeout(WAIT).test_before_acquire(false);
        let pool = pool.max_lifetime(None).idle_timeout(None);
        Self { pool: pool.connect_lazy_with(options), doubt: Arc::default() }
    }

    /// Closes them.
    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }

    /// How often something is tried: all connections may be gone, and then a new one is opened.
    fn tries(&self) -> u32 {
        self.pool.options().get_max_connections() + 1
    }

    async fn connection(&self) -> StoreResult<PoolConnection<sqlx::Postgres>> {
        self.settle_doubt().await?;
        self.pool.acquire().await.map_err(|error| self.waited(error))
    }

    /// After a connection was lost, one caller finds out whether another one can be opened. All others are told the same.
    ///
    /// # Errors
    /// None can be opened, or none could a moment ago.
    async fn settle_doubt(&self) -> StoreResult<()> {
        if !self.doubt.is_raised.load(Ordering::Acquire) {
            return Ok(());
        }
        let mut pauses = self.doubt.pauses.lock().await;
        if !self.doubt.is_raised.load(Ordering::Acquire) {
            return Ok(());
        }
        pauses.check()?;
        let opened = connect(&self.pool.connect_options()).await.map_err(fault);
        // Nothing is lost by an error of closing.
        drop(pauses.note(opened)?.close().await);
        self.doubt.is_raised.store(false, Ordering::Release);
        Ok(())
    }

    fn raise_doubt(&self) {
        self.doubt.is_raised.store(true, Ordering::Release);
    }

    /// That a connection did not come in time means either that all are in use, or that none can be opened.
    fn waited(&self, error: sqlx::Error) -> StoreError {
        let can_grow = self.pool.size() < self.pool.options().get_max_connections();
        match error {
            sqlx::Error::PoolTimedOut if can_grow => {
                self.raise_doubt();
                StoreError::unusable(Outage::Unreachable, "no connection in time")
            }
            other => fault(other),
        }
    }
}

#[async_trait]
impl Readers for PostgresReaders {
    async fn rows(&self, statement: Statement<'_>) -> StoreResult<Vec<Row>> {
        let mut tries = self.tries();
        loop {
            let mut connection = self.connection().await?;
            let read = timeout(LIMIT, bound(statement.clone()).fetch_all(&mut *connection)).await;
            tries -= 1;
            match read {
                Ok(Ok(rows)) => return Ok(converted(rows)),
                Ok(Err(error)) if is_lost(&error) => {
                    self.raise_doubt();
                    connection.close_on_drop();
                    if tries == 0 {
                        return Err(fault(error));
                    }
                }
                Ok(Err(error)) => return Err(fault(error)),
                Err(_) => {
                    connection.close_on_drop();
                    return Err(StoreError::unusable(Outage::Slow, "an answer did not come in time"));
                }
            }
        }
    }

    async fn snapshot(&self) -> StoreResult<Box<dyn Connection>> {
        let mut tries = self.tries();
        loop {
            tries -= 1;
            self.settle_doubt().await?;
            match timeout(LIMIT, self.pool.begin_with(SNAPSHOT)).await {
                Ok(Ok(transaction)) => return Ok(Box::new(Snapshot(transaction))),
                Ok(Err(error)) if is_lost(&error) && tries > 0 => self.raise_doubt(),
                Ok(Err(error)) => return Err(self.waited(error)),
                Err(_) => return Err(StoreError::unusable(Outage::Slow, "an answer did not come in time")),
            }
        }
    }
}
