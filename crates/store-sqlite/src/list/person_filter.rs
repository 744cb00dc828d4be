//! Searching people by name and email, in People and in Invitations. A text that few people have is found by the search
//! index; one that many have is met soon enough on a walk along the list's order.

use super::keyset::count_up_to;
use domain::{list::COUNTED_MAX, types::search::needle};
use sqlx::{QueryBuilder, Sqlite, SqlitePool};
use store::StoreResult;

/// The people that the search index finds, as `k`, which knows their place in the order of names.
const FOUND: &str = "people_search cross join people_keys k on k.key = people_search.rowid";

/// What is looked for, and how many people have it.
pub(crate) struct PersonFilter {
    text: String,
    /// At most one more than [`COUNTED_MAX`].
    pub(crate) found: u64,
}

impl PersonFilter {
    /// Counts who has the text; `None` when nothing is looked for.
    pub(crate) async fn new(pool: &SqlitePool, asked: &str) -> StoreResult<Option<Self>> {
        let Some(text) = needle(asked) else { return Ok(None) };
        let mut filter = Self { text, found: 0 };
        filter.found = count_up_to(pool, COUNTED_MAX, |sql| filter.push_match(sql, "people_search")).await?;
        Ok(Some(filter))
    }

    /// Appends those who have the text as `k`, with `joined` tables, to what follows `from`.
    pub(crate) fn push_found(&self, sql: &mut QueryBuilder<Sqlite>, joined: &str) {
        self.push_match(sql, &format!("{FOUND}{joined}"));
    }

    /// Appends the condition that people, whose table is called `p`, have the text.
    pub(crate) fn push_reading(&self, sql: &mut QueryBuilder<Sqlite>) {
        sql.push(" and instr(p.search, ").push_bind(self.text.clone()).push(") > 0");
    }

    fn push_match(&self, sql: &mut QueryBuilder<Sqlite>, tables: &str) {
        sql.push(tables).push(" where people_search match ");
        sql.push_bind(format!("\"{}\"", self.text.replace('"', "\"\"")));
    }
}
