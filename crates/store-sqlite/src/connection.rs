//! Running statements.

mod many;

use crate::{
    fault::fault,
    row::FileRow,
    statements::{slots, telemetry},
};
use async_trait::async_trait;
use domain::{Timestamp, journal::change::SlotPut, types::ids::DeviceId};
use sqlx::{
    AssertSqlSafe, SqlSafeStr as _, SqlStr, Sqlite, SqliteConnection, SqlitePool, Transaction,
    query::Query,
    sqlite::{SqliteArguments, SqliteRow},
};
use std::borrow::Cow;
use store::{
    StoreResult,
    sql::{
        database::{Connection, Readers, Row, RowStatement, Statement, Value, Values},
        documents::TelemetryRow,
    },
};
use uuid::Uuid;

/// A statement as the driver takes it. Whether it is worth keeping does not matter here: it is planned without its values.
fn bound(statement: Statement<'_>) -> Query<'static, Sqlite, SqliteArguments> {
    let (text, values) = statement.into_parts();
    let text = match text {
        Cow::Borrowed(text) => SqlStr::from_static(text),
        // Put together from texts of the program; what comes from elsewhere is in the values.
        Cow::Owned(text) => AssertSqlSafe(text).into_sql_str(),
    };
    let mut query = sqlx::query(text);
    for value in values {
        query = match value {
            Value::Int(value) => query.bind(value),
            Value::Text(value) => query.bind(value.as_deref()),
            Value::Bytes(value) => query.bind(value.as_deref()),
            Value::Uuid(value) => query.bind(value),
        };
    }
    query
}

fn converted(rows: Vec<SqliteRow>) -> Vec<Row> {
    rows.into_iter().map(|row| Row::new(FileRow(row))).collect()
}

async fn fetch(db: &mut SqliteConnection, statement: Statement<'_>) -> StoreResult<Vec<Row>> {
    Ok(converted(bound(statement).fetch_all(db).await.map_err(fault)?))
}

async fn execute(db: &mut SqliteConnection, statement: Statement<'_>) -> StoreResult<u64> {
    Ok(bound(statement).execute(db).await.map_err(fault)?.rows_affected())
}

/// An open connection.
pub(crate) struct Link(pub(crate) SqliteConnection);

/// A transaction that only reads.
struct Snapshot(Transaction<'static, Sqlite>);

macro_rules! connection {
    ($link:ident) => {
        #[async_trait]
        impl Connection for $link {
            async fn rows(&mut self, statement: Statement<'_>) -> StoreResult<Vec<Row>> {
                fetch(&mut self.0, statement).await
            }

            async fn run(&mut self, statement: Statement<'_>) -> StoreResult<u64> {
                execute(&mut self.0, statement).await
            }

            async fn rows_of_many(&mut self, statement: &RowStatement, rows: Vec<Values<'_>>) -> StoreResult<Vec<Row>> {
                let mut found = Vec::new();
                for statement in many::in_pieces(statement, rows) {
                    found.extend(fetch(&mut self.0, statement).await?);
                }
                Ok(found)
            }

            async fn run_for_many(&mut self, statement: &RowStatement, rows: Vec<Values<'_>>) -> StoreResult<u64> {
                let mut written = 0;
                for statement in many::in_pieces(statement, rows) {
                    written += execute(&mut self.0, statement).await?;
                }
                Ok(written)
            }

            /// Nobody else writes meanwhile.
            fn for_share(&self) -> &'static str {
                ""
            }

            async fn write_slots(&mut self, puts: &[&SlotPut]) -> StoreResult<u64> {
                slots::write(self, puts).await
            }

            async fn write_contacts(&mut self, contacts: &[(DeviceId, Timestamp)]) -> StoreResult<()> {
                telemetry::write_contacts(self, contacts).await
            }

            async fn write_telemetry(&mut self, reports: &[&TelemetryRow]) -> StoreResult<Vec<Uuid>> {
                telemetry::write_telemetry(self, reports).await
            }
        }
    };
}

connection! { Link }
connection! { Snapshot }

/// Connections for reading.
pub(crate) struct FileReaders(pub(crate) SqlitePool);

#[async_trait]
impl Readers for FileReaders {
    async fn rows(&self, statement: Statement<'_>) -> StoreResult<Vec<Row>> {
        Ok(converted(bound(statement).fetch_all(&self.0).await.map_err(fault)?))
    }

    async fn snapshot(&self) -> StoreResult<Box<dyn Connection>> {
        Ok(Box::new(Snapshot(self.0.begin().await.map_err(fault)?)))
    }
}
