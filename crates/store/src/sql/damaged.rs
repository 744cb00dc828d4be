//! Rows that cannot be read back. Each is named in the log once and left out or shown as damaged, so that it stops nothing but
//! itself.

use super::database::{Row, get};
use crate::{StoreError, StoreResult};
use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};
use uuid::Uuid;

/// Rows that are remembered as named; when there are more, they are named again.
const REMEMBERED: usize = 10_000;

/// Converts what can be read; `table` and the column `id` or `seq` name what cannot.
pub fn readable<T>(
    table: &'static str,
    found: &[Row],
    convert: impl Fn(&Row) -> StoreResult<T>,
) -> StoreResult<Vec<T>> {
    found.iter().filter_map(|row| unless_damaged(table, row, &convert).transpose()).collect()
}

/// Converts a row; `None` when it is damaged.
pub fn unless_damaged<T>(
    table: &'static str,
    row: &Row,
    convert: impl Fn(&Row) -> StoreResult<T>,
) -> StoreResult<Option<T>> {
    match convert(row) {
        Ok(value) => Ok(Some(value)),
        Err(StoreError::Damaged(cause)) => {
            name(table, row, &cause);
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Converts a row that a decision needs: a damaged one is named in the log as well, and is the caller's error.
pub fn needed<T>(table: &'static str, row: &Row, convert: impl Fn(&Row) -> StoreResult<T>) -> StoreResult<T> {
    let missing = || StoreError::Damaged(format!("a row of {table}"));
    unless_damaged(table, row, convert)?.ok_or_else(missing)
}

/// Names a damaged row in the log, unless it was named before.
fn name(table: &'static str, row: &Row, cause: &str) {
    static NAMED: Mutex<BTreeSet<(&str, String)>> = Mutex::new(BTreeSet::new());
    let id = get::<Uuid>(row, "id").map(|id| id.to_string());
    let id = id.or_else(|_| get::<i64>(row, "seq").map(|seq| seq.to_string())).unwrap_or_else(|_| "?".to_owned());
    let mut named = NAMED.lock().unwrap_or_else(PoisonError::into_inner);
    if named.len() >= REMEMBERED {
        named.clear();
    }
    if named.insert((table, id.clone())) {
        tracing::error!(table, id, cause, "A stored record is damaged and cannot be read: {table} {id}");
    }
}
