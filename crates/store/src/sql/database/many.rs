//! Statements that are run for many rows of values: by engines that are far away once for all rows, by others once for each.

use super::Value;

/// What joins rows of values to a table that is deleted from.
const USING: &str = " using ";

/// The values of a row: `$1`, `$2`, … of the statement.
pub type Values<'q> = Vec<Value<'q>>;

/// A statement for rows of values. Columns of its tables are not named `c1`, `c2`, …, as those of the rows may be.
#[derive(Clone, Copy, Debug)]
pub struct RowStatement {
    start: &'static str,
    /// What is put into a table; without it, the statement is about the rows that its condition finds.
    inserted: Option<&'static str>,
    /// What joins the rows of values to the tables of the start.
    joined_by: &'static str,
    end: &'static str,
    lock: &'static str,
}

impl RowStatement {
    /// Inserts values: `insert into t (a)`, `$1`, and perhaps `on conflict do nothing`.
    pub const fn insert(start: &'static str, values: &'static str, end: &'static str) -> Self {
        Self { start, inserted: Some(values), joined_by: "", end, lock: "" }
    }

    /// Updates rows: `update t set a = $1`, `where id = $2`.
    pub const fn update(start: &'static str, condition: &'static str) -> Self {
        Self { start, inserted: None, joined_by: " from ", end: condition, lock: "" }
    }

    /// Deletes rows: `delete from t`, `where id = $1`.
    pub const fn delete(start: &'static str, condition: &'static str) -> Self {
        Self { joined_by: USING, ..Self::update(start, condition) }
    }

    /// Selects rows, or inserts selected ones: `select a from t`, `where id = $1`.
    pub const fn select(start: &'static str, condition: &'static str) -> Self {
        Self { joined_by: ", ", ..Self::update(start, condition) }
    }

    /// Ends a statement that selects with what locks its rows; see [`super::Connection::for_share`].
    #[must_use]
    pub const fn locked(self, lock: &'static str) -> Self {
        Self { lock, ..self }
    }

    /// Whether it deletes. Not every engine does that for many rows at once.
    pub fn is_delete(&self) -> bool {
        self.joined_by == USING
    }

    /// The statement for one row.
    pub fn for_one(&self) -> String {
        let Self { start, inserted, end, lock, .. } = self;
        match inserted {
            Some(values) => format!("{start} values ({values}) {end}"),
            None => format!("{start} {end}{lock}"),
        }
    }

    /// The statement for all rows of `new`, which an engine has made a table with the columns `c1`, `c2`, …. The text does not
    /// depend on how many rows there are, so that it is worth keeping.
    pub fn for_many(&self, new: &str) -> String {
        let Self { start, inserted, joined_by, end, lock } = self;
        let [start, end] = [start, end].map(|text| of_rows(text));
        match inserted {
            // With a condition, since SQLite takes `on conflict` for that of a join.
            Some(values) => format!("{start} select {} from {new} where true {end}", of_rows(values)),
            None => format!("{start}{joined_by}{new} {end}{lock}"),
        }
    }
}

/// Takes the values from the columns of `new`.
fn of_rows(text: &str) -> String {
    text.replace('$', "new.c")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(statement: RowStatement) -> [String; 2] {
        [statement.for_one(), statement.for_many("rows as new (c1, c2)")]
    }

    #[test]
    fn values_come_from_parameters_or_from_rows() {
        let insert = RowStatement::insert("insert into t (a, b)", "$1, $2 + 1", "on conflict do nothing");
        assert_eq!(
            both(insert),
            [
                "insert into t (a, b) values ($1, $2 + 1) on conflict do nothing",
                "insert into t (a, b) select new.c1, new.c2 + 1 from rows as new (c1, c2) where true on conflict do nothing",
            ]
        );
        assert_eq!(
            both(RowStatement::update("update t set a = $1", "where b = $2")),
            ["update t set a = $1 where b = $2", "update t set a = new.c1 from rows as new (c1, c2) where b = new.c2"]
        );
        assert_eq!(
            both(RowStatement::delete("delete from t", "where b = $2")),
            ["delete from t where b = $2", "delete from t using rows as new (c1, c2) where b = new.c2"]
        );
        assert_eq!(
            both(RowStatement::select("select a from t", "where b = $2").locked(" for share")),
            [
                "select a from t where b = $2 for share",
                "select a from t, rows as new (c1, c2) where b = new.c2 for share",
            ]
        );
    }
}
