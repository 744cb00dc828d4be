//! The one writer, with group commit: what arrives during a transaction is written together in the next one. Each caller
//! waits until its own part is durable.
//!
//! It has a thread of its own: among hundreds of ready tasks it would be scheduled late, and all of them wait for it.
//!
//! A slow disk makes writes slow, not wrong: the next transaction takes all that wait. What could not be written in time is
//! refused before it is begun, so that its caller knows that nothing was written.

use super::{
    batch::Batch,
    connection::WriteConnection,
    job::{Caller, Commit, Job, Write},
    publisher::{Finished, Publisher},
    report::WaitingReport,
};
use crate::{EngineState, StoreError, StoreResult, WriterStats, sql::documents::TelemetryRow};
use domain::journal::{JournalEvent, change::Change};
use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};
use tokio::{
    runtime,
    sync::{Mutex as AsyncMutex, mpsc, oneshot},
    time::Instant,
};

pub use super::job::Statements;

/// Jobs and reports that may wait in the queue; what is more is refused at once.
const QUEUE: usize = 4096;
/// Longest time in the queue. A request ends after 30 seconds: what would not be written by then is refused in time.
const LONGEST_WAIT: Duration = Duration::from_secs(12);

/// A handle to the writer's thread.
pub struct Writer {
    queue: Mutex<Option<mpsc::Sender<Work>>>,
    /// Returns the connection at the end.
    end: AsyncMutex<Option<oneshot::Receiver<Box<dyn WriteConnection>>>>,
    latest: Arc<Mutex<Latest>>,
    stats: Arc<WriterStats>,
}

/// What waits in the queue.
enum Work {
    /// Statements.
    Job(Box<dyn Job>),
    /// A report that changes nothing else.
    Report(WaitingReport),
}

/// How the latest transaction ended.
#[derive(Default)]
struct Latest {
    /// `None` before the first one.
    at: Option<Instant>,
    error: Option<StoreError>,
}

/// What the thread works with.
struct Task {
    connection: Box<dyn WriteConnection>,
    publisher: Box<dyn Publisher>,
    latest: Arc<Mutex<Latest>>,
    stats: Arc<WriterStats>,
    /// Jobs and reports in one transaction at most.
    batch: usize,
}

impl Writer {
    /// Starts the writer's thread, which writes at most `batch` jobs and reports in one transaction.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn spawn(
        connection: Box<dyn WriteConnection>,
        publisher: Box<dyn Publisher>,
        batch: usize,
    ) -> io::Result<Self> {
        let (work, queue) = mpsc::channel(QUEUE);
        let (ended, end) = oneshot::channel();
        let (latest, stats) = (Arc::default(), Arc::default());
        let task = Task { connection, publisher, latest: Arc::clone(&latest), stats: Arc::clone(&stats), batch };
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        thread::Builder::new().name("writer".to_owned()).spawn(move || {
            let connection = runtime.block_on(task.run(queue));
            // Whoever closed the store may have gone away.
            let _ = ended.send(connection);
        })?;
        Ok(Self { queue: Mutex::new(Some(work)), end: AsyncMutex::new(Some(end)), latest, stats })
    }

    /// Writes a change, and waits until it is durable.
    pub async fn commit(&self, change: Change) -> StoreResult<Vec<JournalEvent>> {
        self.enqueue(|caller| Commit { change, entries: Vec::new(), caller }).await
    }

    /// Runs statements with their arguments, together or not at all, and waits until they are durable. They must not write
    /// journal entries: those are written by [`Writer::commit`].
    pub async fn write<A, T>(&self, arguments: A, statements: Statements<A, T>) -> StoreResult<T>
    where
        A: Send + Sync + 'static,
        T: Send + 'static,
    {
        self.enqueue(|caller| Write { arguments, statements, result: None, caller }).await
    }

    async fn enqueue<T, J: Job + 'static>(&self, job: impl FnOnce(Caller<T>) -> J) -> StoreResult<T> {
        let (caller, answer) = oneshot::channel();
        self.push(Work::Job(Box::new(job(Caller::new(caller)))))?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// Writes a report, and waits until it is durable. False when it was not to be written.
    pub async fn report(&self, row: TelemetryRow) -> StoreResult<bool> {
        let (caller, answer) = oneshot::channel();
        self.push(Work::Report(WaitingReport::new(row, caller)))?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    fn push(&self, work: Work) -> StoreResult<()> {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.as_ref().ok_or(StoreError::Closed)?.try_send(work).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => {
                self.stats.refused.count();
                StoreError::Busy
            }
            mpsc::error::TrySendError::Closed(_) => StoreError::Closed,
        })
    }

    /// What can be seen of it from outside; the sizes of database and log come from the engine.
    pub fn state(&self, [database_bytes, log_bytes]: [Option<u64>; 2]) -> EngineState {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let queued = queue.as_ref().map_or(0, |queue| queue.max_capacity() - queue.capacity());
        EngineState { writer: Arc::clone(&self.stats), queued, database_bytes, log_bytes }
    }

    /// The result of the latest transaction, if it ended within `age`.
    pub fn latest_within(&self, age: Duration) -> Option<StoreResult<()>> {
        let latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        let is_recent = latest.at.is_some_and(|at| at.elapsed() <= age);
        is_recent.then(|| latest.error.clone().map_or(Ok(()), Err))
    }

    /// Accepts no more jobs, and waits until those in the queue are written. Returns the connection, for whoever has to close
    /// it last.
    pub async fn close(&self) -> Option<Box<dyn WriteConnection>> {
        // Without a sender the queue ends, and so does the thread once the queue is empty.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.end.lock().await.take()?.await.ok()
    }
}

