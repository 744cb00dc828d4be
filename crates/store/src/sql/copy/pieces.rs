//! A table in pieces, so that its size does not matter.

use super::table::CopiedTable;
use crate::{
    StoreResult,
    sql::database::{Connection, Value},
};

/// Rows of the first piece, and of a piece at most.
const ROWS: (usize, usize) = (8, 512);
/// What a piece should have, in bytes.
const BYTES: usize = 1 << 20;

/// The rows of a table in the order of their keys.
#[derive(Debug)]
pub struct Pieces<'t> {
    table: &'t CopiedTable,
    after: Option<Vec<Value<'static>>>,
    rows: usize,
}

impl<'t> Pieces<'t> {
    /// All rows.
    pub fn of(table: &'t CopiedTable) -> Self {
        Self { table, after: None, rows: ROWS.0 }
    }

    /// The next rows; `None` at the end. As many as before, twice as many when they were small, fewer when they were large.
    ///
    /// # Errors
    /// One of them cannot be read.
    pub async fn next(&mut self, db: &mut dyn Connection) -> StoreResult<Option<Vec<Vec<Value<'static>>>>> {
        let found = self.table.piece(self.after.as_deref(), self.rows).fetch_all(db).await?;
        let rows = found.iter().map(|row| self.table.values(row)).collect::<StoreResult<Vec<_>>>()?;
        let Some(last) = rows.last() else { return Ok(None) };
        self.after = Some(self.table.key_of(last));
        self.rows = next_size(self.rows, rows.iter().flatten().map(weight).sum());
        Ok(Some(rows))
    }
}

const fn next_size(rows: usize, bytes: usize) -> usize {
    if bytes > BYTES {
        if rows > 1 { rows / 2 } else { 1 }
    } else if bytes < BYTES / 2 && rows < ROWS.1 {
        rows * 2
    } else {
        rows
    }
}

fn weight(value: &Value<'_>) -> usize {
    match value {
        Value::Text(Some(text)) => text.len(),
        Value::Bytes(Some(bytes)) => bytes.len(),
        _ => 16,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_small_rows_grow_and_those_of_large_rows_shrink() {
        assert_eq!(next_size(8, 1000), 16);
        assert_eq!(next_size(512, 1000), 512);
        assert_eq!(next_size(512, BYTES + 1), 256);
        assert_eq!(next_size(1, 10 * BYTES), 1);
        assert_eq!(next_size(64, BYTES - 1), 64);
    }
}
