//! The one writer, with group commit: what arrives during a transaction is written together in the next one. Each caller
//! waits until its own part is durable.
//!
//! A slow disk makes writes slow, not wrong: the next transaction takes all that wait. What could not be written in time is
//! refused before it is begun, so that its caller knows that nothing was written.

use super::{
    batch,
    connection::WriteConnection,
    job::{Caller, Commit, Job, Write},
    publisher::{Finished, Publisher},
};
use crate::{StoreError, StoreResult};
use domain::journal::{JournalEvent, change::Change};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{Mutex as AsyncMutex, mpsc, oneshot},
    task::JoinHandle,
    time::Instant,
};

pub use super::job::Statements;

/// Jobs that may wait in the queue; what is more is refused at once.
const QUEUE: usize = 4096;
/// Longest time in the queue. A request ends after 30 seconds: what would not be written by then is refused in time.
const LONGEST_WAIT: Duration = Duration::from_secs(12);

/// A handle to the writer's task.
pub struct Writer {
    jobs: Mutex<Option<mpsc::Sender<Box<dyn Job>>>>,
    task: AsyncMutex<Option<JoinHandle<Box<dyn WriteConnection>>>>,
    latest: Arc<Mutex<Latest>>,
}

/// How the latest transaction ended.
#[derive(Default)]
struct Latest {
    /// `None` before the first one.
    at: Option<Instant>,
    error: Option<StoreError>,
}

/// What the task works with.
struct Task {
    connection: Box<dyn WriteConnection>,
    publisher: Box<dyn Publisher>,
    latest: Arc<Mutex<Latest>>,
    /// Jobs in one transaction at most.
    batch: usize,
}

impl Writer {
    /// Starts the writer's task, which writes at most `batch` jobs in one transaction.
    pub fn spawn(connection: Box<dyn WriteConnection>, publisher: Box<dyn Publisher>, batch: usize) -> Self {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let latest = Arc::default();
        let task = Task { connection, publisher, latest: Arc::clone(&latest), batch };
        let task = tokio::spawn(task.run(queue));
        Self { jobs: Mutex::new(Some(jobs)), task: AsyncMutex::new(Some(task)), latest }
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
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or(StoreError::Closed)?;
        let (caller, answer) = oneshot::channel();
        jobs.try_send(Box::new(job(Caller::new(caller)))).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => StoreError::Busy,
            mpsc::error::TrySendError::Closed(_) => StoreError::Closed,
        })?;
        // Not kept across the wait: the queue ends when nobody can send.
        drop(jobs);
        answer.await.map_err(|_| StoreError::Closed)?
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
        // Without a sender the queue ends, and so does the task once the queue is empty.
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.task.lock().await.take()?.await.ok()
    }
}

impl Task {
    /// Writes batches until the queue is closed and empty.
    async fn run(mut self, mut queue: mpsc::Receiver<Box<dyn Job>>) -> Box<dyn WriteConnection> {
        let mut waiting = Vec::with_capacity(self.batch);
        // Wait for a job, and take all others that have come in the meantime.
        while queue.recv_many(&mut waiting, self.batch).await > 0 {
            let mut jobs = in_time(&mut waiting);
            if jobs.is_empty() {
                continue;
            }
            let connection = self.connection.as_mut();
            if connection.is_shared() {
                // The same order everywhere, so that two servers do not wait for each other.
                jobs.sort_by_key(|job| job.person());
            }
            self.publisher.catch_up(connection).await;
            let results = batch::write(connection, &mut jobs).await;
            let outage = results.iter().find_map(|result| result.as_ref().err().filter(|error| is_outage(error)));
            note(&self.latest, outage.cloned());
            self.publisher.publish(connection, Finished { jobs, results }).await;
        }
        self.connection
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
        let job = |waited, left| Box::new(Waited(waited, left, Arc::clone(&answers))) as Box<dyn Job>;
        let late = LONGEST_WAIT + Duration::from_millis(1);
        let mut waiting = vec![job(Duration::ZERO, false), job(LONGEST_WAIT, false), job(late, false), job(late, true)];
        let jobs = in_time(&mut waiting);
        assert_eq!(jobs.iter().map(|job| job.waited()).collect::<Vec<_>>(), [Duration::ZERO, LONGEST_WAIT]);
        assert!(matches!(answers.lock().unwrap()[..], [Err(StoreError::Busy)]));
    }
}
