//! What an engine has to bring: connections that run statements, a pool of readers, and rows.
//!
//! Everything else of a store is written once, against these traits: statements are text with `$1`, `$2` as every engine
//! here takes them, their values are of few types, and so are the columns of rows.

mod many;
mod row;
mod statement;

pub use many::{RowStatement, Values};
pub use row::{Column, Columns, FromColumn, Row, get};
pub use statement::{Statement, Value, query};

use super::documents::TelemetryRow;
use crate::StoreResult;
use async_trait::async_trait;
use domain::{Timestamp, journal::change::SlotPut, types::ids::DeviceId};
use uuid::Uuid;

/// A connection, or a transaction on one.
#[async_trait]
pub trait Connection: Send {
    /// Runs a statement, and returns its rows.
    async fn rows(&mut self, statement: Statement<'_>) -> StoreResult<Vec<Row>>;
    /// Runs a statement, and returns how many rows it wrote.
    async fn run(&mut self, statement: Statement<'_>) -> StoreResult<u64>;
    /// What a statement ends with that reads rows which must stay as they are until the transaction has ended.
    fn for_share(&self) -> &'static str;
    /// Runs a statement that selects for each row of values, and returns all rows that it found.
    async fn rows_of_many(&mut self, statement: &RowStatement, rows: Vec<Values<'_>>) -> StoreResult<Vec<Row>> {
        let (text, mut found) = (statement.for_one(), Vec::new());
        for values in rows {
            found.extend(self.rows(Statement::new(text.clone(), values)).await?);
        }
        Ok(found)
    }
    /// Runs a statement that writes for each row of values, and returns how many rows it wrote. No two of them are about the
    /// same stored row.
    async fn run_for_many(&mut self, statement: &RowStatement, rows: Vec<Values<'_>>) -> StoreResult<u64> {
        let (text, mut written) = (statement.for_one(), 0);
        for values in rows {
            written += self.run(Statement::new(text.clone(), values)).await?;
        }
        Ok(written)
    }
    /// Writes slots, which are different ones, with their rows of the Mobile devices view, and returns how many it wrote: each
    /// engine searches and sorts by columns of its own. A slot with version 0 is new, another one is updated if it still has
    /// its version.
    async fn write_slots(&mut self, puts: &[&SlotPut]) -> StoreResult<u64>;
    /// Writes later contacts of devices than those that are stored. Those of devices that are gone change nothing.
    async fn write_contacts(&mut self, contacts: &[(DeviceId, Timestamp)]) -> StoreResult<()>;
    /// Writes reports, which are of different devices, over the stored ones, and returns the devices whose report was
    /// written: those that have the named version, are not deleted, and have the report that the new one is put over.
    async fn write_telemetry(&mut self, reports: &[&TelemetryRow]) -> StoreResult<Vec<Uuid>>;
}

/// Connections for reading.
#[async_trait]
pub trait Readers: Send + Sync {
    /// Runs a statement on one of them, and returns its rows.
    async fn rows(&self, statement: Statement<'_>) -> StoreResult<Vec<Row>>;
    /// Begins to read: all statements on the returned connection see the database as it was in one moment.
    async fn snapshot(&self) -> StoreResult<Box<dyn Connection>>;
}

/// Where a statement that reads can run.
#[async_trait]
pub trait Source: Send {
    /// Runs it, and returns its rows.
    async fn rows(self, statement: Statement<'_>) -> StoreResult<Vec<Row>>;
}

#[async_trait]
impl Source for &mut (dyn Connection + '_) {
    async fn rows(self, statement: Statement<'_>) -> StoreResult<Vec<Row>> {
        Connection::rows(self, statement).await
    }
}

#[async_trait]
impl Source for &mut Box<dyn Connection> {
    async fn rows(self, statement: Statement<'_>) -> StoreResult<Vec<Row>> {
        Connection::rows(self.as_mut(), statement).await
    }
}

#[async_trait]
impl Source for &(dyn Readers + '_) {
    async fn rows(self, statement: Statement<'_>) -> StoreResult<Vec<Row>> {
        Readers::rows(self, statement).await
    }
}
