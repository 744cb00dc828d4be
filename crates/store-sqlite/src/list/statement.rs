//! Parts of SQL statements that append themselves.

use sqlx::{QueryBuilder, Sqlite};

/// The rows that a statement selects from: what follows its `from`, that is tables, joins and conditions.
pub(super) trait RowSource {
    /// Appends itself to a statement that ends with ` from `.
    fn push_to(&self, sql: &mut QueryBuilder<Sqlite>);
}

/// All rows of a table, with its alias if it has one.
pub(super) struct Table(pub(super) &'static str);

impl RowSource for Table {
    fn push_to(&self, sql: &mut QueryBuilder<Sqlite>) {
        sql.push(self.0);
    }
}

/// A text as a phrase of a full-text query.
pub(super) fn phrase(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Texts as a full-text query for all of them, in any order. There is at least one.
pub(super) fn phrases(texts: &[String]) -> String {
    texts.iter().map(|text| phrase(text)).collect::<Vec<_>>().join(" AND ")
}

/// A limit as SQLite takes it.
pub(super) fn limit_value(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}
