//! Rows of PostgreSQL.

use crate::fault::fault;
use sqlx::{Column as _, Row as _, TypeInfo as _, ValueRef as _, postgres::PgRow};
use store::{
    StoreError, StoreResult,
    sql::database::{Column, Columns},
};
use uuid::Uuid;

/// A row of PostgreSQL.
pub(crate) struct PostgresRow(pub(crate) PgRow);

impl PostgresRow {
    fn place(&self, column: Column<'_>) -> StoreResult<usize> {
        let found = match column {
            Column::First => self.0.columns().first(),
            Column::Named(name) => self.0.columns().iter().find(|found| found.name() == name),
        };
        let missing = || StoreError::Damaged(format!("there is no column {column}"));
        found.map(sqlx::Column::ordinal).ok_or_else(missing)
    }
}

impl Columns for PostgresRow {
    fn int(&self, column: Column<'_>) -> StoreResult<Option<i64>> {
        let place = self.place(column)?;
        let value = self.0.try_get_raw(place).map_err(fault)?;
        let kind = value.type_info().name().to_owned();
        match kind.as_str() {
            // What an expression of SQL makes of small numbers and conditions.
            "INT4" => Ok(self.0.try_get::<Option<i32>, _>(place).map_err(fault)?.map(i64::from)),
            "BOOL" => Ok(self.0.try_get::<Option<bool>, _>(place).map_err(fault)?.map(i64::from)),
            _ => self.0.try_get(place).map_err(fault),
        }
    }

    fn text(&self, column: Column<'_>) -> StoreResult<Option<&str>> {
        self.0.try_get(self.place(column)?).map_err(fault)
    }

    fn bytes(&self, column: Column<'_>) -> StoreResult<Option<&[u8]>> {
        self.0.try_get(self.place(column)?).map_err(fault)
    }

    fn uuid(&self, column: Column<'_>) -> StoreResult<Option<Uuid>> {
        self.0.try_get(self.place(column)?).map_err(fault)
    }
}
