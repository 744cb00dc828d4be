//! Writing slots, with the columns that the Mobile devices view is sorted, filtered and searched by. They are computed from the
//! row's document.

use crate::facets;
use domain::{journal::change::SlotPut, slot::SlotRow};
use store::{
    StoreResult,
    sql::{
        database::{Connection, Statement, query},
        documents::to_doc,
        write::{apply::version_column, slot_columns::SlotColumns},
    },
};

/// Adds a row. Binds person and time of creation, invitation and device, then the computed columns, id and version. Returns the
/// key.
const INSERT: &str = "insert into slots (person_id, created_at, invitation_id, device_id, \
    status, name_key, platform, ownership, cause, cause_from, later_cause, later_cause_from, facets, \
    search, reminded_times, reminded_at, id, version) \
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18 + 1) returning key";
/// Updates a row; person and time of creation never change. Binds the rest as [`INSERT`] does.
const UPDATE: &str = "update slots set invitation_id = $1, device_id = $2, \
    status = $3, name_key = $4, platform = $5, ownership = $6, cause = $7, cause_from = $8, \
    later_cause = $9, later_cause_from = $10, facets = $11, search = $12, reminded_times = $13, reminded_at = $14, version = version + 1 \
    where id = $15 and version = $16 returning key";
/// Updates the computed columns alone.
const RECOMPUTE: &str = "update slots set status = $1, name_key = $2, platform = $3, ownership = $4, \
    cause = $5, cause_from = $6, later_cause = $7, later_cause_from = $8, facets = $9, search = $10, \
    reminded_times = $11, reminded_at = $12 where key = $13";

/// Writes a slot with its row; returns 0 when it no longer has its version.
pub(crate) async fn write(db: &mut dyn Connection, put: &SlotPut) -> StoreResult<u64> {
    let SlotPut { slot, row } = put;
    let statement =
        if slot.version == 0 { query(INSERT).bind(slot.person_id.0).bind(slot.created_at) } else { query(UPDATE) };
    let statement = statement.bind(slot.invitation_id.0).bind(slot.device_id.map(|id| id.0));
    let statement = bind_columns(statement, SlotColumns::of(row), facets::of(row));
    let written = statement.bind(slot.id.0).bind(version_column(slot.version)).fetch_value::<i64>(&mut *db).await?;
    // Without a key someone else was faster.
    let Some(key) = written else { return Ok(0) };
    query(
        "insert into slot_docs (slot_key, slot_doc, row_doc) values ($1, $2, $3) \
         on conflict (slot_key) do update set slot_doc = excluded.slot_doc, row_doc = excluded.row_doc",
    )
    .bind(key)
    .bind(to_doc(slot)?)
    .bind(to_doc(row)?)
    .execute(db)
    .await
}

/// Binds the computed columns in the order of the statements.
fn bind_columns(statement: Statement<'_>, columns: SlotColumns, facets: String) -> Statement<'_> {
    statement
        .bind(columns.status)
        .bind(columns.name_key)
        .bind(columns.platform)
        .bind(columns.ownership)
        .bind(columns.cause)
        .bind(columns.cause_from)
        .bind(columns.later_cause)
        .bind(columns.later_cause_from)
        .bind(facets)
        .bind(columns.search)
        .bind(columns.reminded_times)
        .bind(columns.reminded_at)
}

/// Writes the computed columns of a row anew.
pub(crate) async fn recompute(db: &mut dyn Connection, key: i64, row: &SlotRow) -> StoreResult<()> {
    bind_columns(query(RECOMPUTE), SlotColumns::of(row), facets::of(row)).bind(key).execute(db).await?;
    Ok(())
}
