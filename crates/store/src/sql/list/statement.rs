//! Parts of SQL statements that append themselves.

use crate::sql::database::Statement;

/// The rows that a statement selects from: what follows its `from`, that is tables, joins and conditions.
pub trait RowSource {
    /// Appends itself to a statement that ends with ` from `.
    fn push_to(&self, sql: &mut Statement<'_>);
}

/// All rows of a table, with its alias if it has one.
pub struct Table(pub(super) &'static str);

impl RowSource for Table {
    fn push_to(&self, sql: &mut Statement<'_>) {
        sql.push(self.0);
    }
}

/// A limit as it is bound.
pub fn limit_value(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}
