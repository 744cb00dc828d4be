//! The one writer, with group commit: changes that arrive during a transaction are written together in the next one, so that
//! they share its flush to the disk. Each caller waits until its own change is durable.

use super::apply::apply;
use domain::journal::{JournalEvent, change::Change};
use sqlx::{Connection as _, SqliteConnection, SqlitePool};
use store::{StoreError, StoreResult};
use tokio::{
    sync::{Mutex, broadcast, mpsc, oneshot},
    task::JoinHandle,
};

/// Changes that may wait in the queue; when it is full, callers wait to enter theirs.
const QUEUE: usize = 1024;
/// Changes in one transaction at most.
const BATCH: usize = 128;
/// Journal entries that a subscriber may be behind; one that falls further behind loses entries and has to start over.
const BACKLOG: usize = 8192;

/// The journal entries of a change that was written.
type Committed = StoreResult<Vec<JournalEvent>>;

/// A change in the queue.
struct Job {
    change: Change,
    /// Where the caller waits.
    reply: oneshot::Sender<Committed>,
}

/// A handle to the writer's task.
pub(crate) struct Writer {
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
    task: Mutex<Option<JoinHandle<()>>>,
    journal: broadcast::Sender<JournalEvent>,
}

impl Writer {
    /// Starts the writer's task.
    pub(crate) fn spawn(pool: SqlitePool) -> Self {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let journal = broadcast::channel(BACKLOG).0;
        let task = tokio::spawn(run(pool, queue, journal.clone()));
        Self { jobs: Mutex::new(Some(jobs)), task: Mutex::new(Some(task)), journal }
    }

    /// Journal entries as they are committed, in their order, which only the writer knows.
    pub(crate) fn subscribe(&self) -> broadcast::Receiver<JournalEvent> {
        self.journal.subscribe()
    }

    /// Writes a change, and waits until it is durable.
    pub(crate) async fn commit(&self, change: Change) -> Committed {
        let jobs = self.jobs.lock().await.clone().ok_or(StoreError::Closed)?;
        let (reply, committed) = oneshot::channel();
        jobs.send(Job { change, reply }).await.map_err(|_| StoreError::Closed)?;
        committed.await.map_err(|_| StoreError::Closed)?
    }

    /// Accepts no more changes, and waits until those in the queue are written.
    pub(crate) async fn close(&self) {
        // Without a sender the queue ends, and so does the task once the queue is empty.
        self.jobs.lock().await.take();
        if let Some(task) = self.task.lock().await.take() {
            let _ = task.await;
        }
    }
}

/// Writes batches until the queue is closed and empty.
async fn run(pool: SqlitePool, mut queue: mpsc::Receiver<Job>, journal: broadcast::Sender<JournalEvent>) {
    let mut batch = Vec::with_capacity(BATCH);
    // Wait for a change, and take all others that have come in the meantime.
    while queue.recv_many(&mut batch, BATCH).await > 0 {
        let (changes, replies): (Vec<_>, Vec<_>) = batch.drain(..).map(|job| (job.change, job.reply)).unzip();
        // From here on the batch is durable, or none of it was written.
        let results = write_batch(&pool, &changes).await;
        for (reply, result) in replies.into_iter().zip(results) {
            // Subscribers first: by the time that the caller continues, they can have its entries.
            for entry in result.iter().flatten() {
                // It is no error that nobody subscribes.
                let _ = journal.send(entry.clone());
            }
            // Nor that the caller has gone away: its change was written all the same.
            let _ = reply.send(result);
        }
    }
}

/// Writes all changes in one transaction; returns the result of each.
async fn write_batch(pool: &SqlitePool, changes: &[Change]) -> Vec<Committed> {
    match transaction(pool, changes).await {
        Ok(results) => results,
        Err(error) => {
            tracing::error!(%error, "A transaction of {} changes failed", changes.len());
            changes.iter().map(|_| Err(StoreError::Conflict)).collect()
        }
    }
}

async fn transaction(pool: &SqlitePool, changes: &[Change]) -> Result<Vec<Committed>, sqlx::Error> {
    let mut connection = pool.acquire().await?;
    let mut transaction = connection.begin_with("begin immediate").await?;
    let mut results = Vec::with_capacity(changes.len());
    for change in changes {
        results.push(write_one(&mut transaction, change).await?);
    }
    transaction.commit().await?;
    Ok(results)
}

/// Writes a change behind a savepoint: one that is refused is rolled back alone, without the others of the transaction.
async fn write_one(connection: &mut SqliteConnection, change: &Change) -> Result<Committed, sqlx::Error> {
    let mut savepoint = connection.begin().await?;
    let result = apply(&mut savepoint, change).await;
    if result.is_ok() {
        savepoint.commit().await?;
    } else {
        savepoint.rollback().await?;
    }
    Ok(result)
}
