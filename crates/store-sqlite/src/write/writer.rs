//! The one writer: changes that arrive while a transaction is on its way go into the next one together (group commit),
//! and each caller waits until its own change is durable.

use super::apply::apply;
use domain::journal::{JournalEvent, change::Change};
use sqlx::{Connection as _, SqliteConnection, SqlitePool};
use store::{StoreError, StoreResult};
use tokio::{
    sync::{Mutex, broadcast, mpsc, oneshot},
    task::JoinHandle,
};

/// Changes that wait for the writer before callers have to wait to hand theirs over.
const QUEUE: usize = 1024;
/// Changes that go into one transaction.
const BATCH: usize = 128;
/// Entries that a listener may be behind before it has to start over.
const BACKLOG: usize = 8192;

type Answer = StoreResult<Vec<JournalEvent>>;

struct Job {
    change: Change,
    answer: oneshot::Sender<Answer>,
}

/// A handle to the writer's task.
pub(crate) struct Writer {
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
    task: Mutex<Option<JoinHandle<()>>>,
    journal: broadcast::Sender<JournalEvent>,
}

impl Writer {
    /// Starts the task.
    pub(crate) fn spawn(pool: SqlitePool) -> Self {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let journal = broadcast::channel(BACKLOG).0;
        let task = tokio::spawn(run(pool, queue, journal.clone()));
        Self { jobs: Mutex::new(Some(jobs)), task: Mutex::new(Some(task)), journal }
    }

    /// Entries as they are committed. The writer itself tells, since only it knows their order.
    pub(crate) fn subscribe(&self) -> broadcast::Receiver<JournalEvent> {
        self.journal.subscribe()
    }

    /// Writes a change, and waits until it is durable.
    pub(crate) async fn commit(&self, change: Change) -> Answer {
        let jobs = self.jobs.lock().await.clone().ok_or(StoreError::Closed)?;
        let (answer, answered) = oneshot::channel();
        jobs.send(Job { change, answer }).await.map_err(|_| StoreError::Closed)?;
        answered.await.map_err(|_| StoreError::Closed)?
    }

    /// Takes no more changes and waits for those that were handed over.
    pub(crate) async fn close(&self) {
        self.jobs.lock().await.take();
        if let Some(task) = self.task.lock().await.take() {
            let _ = task.await;
        }
    }
}

async fn run(pool: SqlitePool, mut queue: mpsc::Receiver<Job>, journal: broadcast::Sender<JournalEvent>) {
    let mut batch = Vec::with_capacity(BATCH);
    while queue.recv_many(&mut batch, BATCH).await > 0 {
        let (changes, waiting): (Vec<_>, Vec<_>) = batch.drain(..).map(|job| (job.change, job.answer)).unzip();
        let answers = match write(&pool, &changes).await {
            Ok(answers) => answers,
            Err(error) => {
                tracing::error!(%error, "A transaction of {} changes failed", changes.len());
                changes.iter().map(|_| Err(StoreError::Conflict)).collect()
            }
        };
        for (answer, result) in waiting.into_iter().zip(answers) {
            for entry in result.iter().flatten() {
                // Nobody listening is no error.
                let _ = journal.send(entry.clone());
            }
            // A caller that went away does not need its answer; the change stands all the same.
            let _ = answer.send(result);
        }
    }
}

/// Writes all changes in one transaction; one that cannot be written takes no other with it.
async fn write(pool: &SqlitePool, changes: &[Change]) -> Result<Vec<Answer>, sqlx::Error> {
    let mut connection = pool.acquire().await?;
    let mut transaction = connection.begin_with("begin immediate").await?;
    let mut answers = Vec::with_capacity(changes.len());
    for change in changes {
        answers.push(write_one(&mut transaction, change).await?);
    }
    transaction.commit().await?;
    Ok(answers)
}

async fn write_one(connection: &mut SqliteConnection, change: &Change) -> Result<Answer, sqlx::Error> {
    let mut savepoint = connection.begin().await?;
    match apply(&mut savepoint, change).await {
        Ok(events) => {
            savepoint.commit().await?;
            Ok(Ok(events))
        }
        Err(error) => {
            savepoint.rollback().await?;
            Ok(Err(error))
        }
    }
}
