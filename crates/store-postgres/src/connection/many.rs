//! Statements for many rows of values: one way to the server for all of them. The values go as one array for each column.

use super::{converted, in_time};
use crate::text::storable;
use sqlx::{AssertSqlSafe, PgConnection, Postgres, SqlSafeStr as _, postgres::PgArguments, query::Query};
use store::{
    StoreError, StoreResult,
    sql::database::{Row, RowStatement, Statement, Value, Values},
};
use uuid::Uuid;

/// The values of one column.
enum Column {
    Int(Vec<Option<i64>>),
    Text(Vec<Option<String>>),
    Bytes(Vec<Option<Vec<u8>>>),
    Uuid(Vec<Option<Uuid>>),
}

impl Column {
    /// An empty one for values of this type.
    const fn like(value: &Value<'_>) -> Self {
        match value {
            Value::Int(_) => Self::Int(Vec::new()),
            Value::Text(_) => Self::Text(Vec::new()),
            Value::Bytes(_) => Self::Bytes(Vec::new()),
            Value::Uuid(_) => Self::Uuid(Vec::new()),
        }
    }

    /// Adds the value of the next row.
    fn push(&mut self, value: Value<'_>) -> StoreResult<()> {
        match (self, value) {
            (Self::Int(column), Value::Int(value)) => column.push(value),
            (Self::Text(column), Value::Text(value)) => column.push(value.map(|text| storable(&text).into_owned())),
            (Self::Bytes(column), Value::Bytes(value)) => column.push(value.map(Into::into)),
            (Self::Uuid(column), Value::Uuid(value)) => column.push(value),
            _ => return Err(StoreError::Damaged("values of several types for one column".to_owned())),
        }
        Ok(())
    }

    const fn sql_type(&self) -> &'static str {
        match self {
            Self::Int(_) => "bigint",
            Self::Text(_) => "text",
            Self::Bytes(_) => "bytea",
            Self::Uuid(_) => "uuid",
        }
    }
}

/// Runs a statement that selects for all rows.
pub(crate) async fn fetch(db: &mut PgConnection, what: &RowStatement, rows: Vec<Values<'_>>) -> StoreResult<Vec<Row>> {
    Ok(converted(in_time(bound(what, rows)?.fetch_all(db)).await?))
}

/// Runs a statement that writes for all rows, and returns how many it wrote.
pub(crate) async fn execute(db: &mut PgConnection, what: &RowStatement, rows: Vec<Values<'_>>) -> StoreResult<u64> {
    Ok(in_time(bound(what, rows)?.execute(db)).await?.rows_affected())
}

/// A statement with all rows, as the driver takes it.
fn bound(statement: &RowStatement, mut rows: Vec<Values<'_>>) -> StoreResult<Query<'static, Postgres, PgArguments>> {
    if rows.len() == 1 {
        // As cheap as it gets, and planned for what it is.
        return Ok(super::bound(Statement::new(statement.for_one(), rows.remove(0))));
    }
    let columns = columns(rows)?;
    // Put together from texts of the program; what comes from elsewhere is in the values.
    let mut query = sqlx::query(AssertSqlSafe(statement.for_many(&table(&columns))).into_sql_str());
    for column in columns {
        query = match column {
            Column::Int(values) => query.bind(values),
            Column::Text(values) => query.bind(values),
            Column::Bytes(values) => query.bind(values),
            Column::Uuid(values) => query.bind(values),
        };
    }
    Ok(query)
}

/// The columns of rows, which all have the same.
fn columns(rows: Vec<Values<'_>>) -> StoreResult<Vec<Column>> {
    let mut columns: Vec<Column> = rows.first().into_iter().flatten().map(Column::like).collect();
    for row in rows {
        for (column, value) in columns.iter_mut().zip(row) {
            column.push(value)?;
        }
    }
    Ok(columns)
}

/// The columns as a table: `unnest($1::uuid[], …) as new (c1, …)`.
fn table(columns: &[Column]) -> String {
    let each = |one: &dyn Fn(usize, &Column) -> String| -> String {
        let places = columns.iter().enumerate().map(|(place, column)| one(place + 1, column));
        places.collect::<Vec<_>>().join(", ")
    };
    let arrays = each(&|n, column| format!("${n}::{}[]", column.sql_type()));
    format!("unnest({arrays}) as new ({})", each(&|n, _| format!("c{n}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_arrays_of_their_columns() {
        let row = |n: i64, text: Option<&'static str>| vec![Value::from(n), Value::from(text)];
        let found = columns(vec![row(1, Some("a\0")), row(2, None)]).unwrap();
        assert_eq!(table(&found), "unnest($1::bigint[], $2::text[]) as new (c1, c2)");
        let [Column::Int(numbers), Column::Text(texts)] = &found[..] else { panic!("other columns") };
        assert_eq!((&numbers[..], &texts[..]), (&[Some(1), Some(2)][..], &[Some("a\u{fffd}".to_owned()), None][..]));
        assert!(columns(vec![row(1, None), vec![Value::from("x"), Value::from("y")]]).is_err());
    }
}
