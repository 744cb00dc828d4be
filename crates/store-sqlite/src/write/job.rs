//! What waits in the writer's queue: statements with their arguments, and the caller who waits for their result.

use async_trait::async_trait;
use domain::journal::JournalEvent;
use futures::future::BoxFuture;
use sqlx::SqliteConnection;
use std::time::Duration;
use store::StoreResult;
use tokio::{sync::oneshot, time::Instant};

/// Statements that are written together or not at all. They may run again after a failure, so that everything they need is
/// in the arguments.
pub(crate) type Statements<A, T> =
    for<'c> fn(arguments: &'c A, db: &'c mut SqliteConnection) -> BoxFuture<'c, StoreResult<T>>;

/// The journal entries in the result of statements.
pub(super) type Entries<T> = fn(&T) -> &[JournalEvent];

/// Statements in the queue, whatever their types.
#[async_trait]
pub(super) trait Job: Send {
    /// How long it has waited.
    fn waited(&self) -> Duration;
    /// Whether its caller has gone away.
    fn is_abandoned(&self) -> bool;
    /// Runs the statements. Their result is kept for [`Job::answer`].
    async fn run(&mut self, db: &mut SqliteConnection) -> StoreResult<()>;
    /// The journal entries that the statements wrote.
    fn entries(&self) -> &[JournalEvent];
    /// Tells the caller: the result of the statements, or why they were not written.
    fn answer(self: Box<Self>, outcome: StoreResult<()>);
}

/// Statements in the queue.
pub(super) struct Waiting<A, T> {
    pub(super) arguments: A,
    pub(super) statements: Statements<A, T>,
    pub(super) entries: Entries<T>,
    pub(super) result: Option<T>,
    pub(super) since: Instant,
    pub(super) caller: oneshot::Sender<StoreResult<T>>,
}

#[async_trait]
impl<A: Send + Sync, T: Send> Job for Waiting<A, T> {
    fn waited(&self) -> Duration {
        self.since.elapsed()
    }

    fn is_abandoned(&self) -> bool {
        self.caller.is_closed()
    }

    async fn run(&mut self, db: &mut SqliteConnection) -> StoreResult<()> {
        self.result = Some((self.statements)(&self.arguments, db).await?);
        Ok(())
    }

    fn entries(&self) -> &[JournalEvent] {
        self.result.as_ref().map_or(&[], self.entries)
    }

    fn answer(self: Box<Self>, outcome: StoreResult<()>) {
        let result = match (outcome, self.result) {
            (Ok(()), Some(result)) => Ok(result),
            (Ok(()), None) => Err(store::StoreError::Closed),
            (Err(error), _) => Err(error),
        };
        // The caller may have gone away meanwhile: it was written all the same.
        let _ = self.caller.send(result);
    }
}
