//! Writing slots.

use domain::{
    journal::change::SlotPut,
    slot::{Slot, SlotRow},
};
use store::{
    StoreResult,
    sql::{
        database::{Connection, RowStatement, Statement, query},
        documents::to_doc,
        write::{apply::version_column, slot_columns::SlotColumns},
    },
};

/// Adds a row, with its documents beside it.
const INSERT: &str = "with added as (insert into slots (invitation_id, device_id, status, name_key, platform, ownership, \
    cause, cause_from, later_cause, later_cause_from, search, reminded_times, reminded_at, id, version, person_id, created_at) \
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15 + 1, $18, $19) returning key) \
    insert into slot_docs (slot_key, slot_doc, row_doc) select key, $16, $17 from added";

/// Updates rows with their documents; person and time of creation never change.
const UPDATE: RowStatement = RowStatement::update(
    "with updated as (update slots set invitation_id = $1, device_id = $2, status = $3, name_key = $4, \
    platform = $5, ownership = $6, cause = $7, cause_from = $8, later_cause = $9, later_cause_from = $10, search = $11, \
    reminded_times = $12, reminded_at = $13, version = version + 1",
    "where id = $14 and version = $15 returning key, $16 as slot_doc, $17 as row_doc) \
    update slot_docs set slot_doc = updated.slot_doc, row_doc = updated.row_doc from updated \
    where slot_docs.slot_key = updated.key",
);

/// Writes the computed columns alone.
const RECOMPUTE: &str = "update slots set status = $1, name_key = $2, platform = $3, ownership = $4, cause = $5, \
    cause_from = $6, later_cause = $7, later_cause_from = $8, search = $9, reminded_times = $10, reminded_at = $11 \
    where key = $12";

/// Writes the columns of a row that follow from its document.
pub(crate) async fn recompute(db: &mut dyn Connection, key: i64, columns: SlotColumns) -> StoreResult<()> {
    bind_columns(query(RECOMPUTE), columns).bind(key).execute(db).await?;
    Ok(())
}

/// Writes slots with their rows; returns how many. One that no longer has its version is not written.
pub(crate) async fn write(db: &mut dyn Connection, puts: &[&SlotPut]) -> StoreResult<u64> {
    let (new, stored): (Vec<&SlotPut>, Vec<&SlotPut>) = puts.iter().partition(|put| put.slot.version == 0);
    let mut written = 0;
    for SlotPut { slot, row } in new {
        let statement = values(query(INSERT), slot, row)?.bind(slot.person_id.0).bind(slot.created_at);
        written += statement.execute(&mut *db).await?;
    }
    if stored.is_empty() {
        return Ok(written);
    }
    let rows = stored.iter().map(|SlotPut { slot, row }| Ok(values(query(""), slot, row)?.into_parts().1));
    let rows = rows.collect::<StoreResult<Vec<_>>>()?;
    Ok(written + db.run_for_many(&UPDATE, rows).await?)
}

/// Binds what [`INSERT`] and [`UPDATE`] have in common.
fn values<'q>(statement: Statement<'q>, slot: &Slot, row: &SlotRow) -> StoreResult<Statement<'q>> {
    let statement = statement.bind(slot.invitation_id.0).bind(slot.device_id.map(|id| id.0));
    let statement = bind_columns(statement, SlotColumns::of(row)).bind(slot.id.0).bind(version_column(slot.version));
    Ok(statement.bind(to_doc(slot)?).bind(to_doc(row)?))
}

fn bind_columns(statement: Statement<'_>, columns: SlotColumns) -> Statement<'_> {
    statement
        .bind(columns.status)
        .bind(columns.name_key)
        .bind(columns.platform)
        .bind(columns.ownership)
        .bind(columns.cause)
        .bind(columns.cause_from)
        .bind(columns.later_cause)
        .bind(columns.later_cause_from)
        .bind(columns.search)
        .bind(columns.reminded_times)
        .bind(columns.reminded_at)
}
