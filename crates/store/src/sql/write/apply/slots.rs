//! Slots: what the domain decides on, and the row of the Mobile devices view with the columns that are computed from it.

use super::versioned::expect_one_row;
use crate::{
    StoreResult,
    sql::database::{Connection, query},
};
use domain::{journal::change::Change, types::ids::SlotId};

/// Writes slots, and removes those that are closed.
pub(super) async fn write(db: &mut dyn Connection, change: &Change) -> StoreResult<()> {
    for slot in &change.slots {
        expect_one_row(db.write_slot(slot).await?)?;
    }
    for id in &change.closed_slots {
        remove_slot(db, *id).await?;
    }
    Ok(())
}

async fn remove_slot(db: &mut dyn Connection, id: SlotId) -> StoreResult<()> {
    let done = query("delete from slots where id = $1").bind(id.0).execute(db).await?;
    expect_one_row(done)
}
