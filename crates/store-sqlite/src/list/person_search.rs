//! Searching people by name and email, in People and in Invitations. A text that few people have is looked up in the
//! full-text index. One that many people have is met soon by a scan in the order of the list, which reads each person's
//! text.

use super::{
    count::{Total, count_up_to},
    statement::{RowSource, phrase},
};
use domain::{list::COUNTED_MAX, types::search::needle};
use sqlx::{QueryBuilder, Sqlite, SqlitePool};
use store::StoreResult;

/// A text that is searched for.
pub(super) struct PersonSearch {
    text: String,
    /// How many people have it, counted up to [`COUNTED_MAX`].
    pub(super) found: Total,
}

/// The entries of the full-text index that have a text.
struct Entries<'a>(&'a str);

impl RowSource for Entries<'_> {
    fn push_to(&self, sql: &mut QueryBuilder<Sqlite>) {
        push_match(sql, "people_search", self.0);
    }
}

impl PersonSearch {
    /// Counts who has the text; `None` when the search is empty.
    pub(super) async fn new(pool: &SqlitePool, search: &str) -> StoreResult<Option<Self>> {
        let Some(text) = needle(search) else { return Ok(None) };
        let found = count_up_to(pool, &Entries(&text), COUNTED_MAX).await?;
        Ok(Some(Self { text, found }))
    }

    /// Appends `tables`, which `people_search` is among, and the condition that it finds the text.
    pub(super) fn push_match(&self, sql: &mut QueryBuilder<Sqlite>, tables: &'static str) {
        push_match(sql, tables, &self.text);
    }

    /// Appends the condition that the person `p` has the text.
    pub(super) fn push_contains(&self, sql: &mut QueryBuilder<Sqlite>) {
        sql.push(" and instr(p.search, ").push_bind(self.text.clone()).push(") > 0");
    }
}

fn push_match(sql: &mut QueryBuilder<Sqlite>, tables: &'static str, text: &str) {
    sql.push(tables).push(" where people_search match ").push_bind(phrase(text));
}
