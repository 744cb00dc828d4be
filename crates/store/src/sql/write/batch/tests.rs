//! What becomes of changes that are written together, on a connection that only counts.

use super::*;
use crate::sql::{
    database::{Row, RowStatement, Statement, Values},
    documents::TelemetryRow,
    write::job::{Caller, Commit},
};
use async_trait::async_trait;
use domain::{
    Timestamp,
    journal::{
        NewEvent,
        change::{Change, SlotPut},
    },
    types::ids::DeviceId,
};
use tokio::sync::oneshot;
use uuid::Uuid;

/// Writes every row; fails once with an error, at statements for several rows.
#[derive(Default)]
struct Counting {
    error: Option<StoreError>,
    /// The statements that were run, and how many rows each of them was for.
    statements: Vec<(String, usize)>,
    discarded: usize,
}

#[async_trait]
impl Connection for Counting {
    async fn rows(&mut self, _: Statement<'_>) -> StoreResult<Vec<Row>> {
        Ok(Vec::new())
    }

    async fn run(&mut self, statement: Statement<'_>) -> StoreResult<u64> {
        self.statements.push((statement.text().to_owned(), 1));
        Ok(1)
    }

    fn for_share(&self) -> &'static str {
        ""
    }

    async fn run_for_many(&mut self, statement: &RowStatement, rows: Vec<Values<'_>>) -> StoreResult<u64> {
        self.statements.push((statement.for_one(), rows.len()));
        match self.error.take_if(|_| rows.len() > 1) {
            Some(error) => Err(error),
            None => Ok(rows.len() as u64),
        }
    }

    async fn write_slots(&mut self, puts: &[&SlotPut]) -> StoreResult<u64> {
        Ok(puts.len() as u64)
    }

    async fn write_contacts(&mut self, _: &[(DeviceId, Timestamp)]) -> StoreResult<()> {
        Ok(())
    }

    async fn write_telemetry(&mut self, _: &[&TelemetryRow]) -> StoreResult<Vec<Uuid>> {
        Ok(Vec::new())
    }
}

#[async_trait]
impl WriteConnection for Counting {
    fn begin(&self) -> &'static str {
        "begin"
    }

    fn is_shared(&self) -> bool {
        true
    }

    async fn get(&mut self) -> StoreResult<&mut dyn Connection> {
        Ok(self)
    }

    async fn append(&mut self, _: &[&NewEvent]) -> StoreResult<Vec<i64>> {
        Ok(Vec::new())
    }

    async fn discard(&mut self) {
        self.discarded += 1;
    }

    async fn close(self: Box<Self>) {}
}

/// Writes changes of different devices; returns the results and the connection.
async fn write(count: u128, error: Option<StoreError>) -> (Written, Counting) {
    let mut connection = Counting { error, ..Counting::default() };
    let jobs = (1..=count).map(|n| {
        let device = DeviceId(Uuid::from_u128(n));
        let change = Change { confirmed_inventories: vec![(device, Timestamp::default())], ..Change::default() };
        Box::new(Commit { change, entries: Vec::new(), caller: Caller::new(oneshot::channel().0) }) as Box<dyn Job>
    });
    let mut batch = Batch { jobs: jobs.collect(), reports: Vec::new() };
    (batch.write(&mut connection).await, connection)
}

fn count(connection: &Counting, beginning: &str) -> usize {
    connection.statements.iter().filter(|(text, _)| text.starts_with(beginning)).count()
}

#[tokio::test]
async fn many_changes_are_as_many_statements_as_one() {
    let (one, many) = (write(1, None).await, write(64, None).await);
    assert_eq!((one.1.statements.len(), many.1.statements.len()), (3, 3));
    assert!(many.0.jobs.len() == 64 && many.0.jobs.iter().all(Result::is_ok));
    assert_eq!(many.1.statements[1].1, 64);
}

#[tokio::test]
async fn changes_that_are_refused_together_are_tried_each_behind_a_savepoint() {
    let engine = StoreError::Engine(std::sync::Arc::new(std::fmt::Error));
    // A deadlock is a conflict, too: whoever gave way is written by the second try.
    for error in [StoreError::Conflict, engine] {
        let (written, connection) = write(8, Some(error)).await;
        assert!(written.jobs.len() == 8 && written.jobs.iter().all(Result::is_ok));
        assert_eq!([count(&connection, "rollback"), count(&connection, "savepoint")], [1, 8]);
        assert_eq!([count(&connection, "begin"), count(&connection, "commit"), connection.discarded], [2, 1, 0]);
    }
}

#[tokio::test]
async fn changes_that_fail_together_are_written_apart_and_none_is_blamed() {
    let (written, connection) = write(8, Some(StoreError::unusable(Outage::Corrupt, "a damaged page"))).await;
    assert!(written.jobs.len() == 8 && written.jobs.iter().all(Result::is_ok));
    assert_eq!([count(&connection, "begin"), count(&connection, "commit"), connection.discarded], [9, 8, 1]);
}

#[tokio::test]
async fn an_outage_fails_all_without_another_try() {
    let (written, connection) = write(8, Some(StoreError::unusable(Outage::Full, "no space"))).await;
    let is_outage = |result: &StoreResult<()>| matches!(result, Err(StoreError::Unusable { outage: Outage::Full, .. }));
    assert!(written.jobs.len() == 8 && written.jobs.iter().all(is_outage));
    assert_eq!([count(&connection, "begin"), connection.discarded], [1, 1]);
}
