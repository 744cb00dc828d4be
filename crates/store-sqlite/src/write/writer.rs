//! The one writer, with group commit: what arrives during a transaction is written together in the next one. Each caller
//! waits until its own part is durable.
//!
//! It has a thread of its own: among hundreds of ready tasks it would be scheduled late, and all of them wait for it.
//!
//! A slow disk makes writes slow, not wrong: the next transaction takes all that wait. What could not be written in time is
//! refused before it is begun, so that its caller knows that nothing was written.

use super::{
    apply::apply,
    batch::Batch,
    connection::WriteConnection,
    files::Files,
    job::{Entries, Job, Statements, Waiting},
    publisher::Publisher,
    telemetry::{TelemetryRow, WaitingReport},
};
use domain::journal::{JournalEvent, change::Change};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use store::{EngineState, StoreError, StoreResult, WriterStats};
use tokio::{
    runtime,
    sync::{Mutex as AsyncMutex, broadcast, mpsc, oneshot},
    time::Instant,
};

/// Jobs and reports that may wait in the queue; what is more is refused at once.
const QUEUE: usize = 4096;
/// Jobs and reports in one transaction at most.
const BATCH: usize = 1024;
/// Longest time in the queue. A request ends after 30 seconds: what would not be written by then is refused in time.
const LONGEST_WAIT: Duration = Duration::from_secs(12);
/// Journal entries that a subscriber may be behind; one that falls further behind loses entries and has to start over.
const BACKLOG: usize = 8192;

/// A handle to the writer's thread.
pub(crate) struct Writer {
    queue: Mutex<Option<mpsc::Sender<Work>>>,
    /// Returns the connection at the end.
    end: AsyncMutex<Option<oneshot::Receiver<WriteConnection>>>,
    shared: Arc<Shared>,
}

/// What waits in the queue.
enum Work {
    /// Statements.
    Job(Box<dyn Job>),
    /// A report that changes nothing else.
    Report(WaitingReport),
}

/// What the thread and its handle have in common.
struct Shared {
    journal: broadcast::Sender<JournalEvent>,
    stats: Arc<WriterStats>,
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
    /// Counts a batch.
    fn count(&self, batch: &Batch, took: Duration, has_failed: bool) {
        self.stats.jobs.observe(batch.jobs.len() as u64);
        self.stats.reports.observe(batch.reports.len() as u64);
        self.stats.transactions.observe_duration(took);
        if has_failed {
            self.stats.failed.count();
        }
    }

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
    /// Starts the writer's thread.
    ///
    /// # Errors
    /// The system gives no thread.
    pub(crate) fn spawn(connection: WriteConnection) -> std::io::Result<Self> {
        let (work, queue) = mpsc::channel(QUEUE);
        let (ended, end) = oneshot::channel();
        let latest = Latest { files: connection.files().clone(), at: None, error: None };
        let shared = Arc::new(Shared {
            journal: broadcast::channel(BACKLOG).0,
            stats: Arc::default(),
            latest: Mutex::new(latest),
        });
        let runtime = runtime::Builder::new_current_thread().enable_time().build()?;
        let of_thread = Arc::clone(&shared);
        std::thread::Builder::new().name("writer".to_owned()).spawn(move || {
            let connection = runtime.block_on(run(connection, queue, of_thread));
            // Whoever closed the store may have gone away.
            let _ = ended.send(connection);
        })?;
        Ok(Self { queue: Mutex::new(Some(work)), end: AsyncMutex::new(Some(end)), shared })
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
        let (caller, answer) = oneshot::channel();
        let job = Waiting { arguments, statements, entries, result: None, since: Instant::now(), caller };
        self.push(Work::Job(Box::new(job)))?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// Writes a report, and waits until it is durable. False when it was not to be written.
    pub(crate) async fn report(&self, row: TelemetryRow) -> StoreResult<bool> {
        let (caller, answer) = oneshot::channel();
        self.push(Work::Report(WaitingReport::new(row, caller)))?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    fn push(&self, work: Work) -> StoreResult<()> {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.as_ref().ok_or(StoreError::Closed)?.try_send(work).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => {
                self.shared.stats.refused.count();
                StoreError::Busy
            }
            mpsc::error::TrySendError::Closed(_) => StoreError::Closed,
        })
    }

