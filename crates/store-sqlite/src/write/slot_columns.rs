//! The columns that the Mobile devices view is sorted, filtered and searched by. They are computed from the row's document,
//! and recomputed at the next start when the way they are computed changes.

use super::recompute::{self, BATCH};
use crate::{
    damaged::unless_damaged,
    facets,
    fault::fault,
    rows::{from_doc, get},
};
use domain::{
    Timestamp,
    slot::{SlotRow, attention::AttentionPlan},
};
use sqlx::{Connection as _, Sqlite, SqliteConnection, query::Query, sqlite::SqliteArguments};
use store::StoreResult;

/// Version of the columns. Raise it when `domain` changes the text that is searched or the moments from which rows need
/// attention.
const VERSION: u8 = 4;
/// The setting that holds the file's version of the columns.
const SETTING: &str = "slot_columns";

/// The computed columns of a row.
pub(crate) struct SlotColumns {
    status: &'static str,
    name_key: String,
    platform: &'static str,
    ownership: &'static str,
    plan: AttentionPlan,
    facets: String,
    search: String,
    reminded_times: u8,
    reminded_at: i64,
}

/// Adds a row. Binds person and time of creation, invitation and device, then [`SlotColumns::bind`], id and version. Returns the
/// key.
pub(crate) const INSERT: &str = "insert into slots (person_id, created_at, invitation_id, device_id, \
    status, name_key, platform, ownership, cause, cause_from, later_cause, later_cause_from, facets, \
    search, reminded_times, reminded_at, id, version) \
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? + 1) returning key";
/// Updates a row; person and time of creation never change. Binds the rest as [`INSERT`] does.
pub(crate) const UPDATE: &str = "update slots set invitation_id = ?, device_id = ?, \
    status = ?, name_key = ?, platform = ?, ownership = ?, cause = ?, cause_from = ?, \
    later_cause = ?, later_cause_from = ?, facets = ?, search = ?, reminded_times = ?, reminded_at = ?, version = version + 1 \
    where id = ? and version = ? returning key";
/// Updates the computed columns alone.
const RECOMPUTE: &str = "update slots set status = ?, name_key = ?, platform = ?, ownership = ?, \
    cause = ?, cause_from = ?, later_cause = ?, later_cause_from = ?, facets = ?, search = ?, \
    reminded_times = ?, reminded_at = ? where key = ?";

impl SlotColumns {
    /// Computes the columns of a row.
    pub(crate) fn of(row: &SlotRow) -> Self {
        let device = row.device.as_ref();
        Self {
            status: row.status.as_str(),
            name_key: row.person_name.to_lowercase(),
            platform: device.map_or("", |d| d.platform.as_str()),
            ownership: device.map_or("", |d| d.ownership.as_str()),
            plan: AttentionPlan::of(row),
            facets: facets::of(row),
            search: row.search_text(),
            reminded_times: row.reminded.map_or(0, |reminded| reminded.times),
            reminded_at: row.reminded.map_or(0, |reminded| reminded.last_at.as_millis()),
        }
    }

    /// Binds the values in the order of the statements.
    pub(crate) fn bind(self, query: Query<'_, Sqlite, SqliteArguments>) -> Query<'_, Sqlite, SqliteArguments> {
        let from = |stage: Option<(Timestamp, _)>| stage.map(|(from, _)| from.as_millis());
        query
            .bind(self.status)
            .bind(self.name_key)
            .bind(self.platform)
            .bind(self.ownership)
            .bind(self.plan.first.map(|(_, cause)| cause.as_str()))
            .bind(from(self.plan.first))
            .bind(self.plan.then.map(|(_, cause)| cause.as_str()))
            .bind(from(self.plan.then))
            .bind(self.facets)
            .bind(self.search)
            .bind(self.reminded_times)
            .bind(self.reminded_at)
    }
}

/// Recomputes the columns if the file has another version of them.
pub(crate) async fn bring_up_to_date(db: &mut SqliteConnection) -> StoreResult<()> {
    recompute::bring_up_to_date(db, SETTING, VERSION, recompute_batch).await
}

/// Recomputes the columns of the rows after a key; returns the key of the last one, `None` when there were none.
async fn recompute_batch(db: &mut SqliteConnection, after: i64) -> StoreResult<Option<i64>> {
    let mut transaction = db.begin_with("begin immediate").await.map_err(fault)?;
    let found = sqlx::query("select key, id, row_doc from slots join slot_docs on slot_key = key where key > ? order by key limit ?")
        .bind(after)
        .bind(BATCH)
        .fetch_all(&mut *transaction)
        .await
        .map_err(fault)?;
    for row in &found {
        // A damaged row keeps its columns, and does not keep the others from theirs.
        if let Some(slot) = unless_damaged("slots", row, |row| from_doc(get(row, "row_doc")?))? {
            recompute_row(&mut transaction, get(row, "key")?, &slot).await?;
        }
    }
    transaction.commit().await.map_err(fault)?;
    found.last().map(|row| get(row, "key")).transpose()
}

async fn recompute_row(db: &mut SqliteConnection, key: i64, row: &SlotRow) -> StoreResult<()> {
    SlotColumns::of(row).bind(sqlx::query(RECOMPUTE)).bind(key).execute(db).await.map_err(fault)?;
    Ok(())
}
