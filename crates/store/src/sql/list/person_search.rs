//! Searching people by name and email, in People and in Invitations. Words that few people have are looked up in the
//! index of texts. Words that many people have are met soon by a scan in the order of the list, which reads each person's
//! text.

use super::{
    count::{Total, count_up_to},
    statement::RowSource,
};
use crate::{
    StoreResult,
    sql::{SqlStore, database::Statement},
};
use domain::{list::COUNTED_MAX, types::search::needles};

/// The words that are searched for.
pub struct PersonSearch<'a> {
    store: &'a dyn SqlStore,
    words: Vec<String>,
    /// How many people have all of them, counted up to [`COUNTED_MAX`].
    pub found: Total,
    /// Whether reading people in any order meets them sooner than the index of texts does.
    pub is_met_soon: bool,
}

/// The people whom the index finds.
struct Found<'a>(&'a dyn SqlStore, &'a [String]);

impl RowSource for Found<'_> {
    fn push_to(&self, sql: &mut Statement<'_>) {
        self.0.push_people_with(sql, self.1);
    }
}

impl<'a> PersonSearch<'a> {
    /// Counts who has the words; `None` when the search is empty.
    pub async fn new(store: &'a dyn SqlStore, search: &str) -> StoreResult<Option<Self>> {
        let words = needles(search);
        if words.is_empty() {
            return Ok(None);
        }
        let is_met_soon = store.is_met_soon(&words).await?;
        let found = if is_met_soon {
            Total { counted: COUNTED_MAX, is_exact: false }
        } else {
            count_up_to(store.lists(), &Found(store, &words), COUNTED_MAX).await?
        };
        Ok(Some(Self { store, words, found, is_met_soon }))
    }

    /// Appends the people whom the index finds, as `k`.
    pub fn push_people(&self, sql: &mut Statement<'_>) {
        self.store.push_people_with(sql, &self.words);
    }

    /// Appends the invitations of the people whom the index finds, as `i`.
    pub fn push_invitations(&self, sql: &mut Statement<'_>) {
        self.store.push_invitations_with(sql, &self.words);
    }

    /// Appends the condition that the person `p` has the words.
    pub fn push_contains(&self, sql: &mut Statement<'_>) {
        push_contains(sql, self.store.position(), "p.search", &self.words);
    }
}

/// Appends the conditions that `column` contains the words, which is read for them.
pub fn push_contains(sql: &mut Statement<'_>, position: &str, column: &str, words: &[String]) {
    for word in words {
        sql.push(" and ").push(position).push("(").push(column).push(", ").push_bind(word.clone()).push(") > 0");
    }
}
