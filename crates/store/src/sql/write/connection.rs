//! The writer's connection as an engine brings it. What a driver believes of a transaction is wrong after some failures, and
//! an engine may have ended the transaction by itself. Therefore a connection on which anything failed between the beginning
//! of a transaction and the end of its commit is closed, and another one is opened.

use crate::{StoreError, StoreResult, sql::database::Connection};
use async_trait::async_trait;
use domain::journal::NewEvent;
use std::time::Duration;
use tokio::time::Instant;

/// Pause after a connection could not be opened; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(50);
/// Longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// The connection that everything is written by.
#[async_trait]
pub trait WriteConnection: Send {
    /// The statement that begins a transaction.
    fn begin(&self) -> &'static str;
    /// Whether other servers write the same database.
    fn is_shared(&self) -> bool;
    /// The open connection; opens one if need be. During the pause after a failure it answers with that failure at once.
    async fn get(&mut self) -> StoreResult<&mut dyn Connection>;
    /// Appends journal entries in the transaction that has begun, as the last thing before its commit, and returns their
    /// numbers in the same order. From then on no other server appends any until the transaction has ended.
    async fn append(&mut self, entries: &[&NewEvent]) -> StoreResult<Vec<i64>>;
    /// Closes the connection, and with it whatever is left of its transaction.
    async fn discard(&mut self);
    /// Closes the connection at the end.
    async fn close(self: Box<Self>);
}

/// A connection that could not be opened, and when the next one is tried.
#[derive(Default)]
pub struct Pauses(Option<Failure>);

struct Failure {
    error: StoreError,
    pause: Duration,
    next_try: Instant,
}

impl Pauses {
    /// Whether a connection may be tried now.
    ///
    /// # Errors
    /// Why the latest one could not be opened, until the pause is over.
    pub fn check(&self) -> StoreResult<()> {
        match &self.0 {
            Some(failure) if Instant::now() < failure.next_try => Err(failure.error.clone()),
            _ => Ok(()),
        }
    }

    /// Notes whether a connection could be opened, and returns it.
    pub fn note<T>(&mut self, opened: StoreResult<T>) -> StoreResult<T> {
        match &opened {
            Ok(_) => self.0 = None,
            Err(error) => {
                let pause = self.0.take().map_or(FIRST_PAUSE, |last| LONGEST_PAUSE.min(last.pause * 2));
                self.0 = Some(Failure { error: error.clone(), pause, next_try: Instant::now() + pause });
            }
        }
        opened
    }

    /// When another connection is tried; `None` unless the latest one could not be opened.
    pub fn next_try(&self) -> Option<Instant> {
        self.0.as_ref().map(|failure| failure.next_try)
    }
}
