//! Slots: what the domain decides on, and the row of the Mobile devices view with the columns that are computed from it.

use super::{
    rows::{Rows, rounds},
    versioned::expect_rows,
};
use crate::{
    StoreResult,
    sql::database::{Connection, RowStatement},
};
use domain::journal::change::Change;

const REMOVE: RowStatement = RowStatement::delete("delete from slots", "where id = $1");

/// Writes slots, and removes those that are closed.
pub(super) async fn write(db: &mut dyn Connection, changes: &[&Change]) -> StoreResult<()> {
    for round in rounds(changes.iter().flat_map(|change| &change.slots).map(|put| (put.slot.id.0, put))) {
        expect_rows(db.write_slots(&round).await?, round.len())?;
    }
    let closed = changes.iter().flat_map(|change| &change.closed_slots);
    Rows::new(closed.map(|id| (id.0, vec![id.0.into()]))).write_all(db, &REMOVE).await
}
