//! The one writer, with group commit: what arrives during a transaction is written together in the next one. Each caller
//! waits until its own part is durable.
//!
//! A slow disk makes writes slow, not wrong: the next transaction takes all that wait. What could not be written in time is
//! refused before it is begun, so that its caller knows that nothing was written.

use super::{
    apply::apply,
    batch,
    connection::WriteConnection,
    files::Files,
    job::{Entries, Job, Statements, Waiting},
    publisher::Publisher,
};
use domain::journal::{JournalEvent, change::Change};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use store::{StoreError, StoreResult};
use tokio::{
    sync::{Mutex as AsyncMutex, broadcast, mpsc, oneshot},
    task::JoinHandle,
    time::Instant,
};

/// Jobs that may wait in the queue; what is more is refused at once.
const QUEUE: usize = 4096;
/// Jobs in one transaction at most.
const BATCH: usize = 1024;
/// Longest time in the queue. A request ends after 30 seconds: what would not be written by then is refused in time.
const LONGEST_WAIT: Duration = Duration::from_secs(12);
/// Journal entries that a subscriber may be behind; one that falls further behind loses entries and has to start over.
const BACKLOG: usize = 8192;

/// A handle to the writer's task.
pub(crate) struct Writer {
    jobs: Mutex<Option<mpsc::Sender<Box<dyn Job>>>>,
    task: AsyncMutex<Option<JoinHandle<WriteConnection>>>,
    shared: Arc<Shared>,
}

/// What the task and its handle have in common.
struct Shared {
    journal: broadcast::Sender<JournalEvent>,
    latest: Mutex<Latest>,
}

/// How the latest transaction ended.
struct Latest {
    files: Files,
    /// `None` before the first one.
    at: Option<Instant>,
    error: Option<StoreError>,
}

impl Shared {
    fn note(&self, files: Files, error: Option<StoreError>) {
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        match (&latest.error, &error) {
            (None, Some(error)) => tracing::error!(%error, "The database cannot be written"),
            (Some(_), None) => tracing::info!("The database can be written again"),
            _ => {}
        }
        *latest = Latest { files, at: Some(Instant::now()), error };
    }
}

impl Writer {
    /// Starts the writer's task.
    pub(crate) fn spawn(connection: WriteConnection) -> Self {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let latest = Latest { files: connection.files().clone(), at: None, error: None };
        let shared = Arc::new(Shared { journal: broadcast::channel(BACKLOG).0, latest: Mutex::new(latest) });
        let task = tokio::spawn(run(connection, queue, Arc::clone(&shared)));
        Self { jobs: Mutex::new(Some(jobs)), task: AsyncMutex::new(Some(task)), shared }
    }

    /// Journal entries as they are committed, in their order, which only the writer knows.
    pub(crate) fn subscribe(&self) -> broadcast::Receiver<JournalEvent> {
        self.shared.journal.subscribe()
    }

    /// Writes a change, and waits until it is durable.
    pub(crate) async fn commit(&self, change: Change) -> StoreResult<Vec<JournalEvent>> {
        self.enqueue(change, |change, db| Box::pin(apply(db, change)), Vec::as_slice).await
    }

    /// Runs statements with their arguments, together or not at all, and waits until they are durable. What they return must
    /// not hold journal entries: those are written by [`Writer::commit`].
    pub(crate) async fn write<A, T>(&self, arguments: A, statements: Statements<A, T>) -> StoreResult<T>
    where
        A: Send + Sync + 'static,
        T: Send + 'static,
    {
        self.enqueue(arguments, statements, |_| &[]).await
    }

