//! Writes jobs together, in one transaction with a savepoint for each, so that they share its flush to the disk.

use super::{connection::WriteConnection, job::Job};
use crate::fault::fault;
use futures::FutureExt as _;
use sqlx::SqliteConnection;
use std::{error::Error, panic::AssertUnwindSafe};
use store::{Outage, StoreError, StoreResult};

/// A transaction that ended early: nothing of it was written.
struct Aborted {
    error: StoreError,
    /// The job that did it, if it was one of them and not the database as a whole.
    culprit: Option<usize>,
}

impl Aborted {
    const fn by_database(error: StoreError) -> Self {
        Self { error, culprit: None }
    }
}

/// Writes all jobs; returns what became of each. When this returns, they are durable or were not written.
pub(super) async fn write(connection: &mut WriteConnection, jobs: &mut [Box<dyn Job>]) -> Vec<StoreResult<()>> {
    let aborted = match transaction(connection, jobs).await {
        Ok(results) => return results,
        Err(aborted) => aborted,
    };
    let Some(culprit) = aborted.culprit else {
        return jobs.iter().map(|_| Err(aborted.error.clone())).collect();
    };
    // One job cannot be written, for example because it meets a damaged page. The others are written one by one.
    tracing::error!(error = %aborted.error, "A change cannot be written");
    let mut results = Vec::with_capacity(jobs.len());
    for (place, job) in jobs.iter_mut().enumerate() {
        results.push(if place == culprit { Err(aborted.error.clone()) } else { alone(connection, job).await });
    }
    results
}

async fn alone(connection: &mut WriteConnection, job: &mut Box<dyn Job>) -> StoreResult<()> {
    match transaction(connection, std::slice::from_mut(job)).await {
        Ok(results) => results.into_iter().next().unwrap_or(Err(StoreError::Closed)),
        Err(aborted) => Err(aborted.error),
    }
}

/// Writes jobs in one transaction. After a failure the connection is closed, whatever state it is in.
async fn transaction(
    connection: &mut WriteConnection,
    jobs: &mut [Box<dyn Job>],
) -> Result<Vec<StoreResult<()>>, Aborted> {
    let db = connection.get().await.map_err(Aborted::by_database)?;
    let done = statements(db, jobs).await;
    if done.is_err() {
        connection.discard().await;
    }
    done
}

async fn statements(db: &mut SqliteConnection, jobs: &mut [Box<dyn Job>]) -> Result<Vec<StoreResult<()>>, Aborted> {
    execute(db, "begin immediate").await.map_err(Aborted::by_database)?;
    let mut results = Vec::with_capacity(jobs.len());
    for (place, job) in jobs.iter_mut().enumerate() {
        let result = in_savepoint(db, job).await;
        results.push(result.map_err(|error| {
            let culprit = is_about_one_job(&error).then_some(place);
            Aborted { error, culprit }
        })?);
    }
    // A commit that fails may have reached the disk all the same.
    execute(db, "commit").await.map_err(|error| Aborted::by_database(unknown(error)))?;
    Ok(results)
}

/// Runs a job behind a savepoint: one that is refused is rolled back alone, without the others of the transaction.
///
/// # Errors
/// The transaction cannot go on.
async fn in_savepoint(db: &mut SqliteConnection, job: &mut Box<dyn Job>) -> StoreResult<StoreResult<()>> {
    execute(db, "savepoint job").await?;
    let Ok(result) = AssertUnwindSafe(job.run(db)).catch_unwind().await else { return Err(panicked()) };
    match &result {
        Ok(()) => {}
        Err(error @ StoreError::Unusable { .. }) => return Err(error.clone()),
        // Also when SQLite has rolled back everything by itself: then there is no such savepoint any more.
        Err(_) => execute(db, "rollback to job").await?,
    }
    execute(db, "release job").await?;
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

async fn execute(db: &mut SqliteConnection, statement: &'static str) -> StoreResult<()> {
    sqlx::query(statement).execute(db).await.map_err(fault)?;
    Ok(())
}
