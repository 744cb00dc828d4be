//! Writes jobs together, in one transaction, so that they share its flush to the disk.
//!
//! Nearly always all of them succeed, and a savepoint around each would cost two statements more. When one is refused, the
//! transaction is rolled back and begun again with savepoints, so that only that one is left out.

use super::{connection::WriteConnection, job::Job};
use crate::{
    Outage, StoreError, StoreResult,
    sql::database::{Connection, query},
};
use futures::FutureExt as _;
use std::{error::Error, panic::AssertUnwindSafe};

/// A transaction that ended early: nothing of it was written.
enum Ended {
    /// A job was refused, which is its own affair.
    Refused(StoreError),
    /// The database failed as a whole, or at one job.
    Aborted {
        error: StoreError,
        /// The job that did it, if it was one of them and not the database as a whole.
        culprit: Option<usize>,
    },
}

impl Ended {
    const fn by_database(error: StoreError) -> Self {
        Self::Aborted { error, culprit: None }
    }
}

/// Whether there is a savepoint around each job.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Savepoints {
    Without,
    With,
}

/// Writes all jobs; returns what became of each. When this returns, they are durable or were not written.
pub(super) async fn write(connection: &mut dyn WriteConnection, jobs: &mut [Box<dyn Job>]) -> Vec<StoreResult<()>> {
    let mut ended = match transaction(connection, jobs, Savepoints::Without).await {
        Ok(results) => return results,
        Err(ended) => ended,
    };
    if let Ended::Refused(error) = ended {
        if jobs.len() == 1 {
            return vec![Err(error)];
        }
        ended = match transaction(connection, jobs, Savepoints::With).await {
            Ok(results) => return results,
            Err(ended) => ended,
        };
    }
    let (error, culprit) = match ended {
        Ended::Refused(error) => (error, None),
        Ended::Aborted { error, culprit } => (error, culprit),
    };
    let Some(culprit) = culprit else {
        return jobs.iter().map(|_| Err(error.clone())).collect();
    };
    // One job cannot be written, for example because it meets a damaged page. The others are written one by one.
    tracing::error!(%error, "A change cannot be written");
    let mut results = Vec::with_capacity(jobs.len());
    for (place, job) in jobs.iter_mut().enumerate() {
        results.push(if place == culprit { Err(error.clone()) } else { alone(connection, job).await });
    }
    results
}

async fn alone(connection: &mut dyn WriteConnection, job: &mut Box<dyn Job>) -> StoreResult<()> {
    match transaction(connection, std::slice::from_mut(job), Savepoints::Without).await {
        Ok(results) => results.into_iter().next().unwrap_or(Err(StoreError::Closed)),
        Err(Ended::Refused(error) | Ended::Aborted { error, .. }) => Err(error),
    }
}

/// Writes jobs in one transaction. After a failure the connection is closed, whatever state it is in.
async fn transaction(
    connection: &mut dyn WriteConnection,
    jobs: &mut [Box<dyn Job>],
    savepoints: Savepoints,
) -> Result<Vec<StoreResult<()>>, Ended> {
    let done = statements(connection, jobs, savepoints).await;
    match &done {
        Ok(_) => {}
        Err(Ended::Refused(_)) => {
            let rolled_back = match connection.get().await {
                Ok(db) => execute(db, "rollback").await,
                Err(error) => Err(error),
            };
            if rolled_back.is_err() {
                connection.discard().await;
            }
        }
        Err(Ended::Aborted { .. }) => connection.discard().await,
    }
    done
}

async fn statements(
    connection: &mut dyn WriteConnection,
    jobs: &mut [Box<dyn Job>],
    savepoints: Savepoints,
) -> Result<Vec<StoreResult<()>>, Ended> {
    let begin = connection.begin();
    let db = connection.get().await.map_err(Ended::by_database)?;
    execute(db, begin).await.map_err(Ended::by_database)?;
    let mut results = Vec::with_capacity(jobs.len());
    for (place, job) in jobs.iter_mut().enumerate() {
        let result = match savepoints {
            Savepoints::Without => run(db, job).await,
            Savepoints::With => in_savepoint(db, job).await,
        };
        let result = result.map_err(|error| {
            let culprit = is_about_one_job(&error).then_some(place);
            Ended::Aborted { error, culprit }
        })?;
        match result {
            Err(error) if savepoints == Savepoints::Without => return Err(Ended::Refused(error)),
            result => results.push(result),
        }
    }
    append(connection, jobs, &results).await.map_err(Ended::by_database)?;
    let db = connection.get().await.map_err(Ended::by_database)?;
    // A commit that fails may have reached the disk all the same.
    execute(db, "commit").await.map_err(|error| Ended::by_database(unknown(error)))?;
    Ok(results)
}

/// Appends the journal entries of the jobs that succeeded.
async fn append(
    connection: &mut dyn WriteConnection,
    jobs: &mut [Box<dyn Job>],
    results: &[StoreResult<()>],
) -> StoreResult<()> {
    let written = || results.iter().map(Result::is_ok);
    let entries: Vec<_> = jobs
        .iter()
        .zip(written())
        .filter(|(_, is_written)| *is_written)
        .flat_map(|(job, _)| job.new_entries())
        .collect();
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

/// Runs a job. The inner result is that of the job.
///
/// # Errors
/// The transaction cannot go on.
async fn run(db: &mut dyn Connection, job: &mut Box<dyn Job>) -> StoreResult<StoreResult<()>> {
    let Ok(result) = AssertUnwindSafe(job.run(db)).catch_unwind().await else { return Err(panicked()) };
    match result {
        Err(error @ StoreError::Unusable { .. }) => Err(error),
        result => Ok(result),
    }
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

/// Whether other jobs may succeed where one failed like this.
const fn is_about_one_job(error: &StoreError) -> bool {
    matches!(error, StoreError::Unusable { outage: Outage::Corrupt, .. } | StoreError::Engine(_))
}

async fn execute(db: &mut dyn Connection, statement: &'static str) -> StoreResult<()> {
    query(statement).execute(db).await?;
    Ok(())
}