impl Task {
    /// Writes batches until the queue is closed and empty.
    async fn run(mut self, mut queue: mpsc::Receiver<Work>) -> Box<dyn WriteConnection> {
        let mut waiting = Vec::with_capacity(self.batch);
        // Wait for a job, and take all others that have come in the meantime.
        while queue.recv_many(&mut waiting, self.batch).await > 0 {
            let mut batch = in_time(&mut waiting, &self.stats);
            if batch.is_empty() {
                continue;
            }
            let connection = self.connection.as_mut();
            if connection.is_shared() {
                // The same order everywhere, so that two servers do not wait for each other.
                batch.jobs.sort_by_key(|job| job.person());
            }
            self.publisher.catch_up(connection).await;
            let begun = Instant::now();
            let written = batch.write(connection).await;
            count(&self.stats, &batch, begun.elapsed(), written.outage().is_some());
            note(&self.latest, written.outage().cloned());
            for (report, result) in batch.reports.into_iter().zip(written.reports) {
                report.answer(result);
            }
            if !batch.jobs.is_empty() {
                self.publisher.publish(connection, Finished { jobs: batch.jobs, results: written.jobs }).await;
            }
        }
        self.connection
    }
}

/// Counts a batch.
fn count(stats: &WriterStats, batch: &Batch, took: Duration, has_failed: bool) {
    stats.jobs.observe(batch.jobs.len() as u64);
    stats.reports.observe(batch.reports.len() as u64);
    stats.transactions.observe_duration(took);
    if has_failed {
        stats.failed.count();
    }
}

fn note(latest: &Mutex<Latest>, error: Option<StoreError>) {
    let mut latest = latest.lock().unwrap_or_else(PoisonError::into_inner);
    match (&latest.error, &error) {
        (None, Some(error)) => tracing::error!(%error, "The database cannot be written"),
        (Some(_), None) => tracing::info!("The database can be written again"),
        _ => {}
    }
    *latest = Latest { at: Some(Instant::now()), error };
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
    use crate::sql::database::Connection;
    use domain::{journal::NewEvent, types::ids::PersonId};

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

        fn person(&self) -> Option<PersonId> {
            None
        }

        async fn run(&mut self, _: &mut dyn Connection) -> StoreResult<()> {
            Ok(())
        }

        fn new_entries(&self) -> &[NewEvent] {
            &[]
        }

        fn appended(&mut self, _: &[i64]) {}

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
