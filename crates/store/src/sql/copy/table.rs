//! The shape of a table, and the statements that read and write it.

use super::digest::hex;
use crate::{
    StoreError, StoreResult,
    sql::database::{Connection, Row, Statement, Value, get, query},
};
use std::{borrow::Cow, fmt::Write as _};

/// Rows in one statement. Few sizes make few statements, which the connection keeps prepared.
const WRITTEN: [usize; 4] = [512, 64, 8, 1];

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers.
    Int,
    /// Texts.
    Text,
    /// Bytes.
    Bytes,
    /// Identifiers.
    Uuid,
}

/// A column that is copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopiedColumn {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// A table that is copied: its columns, and those of them that are its key.
#[derive(Clone, Debug)]
pub struct CopiedTable {
    /// Its name.
    pub name: &'static str,
    /// Its columns.
    pub columns: Vec<CopiedColumn>,
    /// The columns that name a row, as places in `columns`.
    pub key: Vec<usize>,
}

impl CopiedTable {
    /// The next rows after a key, in the order of keys.
    pub(super) fn piece(&self, after: Option<&[Value<'static>]>, rows: usize) -> Statement<'static> {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
        let key = self.key.iter().filter_map(|place| names.get(*place).copied()).collect::<Vec<_>>().join(", ");
        let mut sql = query(format!("select {} from {}", names.join(", "), self.name));
        if let Some(after) = after {
            sql.push(" where (").push(&key).push(") > ").push_list(after.iter().cloned());
        }
        sql.push(" order by ").push(&key).push(" limit ");
        sql.push_bind(i64::try_from(rows).unwrap_or(i64::MAX));
        sql
    }

    /// The values of a row.
    ///
    /// # Errors
    /// One of them cannot be read; the error names the row.
    pub(super) fn values(&self, row: &Row) -> StoreResult<Vec<Value<'static>>> {
        let values = self.columns.iter().map(|column| value(row, column)).collect::<StoreResult<Vec<_>>>();
        values.map_err(|error| StoreError::Damaged(format!("the row {}: {error}", self.shown_key(row))))
    }

    /// The key of a row.
    pub(super) fn key_of(&self, row: &[Value<'static>]) -> Vec<Value<'static>> {
        self.key.iter().filter_map(|place| row.get(*place).cloned()).collect()
    }

    /// The key of a row for people; what of it cannot be read is left out.
    fn shown_key(&self, row: &Row) -> String {
        let columns = self.key.iter().filter_map(|place| self.columns.get(*place));
        let shown = columns.filter_map(|column| match value(row, column).ok()? {
            Value::Int(key) => key.map(|key| key.to_string()),
            Value::Text(key) => key.map(String::from),
            Value::Uuid(key) => key.map(|key| key.to_string()),
            Value::Bytes(key) => key.map(|key| hex(key.into_owned())),
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    /// Adds rows, many in one statement.
    pub(super) async fn write(&self, db: &mut dyn Connection, mut rows: &[Vec<Value<'static>>]) -> StoreResult<()> {
        for size in WRITTEN {
            while let Some((some, rest)) = rows.split_at_checked(size) {
                let mut sql = query(self.insert(size));
                for value in some.iter().flatten() {
                    sql = sql.bind(value.clone());
                }
                sql.execute(db).await?;
                rows = rest;
            }
        }
        Ok(())
    }

    /// Numbers that the engine gives out itself are given to it.
    fn insert(&self, rows: usize) -> String {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
        let mut sql = format!("insert into {} ({}) overriding system value values ", self.name, names.join(", "));
        for row in 0..rows {
            for column in 0..names.len() {
                let before = match (row, column) {
                    (0, 0) => "(",
                    (_, 0) => "), (",
                    _ => ", ",
                };
                let _ = write!(sql, "{before}${}", row * names.len() + column + 1);
            }
        }
        sql.push(')');
        sql
    }
}

fn value(row: &Row, CopiedColumn { name, kind }: &CopiedColumn) -> StoreResult<Value<'static>> {
    Ok(match kind {
        Kind::Int => Value::Int(get(row, name)?),
        Kind::Text => Value::Text(get::<Option<String>>(row, name)?.map(Cow::Owned)),
        Kind::Bytes => Value::Bytes(get::<Option<Vec<u8>>>(row, name)?.map(Cow::Owned)),
        Kind::Uuid => Value::Uuid(get(row, name)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> CopiedTable {
        let column = |name: &str, kind| CopiedColumn { name: name.to_owned(), kind };
        let columns = vec![column("job_id", Kind::Uuid), column("doc", Kind::Text), column("line", Kind::Int)];
        CopiedTable { name: "lines", columns, key: vec![0, 2] }
    }

    #[test]
    fn rows_are_read_after_a_key_and_written_many_at_once() {
        let table = lines();
        assert_eq!(table.piece(None, 8).text(), "select job_id, doc, line from lines order by job_id, line limit $1");
        let row = [Value::Uuid(None), Value::Text(None), Value::Int(Some(7))];
        assert_eq!(
            table.piece(Some(&table.key_of(&row)), 8).text(),
            "select job_id, doc, line from lines where (job_id, line) > ($1, $2) order by job_id, line limit $3"
        );
        assert_eq!(
            table.insert(2),
            "insert into lines (job_id, doc, line) overriding system value values ($1, $2, $3), ($4, $5, $6)"
        );
    }
}
