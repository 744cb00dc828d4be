//! Rows of SQLite.

use crate::fault::fault;
use sqlx::{Column as _, Row as _, sqlite::SqliteRow};
use store::{
    StoreError, StoreResult,
    sql::database::{Column, Columns},
};
use uuid::Uuid;

/// A row of SQLite.
pub(crate) struct FileRow(pub(crate) SqliteRow);

impl FileRow {
    fn place(&self, column: Column<'_>) -> StoreResult<usize> {
        let found = match column {
            Column::First => self.0.columns().first(),
            Column::Named(name) => self.0.columns().iter().find(|found| found.name() == name),
        };
        let missing = || StoreError::Damaged(format!("there is no column {column}"));
        found.map(sqlx::Column::ordinal).ok_or_else(missing)
    }
}

impl Columns for FileRow {
    fn int(&self, column: Column<'_>) -> StoreResult<Option<i64>> {
        self.0.try_get(self.place(column)?).map_err(fault)
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
