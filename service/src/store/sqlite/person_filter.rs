//! Searching people by name and email, in People and in Invitations. A text that few people have is found by the search
//! index; one that many have is met soon enough on a walk along the list's order, and so is one too short for the index.

use super::keyset::count_up_to;
use crate::store::StoreResult;
use domain::list::{COUNTED_MAX, search_text};
use sqlx::{QueryBuilder, Sqlite, SqlitePool};

/// People who are collected and sorted for one page; more are walked along.
const FEW: u64 = 2000;
/// Shortest text that the index finds, in characters.
const INDEXED_MIN: usize = 3;

/// What is looked for, and how.
pub(super) struct PersonFilter {
    text: String,
    by_index: bool,
}

impl PersonFilter {
    /// Decides how a text is looked for.
    pub(super) async fn new(pool: &SqlitePool, asked: &str) -> StoreResult<Self> {
        let text = search_text(asked);
        let mut filter = Self { by_index: text.chars().count() >= INDEXED_MIN, text };
        if filter.by_index {
            let found = count_up_to(pool, FEW, |sql| filter.push_index(sql)).await?;
            filter.by_index = found <= FEW;
        }
        Ok(filter)
    }

    /// Appends the condition on people, whose table is called `p`.
    pub(super) fn push(&self, sql: &mut QueryBuilder<Sqlite>) {
        if self.by_index {
            sql.push(" and p.id in (select k.id from ");
            self.push_index(sql);
            sql.push(")");
        } else if !self.text.is_empty() {
            sql.push(" and instr(p.search, ").push_bind(self.text.clone()).push(") > 0");
        }
    }

    /// Whether people are filtered at all.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    fn push_index(&self, sql: &mut QueryBuilder<Sqlite>) {
        sql.push("people_search cross join people_keys k on k.key = people_search.rowid where people_search match ");
        sql.push_bind(format!("\"{}\"", self.text.replace('"', "\"\"")));
    }
}

/// How many rows a list has, given what follows its `from`, and whether that is all of them.
pub(super) async fn total(pool: &SqlitePool, push: impl FnOnce(&mut QueryBuilder<Sqlite>)) -> StoreResult<(u64, bool)> {
    let counted = count_up_to(pool, COUNTED_MAX, push).await?;
    Ok((counted.min(COUNTED_MAX), counted <= COUNTED_MAX))
}
