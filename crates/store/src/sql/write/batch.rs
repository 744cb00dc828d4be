//! Writes jobs and reports together, in one transaction, so that they share its flush to the disk.
//!
//! Nearly always all of them can be written: changes share their statements, and other jobs run one after the other. When one
//! is refused, the transaction is rolled back and begun again with each job by itself behind a savepoint, which shows whose
//! fault it was. So it is when two servers waited for each other and this one gave way, which is a conflict as well.

use super::{
    apply::apply,
    connection::WriteConnection,
    job::Job,
    report::{self, WaitingReport},
    together,
};
use crate::{
    Outage, StoreError, StoreResult,
    sql::database::{Connection, query},
};
use futures::FutureExt as _;
use std::{
    error::Error,
    panic::AssertUnwindSafe,
    slice::{from_mut, from_ref},
};

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
enum Ended {
    /// A job was refused, which is its own affair.
    Refused(StoreError),
    /// The database as a whole failed.
    Database(StoreError),
    /// A job failed in a way that ends a transaction.
    Job(usize, StoreError),
    /// Reports did, or changes that were applied together: which of them is not known.
    Several(StoreError),
}

/// Whether there is a savepoint around each job.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Savepoints {
    Without,
    With,
}

impl Written {
    /// That the database as a whole failed, if it did.
    pub(super) fn outage(&self) -> Option<&StoreError> {
        let errors = self.jobs.iter().filter_map(|result| result.as_ref().err());
        let mut errors = errors.chain(self.reports.iter().filter_map(|result| result.as_ref().err()));
        errors.find(|error| matches!(error, StoreError::Unusable { .. } | StoreError::Unknown { .. }))
    }
}

impl Batch {
    pub(super) const fn is_empty(&self) -> bool {
        self.jobs.is_empty() && self.reports.is_empty()
    }

