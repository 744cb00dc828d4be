//! Searching people by name and email, in People and in Invitations. Words that few people have are looked up in the
//! full-text index. Words that many people have are met soon by a scan in the order of the list, which reads each person's
//! text.

use super::{
    count::{Total, count_up_to},
    statement::{RowSource, phrases},
};
use domain::{list::COUNTED_MAX, types::search::needles};
use sqlx::{QueryBuilder, Sqlite, SqlitePool};
use store::StoreResult;

/// The words that are searched for.
pub(super) struct PersonSearch {
    words: Vec<String>,
    /// How many people have all of them, counted up to [`COUNTED_MAX`].
    pub(super) found: Total,
}

/// The entries of the full-text index that have all words.
struct Entries<'a>(&'a [String]);

impl RowSource for Entries<'_> {
    fn push_to(&self, sql: &mut QueryBuilder<Sqlite>) {
        push_match(sql, "people_search", self.0);
    }
}

impl PersonSearch {
    /// Counts who has the words; `None` when the search is empty.
    pub(super) async fn new(pool: &SqlitePool, search: &str) -> StoreResult<Option<Self>> {
        let words = needles(search);
        if words.is_empty() {
            return Ok(None);
        }
        let found = count_up_to(pool, &Entries(&words), COUNTED_MAX).await?;
        Ok(Some(Self { words, found }))
    }

    /// Appends `tables`, which `people_search` is among, and the condition that it finds the words.
    pub(super) fn push_match(&self, sql: &mut QueryBuilder<Sqlite>, tables: &'static str) {
        push_match(sql, tables, &self.words);
    }

    /// Appends the condition that the person `p` has the words.
    pub(super) fn push_contains(&self, sql: &mut QueryBuilder<Sqlite>) {
        for word in &self.words {
            sql.push(" and instr(p.search, ").push_bind(word.clone()).push(") > 0");
        }
    }
}

fn push_match(sql: &mut QueryBuilder<Sqlite>, tables: &'static str, words: &[String]) {
    sql.push(tables).push(" where people_search match ").push_bind(phrases(words));
}
