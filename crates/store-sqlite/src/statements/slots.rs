//! Writing slots, with the columns that the Mobile devices view is sorted, filtered and searched by. They are computed from the
//! row's document.

use crate::facets;
use domain::{journal::change::SlotPut, slot::SlotRow};
use std::collections::HashMap;
use store::{
    StoreResult,
    sql::{
        database::{Connection, RowStatement, Statement, Values, get, query},
        documents::to_doc,
        write::{apply::version_column, slot_columns::SlotColumns},
    },
};
use uuid::Uuid;

/// Adds a row. Binds person and time of creation, invitation and device, then the computed columns, id and version.
const INSERT: &str = "insert into slots (person_id, created_at, invitation_id, device_id, \
    status, name_key, platform, ownership, cause, cause_from, later_cause, later_cause_from, facets, \
    search, reminded_times, reminded_at, id, version) \
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18 + 1)";
/// Updates a row of which every column may have changed; person and time of creation never do. SQLite writes an entry of an
/// index anew if a column of it is named here, even if its value is the same.
const UPDATE: RowStatement = RowStatement::update(
    "update slots set invitation_id = $1, device_id = $2, status = $3, name_key = $4, platform = $5, ownership = $6, \
     cause = $7, cause_from = $8, later_cause = $9, later_cause_from = $10, facets = $11, search = $12, \
     reminded_times = $13, reminded_at = $14, version = version + 1",
    "where id = $15 and version = $16",
);
/// What of the values of [`UPDATE`] a row has already, if it has its version.
const STORED: RowStatement = RowStatement::select(
    "select id, invitation_id is $1 and device_id is $2 and name_key is $4 and platform is $5 and ownership is $6 \
     and search is $12 and reminded_times is $13 and reminded_at is $14 as has_texts, \
     status is $3 and cause is $7 and cause_from is $8 and later_cause is $9 and later_cause_from is $10 \
     and facets is $11 as has_state from slots",
    "where id = $15 and version = $16",
);
/// Updates a row of which nothing but the state changed, with those of the values of [`UPDATE`] that are at [`STATE`].
const UPDATE_STATE: RowStatement = RowStatement::update(
    "update slots set status = $1, cause = $2, cause_from = $3, later_cause = $4, later_cause_from = $5, facets = $6, \
     version = version + 1",
    "where id = $7 and version = $8",
);
const STATE: [usize; 8] = [2, 6, 7, 8, 9, 10, 14, 15];
/// Updates a row of which nothing changed but its documents, with the values at [`VERSION`].
const UPDATE_VERSION: RowStatement =
    RowStatement::update("update slots set version = version + 1", "where id = $1 and version = $2");
const VERSION: [usize; 2] = [14, 15];
/// Writes the documents of rows.
const PUT_DOCS: RowStatement = RowStatement::select(
    "insert into slot_docs (slot_key, slot_doc, row_doc) select key, $1, $2 from slots",
    "where id = $3 on conflict (slot_key) do update set slot_doc = excluded.slot_doc, row_doc = excluded.row_doc",
);
/// Updates the computed columns alone.
const RECOMPUTE: &str = "update slots set status = $1, name_key = $2, platform = $3, ownership = $4, \
    cause = $5, cause_from = $6, later_cause = $7, later_cause_from = $8, facets = $9, search = $10, \
    reminded_times = $11, reminded_at = $12 where key = $13";

/// Writes slots, which are different ones, with their rows, and returns how many. One that no longer has its version is not
/// written.
pub(crate) async fn write(db: &mut dyn Connection, puts: &[&SlotPut]) -> StoreResult<u64> {
    let (new, stored): (Vec<&SlotPut>, Vec<&SlotPut>) = puts.iter().partition(|put| put.slot.version == 0);
    let mut written = 0;
    for put in new {
        let SlotPut { slot, row } = put;
        let statement = query(INSERT).bind(slot.person_id.0).bind(slot.created_at);
        let statement = statement.bind(slot.invitation_id.0).bind(slot.device_id.map(|id| id.0));
        let statement = bind_columns(statement, SlotColumns::of(row), facets::of(row));
        written += statement.bind(slot.id.0).bind(version_column(slot.version)).execute(&mut *db).await?;
    }
    written += update(&mut *db, &stored).await?;
    // Of rows that are refused, too: then everything is rolled back.
    let docs = puts.iter().map(|put| docs_of(put)).collect::<StoreResult<Vec<Values<'_>>>>()?;
    db.run_for_many(&PUT_DOCS, docs).await?;
    Ok(written)
}

/// Updates what changes of rows, and returns how many have their version.
async fn update(db: &mut dyn Connection, puts: &[&SlotPut]) -> StoreResult<u64> {
    let mut values: HashMap<Uuid, Values<'_>> = puts.iter().map(|put| (put.slot.id.0, values_of(put))).collect();
    // In their order, so that an index is written from one end to the other.
    let stored = puts.iter().map(|put| values[&put.slot.id.0].clone()).collect();
    let stored = db.rows_of_many(&STORED, stored).await?;
    let (mut all, mut state, mut version) = (Vec::new(), Vec::new(), Vec::new());
    for row in &stored {
        let Some(values) = values.remove(&get::<Uuid>(row, "id")?) else { continue };
        match (get(row, "has_texts")?, get(row, "has_state")?) {
            (true, true) => version.push(at(&values, &VERSION)),
            (true, false) => state.push(at(&values, &STATE)),
            (false, _) => all.push(values),
        }
    }
    let mut written = db.run_for_many(&UPDATE, all).await?;
    written += db.run_for_many(&UPDATE_STATE, state).await?;
    Ok(written + db.run_for_many(&UPDATE_VERSION, version).await?)
}

/// The values of [`UPDATE`].
fn values_of(SlotPut { slot, row }: &SlotPut) -> Values<'static> {
    let statement = query("").bind(slot.invitation_id.0).bind(slot.device_id.map(|id| id.0));
    let statement = bind_columns(statement, SlotColumns::of(row), facets::of(row));
    statement.bind(slot.id.0).bind(version_column(slot.version)).into_parts().1
}

fn at<'q>(values: &Values<'q>, places: &[usize]) -> Values<'q> {
    places.iter().filter_map(|place| values.get(*place).cloned()).collect()
}

fn docs_of(SlotPut { slot, row }: &SlotPut) -> StoreResult<Values<'static>> {
    Ok(vec![to_doc(slot)?.into(), to_doc(row)?.into(), slot.id.0.into()])
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
