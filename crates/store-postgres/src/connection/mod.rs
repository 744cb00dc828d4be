//! Running statements.

mod many;
mod telemetry;

use crate::{fault::fault, row::PostgresRow, slots, text::storable};
use async_trait::async_trait;
use domain::{Timestamp, journal::change::SlotPut, types::ids::DeviceId};
use sqlx::{
    AssertSqlSafe, PgConnection, Postgres, SqlSafeStr as _, SqlStr, Transaction,
    postgres::{PgArguments, PgRow},
    query::Query,
};
use std::{borrow::Cow, time::Duration};
use store::{
    Outage, StoreError, StoreResult,
    sql::{
        database::{Connection, Row, RowStatement, Statement, Value, Values},
        documents::TelemetryRow,
    },
};
use tokio::time::timeout;
use uuid::Uuid;

/// Longest time that a statement may take, its way there and back included.
pub(crate) const LIMIT: Duration = Duration::from_secs(30);

/// A statement as the driver takes it.
pub(crate) fn bound(statement: Statement<'_>) -> Query<'static, Postgres, PgArguments> {
    let is_kept = statement.is_kept();
    let (text, values) = statement.into_parts();
    let text = match text {
        Cow::Borrowed(text) => SqlStr::from_static(text),
        // Put together from texts of the program; what comes from elsewhere is in the values.
        Cow::Owned(text) => AssertSqlSafe(text).into_sql_str(),
    };
    let mut query = sqlx::query(text).persistent(is_kept);
    for value in values {
        query = match value {
            Value::Int(value) => query.bind(value),
            Value::Text(value) => query.bind(value.as_deref().map(storable)),
            Value::Bytes(value) => query.bind(value.as_deref()),
            Value::Uuid(value) => query.bind(value),
        };
    }
    query
}

/// Rows of the driver as rows of the store.
pub(crate) fn converted(rows: Vec<PgRow>) -> Vec<Row> {
    rows.into_iter().map(|row| Row::new(PostgresRow(row))).collect()
}

async fn fetch(db: &mut PgConnection, statement: Statement<'_>) -> StoreResult<Vec<Row>> {
    Ok(converted(in_time(bound(statement).fetch_all(db)).await?))
}

async fn execute(db: &mut PgConnection, statement: Statement<'_>) -> StoreResult<u64> {
    Ok(in_time(bound(statement).execute(db)).await?.rows_affected())
}

/// A way to the database that ends nowhere shows by nothing but silence.
pub(crate) async fn in_time<T>(answer: impl Future<Output = sqlx::Result<T>>) -> StoreResult<T> {
    match timeout(LIMIT, answer).await {
        Ok(answer) => answer.map_err(fault),
        Err(_) => Err(StoreError::unusable(Outage::Slow, "an answer did not come in time")),
    }
}

/// An open connection.
pub(crate) struct Link(pub(crate) PgConnection);

/// A transaction that only reads.
pub(crate) struct Snapshot(pub(crate) Transaction<'static, Postgres>);

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

            fn for_share(&self) -> &'static str {
                " for share"
            }

            async fn rows_of_many(&mut self, what: &RowStatement, rows: Vec<Values<'_>>) -> StoreResult<Vec<Row>> {
                many::fetch(&mut self.0, what, rows).await
            }

            async fn run_for_many(&mut self, what: &RowStatement, rows: Vec<Values<'_>>) -> StoreResult<u64> {
                many::execute(&mut self.0, what, rows).await
            }

            async fn write_slots(&mut self, puts: &[&SlotPut]) -> StoreResult<u64> {
                slots::write(self, puts).await
            }

            async fn write_contacts(&mut self, contacts: &[(DeviceId, Timestamp)]) -> StoreResult<()> {
                telemetry::write_contacts(&mut self.0, contacts).await
            }

            async fn write_telemetry(&mut self, reports: &[&TelemetryRow]) -> StoreResult<Vec<Uuid>> {
                telemetry::write_telemetry(&mut self.0, reports).await
            }
        }
    };
}

connection! { Link }
connection! { Snapshot }
