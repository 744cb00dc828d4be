//! Writes jobs and reports together, in one transaction, so that they share its flush to the disk.
//!
//! Nearly always all of them can be written: they run one after the other. When one is refused, the transaction is rolled
//! back and begun again with a savepoint for each, which would cost two statements more for every job.

use super::{connection::WriteConnection, job::Job, telemetry, telemetry::WaitingReport};
use crate::fault::fault;
use futures::FutureExt as _;
use sqlx::SqliteConnection;
use std::{error::Error, panic::AssertUnwindSafe, slice::from_mut};
use store::{Outage, StoreError, StoreResult};

/// What is written together.
#[derive(Default)]
pub(super) struct Batch {
    /// Jobs, which come first.
    pub(super) jobs: Vec<Box<dyn Job>>,
    /// Reports that change nothing else.
    pub(super) reports: Vec<WaitingReport>,
}

/// What became of each part of a batch.
#[derive(Default)]
pub(super) struct Written {
    /// Of the jobs.
    pub(super) jobs: Vec<StoreResult<()>>,
    /// Of the reports: whether they were to be written.
    pub(super) reports: Vec<StoreResult<bool>>,
}

/// A transaction that ended early: nothing of it was written.
enum Aborted {
    /// A job was refused, without savepoints.
    Refused,
    /// The database as a whole failed.
    Database(StoreError),
    /// A job failed in a way that ends a transaction.
    Job(usize, StoreError),
    /// Reports did.
    Reports(StoreError),
}

/// Whether each job is rolled back by itself when it is refused.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Savepoints {
    Without,
    With,
}

impl Written {
    /// That the database as a whole failed, if it did.
    pub(super) fn outage(&self) -> Option<&StoreError> {
        let errors = self.jobs.iter().filter_map(|result| result.as_ref().err());
        let errors = errors.chain(self.reports.iter().filter_map(|result| result.as_ref().err()));
        errors.into_iter().find(|error| matches!(error, StoreError::Unusable { .. } | StoreError::Unknown { .. }))
    }
}

impl Batch {
    pub(super) const fn is_empty(&self) -> bool {
        self.jobs.is_empty() && self.reports.is_empty()
    }

    /// Writes all; returns what became of each. When this returns, they are durable or were not written.
    pub(super) async fn write(&mut self, connection: &mut WriteConnection) -> Written {
        let mut done = transaction(connection, &mut self.jobs, &self.reports, Savepoints::Without).await;
        if matches!(done, Err(Aborted::Refused)) {
            done = transaction(connection, &mut self.jobs, &self.reports, Savepoints::With).await;
        }
        match done {
            Ok(written) => written,
            Err(Aborted::Database(error)) => self.all_failed(&error),
            Err(Aborted::Refused) => self.all_failed(&StoreError::Conflict),
            // One cannot be written, for example because it meets a damaged page. The others are written one by one.
            Err(Aborted::Job(place, error)) => self.write_apart(connection, Some((place, error))).await,
            Err(Aborted::Reports(_)) => self.write_apart(connection, None).await,
        }
    }

    fn all_failed(&self, error: &StoreError) -> Written {
        Written {
            jobs: self.jobs.iter().map(|_| Err(error.clone())).collect(),
            reports: self.reports.iter().map(|_| Err(error.clone())).collect(),
        }
    }

    /// Writes each by itself, except a job that has failed.
    async fn write_apart(
        &mut self,
        connection: &mut WriteConnection,
        failed: Option<(usize, StoreError)>,
    ) -> Written {
        if let Some((_, error)) = &failed {
            tracing::error!(%error, "A change cannot be written");
        }
        let mut written = Written::default();
        for (place, job) in self.jobs.iter_mut().enumerate() {
            let known = failed.as_ref().filter(|(failed, _)| *failed == place);
            written.jobs.push(match known {
                Some((_, error)) => Err(error.clone()),
                None => job_alone(connection, job).await,
            });
        }
        for report in &self.reports {
            written.reports.push(report_alone(connection, report).await);
        }
        written
    }
}

async fn job_alone(connection: &mut WriteConnection, job: &mut Box<dyn Job>) -> StoreResult<()> {
    let done = transaction(connection, from_mut(job), &[], Savepoints::With).await.map_err(into_error)?;
    done.jobs.into_iter().next().unwrap_or(Err(StoreError::Closed))
}