    async fn enqueue<A, T>(&self, arguments: A, statements: Statements<A, T>, entries: Entries<T>) -> StoreResult<T>
    where
        A: Send + Sync + 'static,
        T: Send + 'static,
    {
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or(StoreError::Closed)?;
        let (caller, answer) = oneshot::channel();
        let job = Waiting { arguments, statements, entries, result: None, since: Instant::now(), caller };
        jobs.try_send(Box::new(job)).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => StoreError::Busy,
            mpsc::error::TrySendError::Closed(_) => StoreError::Closed,
        })?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// Whether the files are those that were opened.
    pub(crate) fn check_files(&self) -> StoreResult<()> {
        let files = self.shared.latest.lock().unwrap_or_else(PoisonError::into_inner).files.clone();
        files.check()
    }

    /// The result of the latest transaction, if it ended within `age`.
    pub(crate) fn latest_within(&self, age: Duration) -> Option<StoreResult<()>> {
        let latest = self.shared.latest.lock().unwrap_or_else(PoisonError::into_inner);
        let is_recent = latest.at.is_some_and(|at| at.elapsed() <= age);
        is_recent.then(|| latest.error.clone().map_or(Ok(()), Err))
    }

    /// Accepts no more jobs, and waits until those in the queue are written. Returns the connection, which has to be closed
    /// last.
    pub(crate) async fn close(&self) -> Option<WriteConnection> {
        // Without a sender the queue ends, and so does the task once the queue is empty.
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.task.lock().await.take()?.await.ok()
    }
}

/// Writes batches until the queue is closed and empty.
async fn run(
    mut connection: WriteConnection,
    mut queue: mpsc::Receiver<Box<dyn Job>>,
    shared: Arc<Shared>,
) -> WriteConnection {
    let mut publisher = Publisher::new(shared.journal.clone(), &mut connection).await;
    let mut waiting = Vec::with_capacity(BATCH);
    // Wait for a job, and take all others that have come in the meantime.
    while queue.recv_many(&mut waiting, BATCH).await > 0 {
        let mut jobs = in_time(&mut waiting);
        if jobs.is_empty() {
            continue;
        }
        publisher.catch_up(&mut connection).await;
        let results = batch::write(&mut connection, &mut jobs).await;
        let outage = results.iter().find_map(|result| result.as_ref().err().filter(|error| is_outage(error)));
        shared.note(connection.files().clone(), outage.cloned());
        for (job, result) in jobs.into_iter().zip(results) {
            match &result {
                // Subscribers first: by the time that the caller continues, they can have its entries.
                Ok(()) => publisher.send(job.entries()),
                Err(StoreError::Unknown { .. }) => publisher.is_in_doubt = true,
                Err(_) => {}
            }
            job.answer(result);
        }
        publisher.catch_up(&mut connection).await;
    }
    connection
}

/// The jobs that are still to be written. Those that waited for too long are refused; those whose caller has gone away are
/// dropped.
fn in_time(waiting: &mut Vec<Box<dyn Job>>) -> Vec<Box<dyn Job>> {
    let mut jobs = Vec::with_capacity(waiting.len());
    for job in waiting.drain(..).filter(|job| !job.is_abandoned()) {
        if job.waited() > LONGEST_WAIT {
            job.answer(Err(StoreError::Busy));
        } else {
            jobs.push(job);
        }
    }
    jobs
}

const fn is_outage(error: &StoreError) -> bool {
    matches!(error, StoreError::Unusable { .. } | StoreError::Unknown { .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A job that has waited, and what its caller is told.
    struct Waited(Duration, bool, Arc<Mutex<Vec<StoreResult<()>>>>);

    #[async_trait::async_trait]
    impl Job for Waited {
        fn waited(&self) -> Duration {
            self.0
        }

        fn is_abandoned(&self) -> bool {
            self.1
        }

        async fn run(&mut self, _: &mut sqlx::SqliteConnection) -> StoreResult<()> {
            Ok(())
        }

        fn entries(&self) -> &[JournalEvent] {
            &[]
        }

        fn answer(self: Box<Self>, outcome: StoreResult<()>) {
            self.2.lock().unwrap().push(outcome);
        }
    }

    #[test]
    fn who_waited_for_too_long_is_refused_and_who_left_is_dropped() {
        let answers = Arc::default();
        let job = |waited, left| Box::new(Waited(waited, left, Arc::clone(&answers))) as Box<dyn Job>;
        let late = LONGEST_WAIT + Duration::from_millis(1);
        let mut waiting = vec![job(Duration::ZERO, false), job(LONGEST_WAIT, false), job(late, false), job(late, true)];
        let jobs = in_time(&mut waiting);
        assert_eq!(jobs.iter().map(|job| job.waited()).collect::<Vec<_>>(), [Duration::ZERO, LONGEST_WAIT]);
        assert!(matches!(answers.lock().unwrap()[..], [Err(StoreError::Busy)]));
    }
}