    /// What can be seen of it from outside.
    pub(crate) fn state(&self) -> EngineState {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let queued = queue.as_ref().map_or(0, |queue| queue.max_capacity() - queue.capacity());
        drop(queue);
        let files = self.shared.latest.lock().unwrap_or_else(PoisonError::into_inner).files.clone();
        let [database_bytes, log_bytes] = files.sizes();
        EngineState { writer: Arc::clone(&self.shared.stats), queued, database_bytes, log_bytes }
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

    /// Accepts no more work, and waits until that in the queue is written. Returns the connection, which has to be closed
    /// last.
    pub(crate) async fn close(&self) -> Option<WriteConnection> {
        // Without a sender the queue ends, and so does the thread once the queue is empty.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.end.lock().await.take()?.await.ok()
    }
}

/// Writes batches until the queue is closed and empty.
async fn run(mut connection: WriteConnection, mut queue: mpsc::Receiver<Work>, shared: Arc<Shared>) -> WriteConnection {
    let mut publisher = Publisher::new(shared.journal.clone(), &mut connection).await;
    let mut waiting = Vec::with_capacity(BATCH);
    // Wait for work, and take all that has come in the meantime.
    while queue.recv_many(&mut waiting, BATCH).await > 0 {
        let mut batch = in_time(&mut waiting, &shared.stats);
        if batch.is_empty() {
            continue;
        }
        publisher.catch_up(&mut connection).await;
        let begun = Instant::now();
        let written = batch.write(&mut connection).await;
        shared.count(&batch, begun.elapsed(), written.outage().is_some());
        shared.note(connection.files().clone(), written.outage().cloned());
        for (job, result) in batch.jobs.into_iter().zip(written.jobs) {
            match &result {
                // Subscribers first: by the time that the caller continues, they can have its entries.
                Ok(()) => publisher.send(job.entries()),
                Err(StoreError::Unknown { .. }) => publisher.is_in_doubt = true,
                Err(_) => {}
            }
            job.answer(result);
        }
        for (report, result) in batch.reports.into_iter().zip(written.reports) {
            report.answer(result);
        }
        publisher.catch_up(&mut connection).await;
    }
    connection
}

/// What is still to be written. What waited for too long is refused; that whose caller has gone away is dropped.
fn in_time(waiting: &mut Vec<Work>, stats: &WriterStats) -> Batch {
    let mut batch = Batch::default();
    for work in waiting.drain(..) {
        match work {
            Work::Job(job) if job.is_abandoned() => {}
            Work::Job(job) if job.waited() > LONGEST_WAIT => {
                stats.refused.count();
                job.answer(Err(StoreError::Busy));
            }
            Work::Job(job) => batch.jobs.push(job),
            Work::Report(report) if report.is_abandoned() => {}
            Work::Report(report) if report.waited() > LONGEST_WAIT => {
                stats.refused.count();
                report.answer(Err(StoreError::Busy));
            }
            Work::Report(report) => batch.reports.push(report),
        }
    }
    batch
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
        let job = |waited, left| Work::Job(Box::new(Waited(waited, left, Arc::clone(&answers))));
        let late = LONGEST_WAIT + Duration::from_millis(1);
        let mut waiting = vec![job(Duration::ZERO, false), job(LONGEST_WAIT, false), job(late, false), job(late, true)];
        let stats = WriterStats::default();
        let jobs = in_time(&mut waiting, &stats).jobs;
        assert_eq!(jobs.iter().map(|job| job.waited()).collect::<Vec<_>>(), [Duration::ZERO, LONGEST_WAIT]);
        assert!(matches!(answers.lock().unwrap()[..], [Err(StoreError::Busy)]));
        assert_eq!(stats.refused.get(), 1);
    }
}
