//! Rows of many changes in one statement.

use super::versioned::expect_rows;
use crate::{
    StoreResult,
    sql::database::{Connection, Row, RowStatement, Values},
};
use std::{collections::HashMap, hash::Hash};

/// The first of the items with each key, then the second ones, and so on: what is about the same row is written one after the
/// other, as it would be without the others. Each round is in the order of keys, so that servers that share a database ask for
/// rows in the same order. In which order a statement locks them the engine decides; where two wait for each other in spite of
/// this, one is refused and written again (see `batch`).
pub(in crate::sql::write) fn rounds<K: Ord + Hash + Copy, T>(items: impl IntoIterator<Item = (K, T)>) -> Vec<Vec<T>> {
    let (mut rounds, mut seen) = (Vec::<Vec<(K, T)>>::new(), HashMap::<K, usize>::new());
    for (key, item) in items {
        let round = seen.entry(key).or_default();
        if rounds.len() == *round {
            rounds.push(Vec::new());
        }
        rounds[*round].push((key, item));
        *round += 1;
    }
    for round in &mut rounds {
        round.sort_by_key(|(key, _)| *key);
    }
    rounds.into_iter().map(|round| round.into_iter().map(|(_, item)| item).collect()).collect()
}

/// Rows of values, each with the key of the stored row that it is about.
pub(super) struct Rows<'q, K>(Vec<(K, Values<'q>)>);

impl<'q, K: Ord + Hash + Copy> Rows<'q, K> {
    pub(super) fn new(rows: impl IntoIterator<Item = (K, Values<'q>)>) -> Self {
        Self(rows.into_iter().collect())
    }

    /// Of rows with documents.
    ///
    /// # Errors
    /// A document cannot be written.
    pub(super) fn with_docs(rows: impl IntoIterator<Item = StoreResult<(K, Values<'q>)>>) -> StoreResult<Self> {
        Ok(Self(rows.into_iter().collect::<StoreResult<_>>()?))
    }

    /// Writes them, however many that turns out to be.
    pub(super) async fn write(self, db: &mut dyn Connection, statement: &RowStatement) -> StoreResult<u64> {
        let mut written = 0;
        for round in rounds(self.0) {
            written += db.run_for_many(statement, round).await?;
        }
        Ok(written)
    }

    /// Writes them.
    ///
    /// # Errors
    /// A conflict when one does not have its version any more.
    pub(super) async fn write_all(self, db: &mut dyn Connection, statement: &RowStatement) -> StoreResult<()> {
        let wanted = self.0.len();
        expect_rows(self.write(db, statement).await?, wanted)
    }

    /// Reads the stored rows that a statement finds for them.
    pub(super) async fn read(self, db: &mut dyn Connection, statement: &RowStatement) -> StoreResult<Vec<Row>> {
        let mut found = Vec::new();
        for round in rounds(self.0) {
            found.extend(db.rows_of_many(statement, round).await?);
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::rounds;

    #[test]
    fn what_is_about_one_row_comes_in_its_order_in_different_rounds() {
        let items = [(3, 'a'), (1, 'b'), (3, 'c'), (2, 'd'), (1, 'e'), (3, 'f')];
        assert_eq!(rounds(items), [vec!['b', 'd', 'a'], vec!['e', 'c'], vec!['f']]);
        assert!(rounds::<u8, char>([]).is_empty());
    }
}
