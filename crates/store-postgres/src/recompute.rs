//! Columns that follow from others. When the way they are computed changes, all of them are computed anew at the next start,
//! in pieces, by one server at a time.

use crate::{connection::Link, slots};
use domain::slot::SlotRow;
use store::{
    StoreResult,
    sql::{
        damaged::unless_damaged,
        database::{Connection, get, query},
        documents::from_doc,
        records, settings,
        write::{
            apply::hardware::{self, replace_keys},
            person_columns::{self, PersonColumns},
            slot_columns::{self, SlotColumns},
        },
    },
};
use uuid::Uuid;

/// Rows that are computed in one transaction.
const PIECE: u32 = 1000;

/// The lock that keeps another server from doing the same; the letters `rollcols`.
const LOCK: i64 = 0x726f_6c6c_636f_6c73;

/// Computes what the database has of another version.
pub(crate) async fn bring_up_to_date(db: &mut Link) -> StoreResult<()> {
    query("select pg_advisory_lock($1)").bind(LOCK).execute(db).await?;
    if is_outdated(db, person_columns::SETTING, person_columns::VERSION).await? {
        let mut after = Uuid::nil();
        while let Some(last) = people(db, after).await? {
            after = last;
        }
        settings::save(db, person_columns::SETTING, &[person_columns::VERSION]).await?;
    }
    if is_outdated(db, slot_columns::SETTING, slot_columns::VERSION).await? {
        let mut after = 0;
        while let Some(last) = slots(db, after).await? {
            after = last;
        }
        settings::save(db, slot_columns::SETTING, &[slot_columns::VERSION]).await?;
    }
    if is_outdated(db, hardware::SETTING, hardware::VERSION).await? {
        let mut after = Uuid::nil();
        while let Some(last) = devices(db, after).await? {
            after = last;
        }
        settings::save(db, hardware::SETTING, &[hardware::VERSION]).await?;
    }
    query("select pg_advisory_unlock($1)").bind(LOCK).execute(db).await?;
    Ok(())
}

async fn is_outdated(db: &mut dyn Connection, setting: &str, version: u8) -> StoreResult<bool> {
    Ok(settings::find(db, setting).await?.is_none_or(|stored| stored != [version]))
}

/// Computes the people after an id; returns the id of the last one, `None` when there were none.
async fn people(db: &mut dyn Connection, after: Uuid) -> StoreResult<Option<Uuid>> {
    query("begin").execute(db).await?;
    let found = query("select id, name, email from people where id > $1 order by id limit $2");
    let found = found.bind(after).bind(PIECE).fetch_all(&mut *db).await?;
    for row in &found {
        let PersonColumns { name_key, search } = PersonColumns::of(get(row, "name")?, get(row, "email")?);
        let update = query("update people set name_key = $1, search = $2 where id = $3");
        update.bind(name_key).bind(search).bind(get::<Uuid>(row, "id")?).execute(db).await?;
    }
    query("commit").execute(db).await?;
    found.last().map(|row| get(row, "id")).transpose()
}

/// As [`people`], for slots by their keys.
async fn slots(db: &mut dyn Connection, after: i64) -> StoreResult<Option<i64>> {
    query("begin").execute(db).await?;
    let found = query(
        "select slots.key, slots.id, row_doc from slots join slot_docs on slot_docs.slot_key = slots.key \
         where slots.key > $1 order by slots.key limit $2",
    );
    let found = found.bind(after).bind(PIECE).fetch_all(&mut *db).await?;
    for row in &found {
        // A damaged row keeps its columns, and does not keep the others from theirs.
        if let Some(slot) = unless_damaged("slots", row, |row| from_doc::<SlotRow>(get(row, "row_doc")?))? {
            slots::recompute(db, get(row, "key")?, SlotColumns::of(&slot)).await?;
        }
    }
    query("commit").execute(db).await?;
    found.last().map(|row| get(row, "key")).transpose()
}

/// As [`people`], for the keys by which the hardware of devices is found.
async fn devices(db: &mut dyn Connection, after: Uuid) -> StoreResult<Option<Uuid>> {
    query("begin").execute(db).await?;
    let found = query(records::devices_where("devices.id > $1 order by devices.id limit $2"));
    let found = found.bind(after).bind(PIECE).fetch_all(&mut *db).await?;
    for row in &found {
        // A damaged device is found by nothing, which keeps nobody from starting.
        if let Ok(device) = records::device(row) {
            replace_keys(db, device.id, &device.findable_by()).await?;
        }
    }
    query("commit").execute(db).await?;
    found.last().map(|row| get(row, "id")).transpose()
}