async fn report_alone(connection: &mut WriteConnection, report: &WaitingReport) -> StoreResult<bool> {
    let done = transaction(connection, &mut [], std::slice::from_ref(report), Savepoints::With).await;
    let done = done.map_err(into_error).inspect_err(|error| tracing::error!(%error, "A report cannot be written"))?;
    done.reports.into_iter().next().unwrap_or(Err(StoreError::Closed))
}

fn into_error(aborted: Aborted) -> StoreError {
    match aborted {
        Aborted::Refused => StoreError::Conflict,
        Aborted::Database(error) | Aborted::Job(_, error) | Aborted::Reports(error) => error,
    }
}

/// Writes in one transaction. After a failure the connection is closed, unless it was rolled back.
async fn transaction(
    connection: &mut WriteConnection,
    jobs: &mut [Box<dyn Job>],
    reports: &[WaitingReport],
    savepoints: Savepoints,
) -> Result<Written, Aborted> {
    let db = connection.get().await.map_err(Aborted::Database)?;
    let done = statements(db, jobs, reports, savepoints).await;
    let is_clean = match &done {
        Ok(_) => true,
        // SQLite may have rolled back everything by itself.
        Err(Aborted::Refused) => execute(db, "rollback").await.is_ok(),
        Err(_) => false,
    };
    if !is_clean {
        connection.discard().await;
    }
    done
}

async fn statements(
    db: &mut SqliteConnection,
    jobs: &mut [Box<dyn Job>],
    reports: &[WaitingReport],
    savepoints: Savepoints,
) -> Result<Written, Aborted> {
    execute(db, "begin immediate").await.map_err(Aborted::Database)?;
    let mut written = Written::default();
    for (place, job) in jobs.iter_mut().enumerate() {
        let result = match savepoints {
            Savepoints::With => in_savepoint(db, job).await,
            Savepoints::Without => run(db, job).await,
        };
        let result = result.map_err(|error| match is_about_one(&error) {
            true => Aborted::Job(place, error),
            false => Aborted::Database(error),
        })?;
        if result.is_err() && savepoints == Savepoints::Without {
            return Err(Aborted::Refused);
        }
        written.jobs.push(result);
    }
    let stored = telemetry::write(db, reports).await.map_err(|error| match is_about_one(&error) {
        true => Aborted::Reports(error),
        false => Aborted::Database(error),
    })?;
    written.reports = stored.into_iter().map(Ok).collect();
    // A commit that fails may have reached the disk all the same.
    execute(db, "commit").await.map_err(|error| Aborted::Database(unknown(error)))?;
    Ok(written)
}

/// Runs a job behind a savepoint: one that is refused is rolled back alone, without the others of the transaction.
///
/// # Errors
/// The transaction cannot go on.
async fn in_savepoint(db: &mut SqliteConnection, job: &mut Box<dyn Job>) -> StoreResult<StoreResult<()>> {
    execute(db, "savepoint job").await?;
    let result = run(db, job).await?;
    if result.is_err() {
        // Also when SQLite has rolled back everything by itself: then there is no such savepoint any more.
        execute(db, "rollback to job").await?;
    }
    execute(db, "release job").await?;
    Ok(result)
}

/// Runs a job; its own result is that it was written or refused.
///
/// # Errors
/// The transaction cannot go on.
async fn run(db: &mut SqliteConnection, job: &mut Box<dyn Job>) -> StoreResult<StoreResult<()>> {
    let Ok(result) = AssertUnwindSafe(job.run(db)).catch_unwind().await else { return Err(panicked()) };
    match result {
        Err(error @ StoreError::Unusable { .. }) => Err(error),
        other => Ok(other),
    }
}

/// The failure of a commit.
fn unknown(error: StoreError) -> StoreError {
    match error {
        StoreError::Unusable { outage, cause } => StoreError::Unknown { outage, cause },
        other => StoreError::Unknown { outage: Outage::Unreachable, cause: other.to_string() },
    }
}

fn panicked() -> StoreError {
    let cause: Box<dyn Error + Send + Sync> = "the statements of a change panicked".into();
    StoreError::Engine(cause.into())
}

/// Whether others may succeed where one failed like this.
const fn is_about_one(error: &StoreError) -> bool {
    matches!(error, StoreError::Unusable { outage: Outage::Corrupt, .. } | StoreError::Engine(_))
}

async fn execute(db: &mut SqliteConnection, statement: &'static str) -> StoreResult<()> {
    sqlx::query(statement).execute(db).await.map_err(fault)?;
    Ok(())
}