    /// Writes all; returns what became of each. When this returns, they are durable or were not written.
    pub(super) async fn write(&mut self, connection: &mut dyn WriteConnection) -> Written {
        let mut done = transaction(connection, &mut self.jobs, &self.reports, Savepoints::Without).await;
        if matches!(done, Err(Ended::Refused(_))) {
            done = transaction(connection, &mut self.jobs, &self.reports, Savepoints::With).await;
        }
        match done {
            Ok(written) => written,
            Err(Ended::Database(error) | Ended::Refused(error)) => self.all_failed(&error),
            // One cannot be written, for example because it meets a damaged page. The others are written one by one.
            Err(Ended::Job(place, error)) => self.write_apart(connection, Some((place, error))).await,
            Err(Ended::Several(_)) => self.write_apart(connection, None).await,
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
        connection: &mut dyn WriteConnection,
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

async fn job_alone(connection: &mut dyn WriteConnection, job: &mut Box<dyn Job>) -> StoreResult<()> {
    let done = transaction(connection, from_mut(job), &[], Savepoints::Without).await.map_err(into_error)?;
    done.jobs.into_iter().next().unwrap_or(Err(StoreError::Closed))
}

async fn report_alone(connection: &mut dyn WriteConnection, report: &WaitingReport) -> StoreResult<bool> {
    let done = transaction(connection, &mut [], from_ref(report), Savepoints::Without).await;
    let done = done.map_err(into_error).inspect_err(|error| tracing::error!(%error, "A report cannot be written"))?;
    done.reports.into_iter().next().unwrap_or(Err(StoreError::Closed))
}

fn into_error(ended: Ended) -> StoreError {
    match ended {
        Ended::Refused(error) | Ended::Database(error) | Ended::Job(_, error) | Ended::Several(error) => error,
    }
}

/// Writes in one transaction. After a failure the connection is closed, unless it was rolled back.
async fn transaction(
    connection: &mut dyn WriteConnection,
    jobs: &mut [Box<dyn Job>],
    reports: &[WaitingReport],
    savepoints: Savepoints,
) -> Result<Written, Ended> {
    let done = statements(connection, jobs, reports, savepoints).await;
    let is_clean = match &done {
        Ok(_) => true,
        // The engine may have rolled back everything by itself.
        Err(Ended::Refused(_)) => rolls_back(connection).await.is_ok(),
        Err(_) => false,
    };
    if !is_clean {
        connection.discard().await;
    }
    done
}

async fn rolls_back(connection: &mut dyn WriteConnection) -> StoreResult<()> {
    execute(connection.get().await?, "rollback").await
}

async fn statements(
    connection: &mut dyn WriteConnection,
    jobs: &mut [Box<dyn Job>],
    reports: &[WaitingReport],
    savepoints: Savepoints,
) -> Result<Written, Ended> {
    let begin = connection.begin();
    let db = connection.get().await.map_err(Ended::Database)?;
    execute(db, begin).await.map_err(Ended::Database)?;
    let mut written = Written {
        jobs: match savepoints {
            Savepoints::Without => without_savepoints(db, jobs).await?,
            Savepoints::With => with_savepoints(db, jobs).await?,
        },
        reports: Vec::new(),
    };
    let stored = report::write(db, reports).await.map_err(|error| match error {
        StoreError::Unusable { outage, .. } if outage != Outage::Corrupt => Ended::Database(error),
        _ => Ended::Several(error),
    })?;
    written.reports = stored.into_iter().map(Ok).collect();
    append(connection, jobs, &written.jobs).await.map_err(Ended::Database)?;
    let db = connection.get().await.map_err(Ended::Database)?;
    // A commit that fails may have reached the disk all the same.
    execute(db, "commit").await.map_err(|error| Ended::Database(unknown(error)))?;
    Ok(written)
}

/// Runs jobs, changes together.
///
/// # Errors
/// One was refused, or the transaction cannot go on.
async fn without_savepoints(db: &mut dyn Connection, jobs: &mut [Box<dyn Job>]) -> Result<Vec<StoreResult<()>>, Ended> {
    for places in together::groups(jobs) {
        let done = if let [place] = places[..] {
            run(db, &mut jobs[place]).await.map_err(|error| failed(place, error))?
        } else {
            let changes: Vec<_> = places.iter().filter_map(|place| jobs[*place].change()).collect();
            let done = finished(apply(db, &changes)).await.map_err(several_failed)?;
            if let Err(error @ StoreError::Engine(_)) = &done {
                // They are tried apart, where each may succeed: without a word this would only be slow.
                tracing::warn!(%error, "Changes cannot be written together");
            }
            done
        };
        done.map_err(Ended::Refused)?;
    }
    Ok(jobs.iter().map(|_| Ok(())).collect())
}

/// Runs each job behind a savepoint.
///
/// # Errors
/// The transaction cannot go on.
async fn with_savepoints(db: &mut dyn Connection, jobs: &mut [Box<dyn Job>]) -> Result<Vec<StoreResult<()>>, Ended> {
    let mut results = Vec::with_capacity(jobs.len());
    for (place, job) in jobs.iter_mut().enumerate() {
        results.push(in_savepoint(db, job).await.map_err(|error| failed(place, error))?);
    }
    Ok(results)
}

/// How a transaction ended by the failure of a job.
const fn failed(place: usize, error: StoreError) -> Ended {
    if is_about_one(&error) { Ended::Job(place, error) } else { Ended::Database(error) }
}

/// How a transaction ended by the failure of several changes.
const fn several_failed(error: StoreError) -> Ended {
    if is_about_one(&error) { Ended::Several(error) } else { Ended::Database(error) }
}

/// Appends the journal entries of the jobs that succeeded.
async fn append(
    connection: &mut dyn WriteConnection,
    jobs: &mut [Box<dyn Job>],
    results: &[StoreResult<()>],
) -> StoreResult<()> {
    let written = || results.iter().map(Result::is_ok);
    let of_written = jobs.iter().zip(written()).filter(|(_, is_written)| *is_written);
    let entries: Vec<_> = of_written.flat_map(|(job, _)| job.new_entries()).collect();
    if entries.is_empty() {
        return Ok(());
    }
    let seqs = connection.append(&entries).await?;
    let mut rest = seqs.as_slice();
    for (job, _) in jobs.iter_mut().zip(written()).filter(|(_, is_written)| *is_written) {
        let (own, others) = rest.split_at(job.new_entries().len().min(rest.len()));
        job.appended(own);
        rest = others;
    }
    Ok(())
}

/// Runs a job behind a savepoint: one that is refused is rolled back alone, without the others of the transaction.
///
/// # Errors
/// The transaction cannot go on.
async fn in_savepoint(db: &mut dyn Connection, job: &mut Box<dyn Job>) -> StoreResult<StoreResult<()>> {
    execute(db, "savepoint job").await?;
    let result = run(db, job).await?;
    if result.is_err() {
        // Fails when the engine has rolled back everything by itself: then there is no such savepoint any more.
        execute(db, "rollback to savepoint job").await?;
    }
    execute(db, "release savepoint job").await?;
    Ok(result)
}

/// Runs a job; its own result is that it was written or refused.
///
/// # Errors
/// The transaction cannot go on.
async fn run(db: &mut dyn Connection, job: &mut Box<dyn Job>) -> StoreResult<StoreResult<()>> {
    finished(job.run(db)).await
}

/// Statements run; their own result is that they were written or refused.
///
/// # Errors
/// The transaction cannot go on.
async fn finished(statements: impl Future<Output = StoreResult<()>>) -> StoreResult<StoreResult<()>> {
    let Ok(result) = AssertUnwindSafe(statements).catch_unwind().await else { return Err(panicked()) };
    match result {
        Err(error @ StoreError::Unusable { .. }) => Err(error),
        result => Ok(result),
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

async fn execute(db: &mut dyn Connection, statement: &'static str) -> StoreResult<()> {
    query(statement).execute(db).await?;
    Ok(())
}

#[cfg(test)]
mod tests;
