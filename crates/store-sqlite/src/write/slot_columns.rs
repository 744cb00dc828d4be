//! The columns beside a row's document that the Mobile devices view is sorted, filtered and searched by. All of them
//! follow from how the row is listed; when the way in which they follow changes, they are written anew at the next start.

use super::recompute::{self, BATCH};
use crate::{
    facets,
    fault::fault,
    rows::{from_doc, get},
};
use domain::{
    Timestamp,
    slot::{SlotRow, attention::AttentionPlan},
};
use sqlx::{Sqlite, SqliteConnection, SqlitePool, query::Query, sqlite::SqliteArguments};
use store::StoreResult;

/// Counts the ways in which the columns followed from rows. To be raised when `domain` finds another text to search or
/// another moment from which a row needs attention.
const DERIVATION: u8 = 3;
/// The fact that says which derivation the file is at.
const FACT: &str = "slot_columns";

/// What is stored beside a row.
pub(crate) struct SlotColumns {
    status: &'static str,
    name_key: String,
    last_contact_at: i64,
    platform: &'static str,
    ownership: &'static str,
    plan: AttentionPlan,
    facets: String,
    search: String,
    reminded_times: u8,
    reminded_at: i64,
}

/// Adds a row: takes what differs between rows and their updates, then [`SlotColumns::bind`], then id and version.
pub(crate) const INSERT: &str = "insert into slots (person_id, created_at, invitation_id, device_id, slot_doc, row_doc, \
    status, name_key, last_contact_at, platform, ownership, cause, cause_from, later_cause, later_cause_from, facets, \
    search, reminded_times, reminded_at, id, version) \
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? + 1)";
/// Writes a row; its person and the time at which it appeared never change.
pub(crate) const UPDATE: &str = "update slots set invitation_id = ?, device_id = ?, slot_doc = ?, row_doc = ?, \
    status = ?, name_key = ?, last_contact_at = ?, platform = ?, ownership = ?, cause = ?, cause_from = ?, \
    later_cause = ?, later_cause_from = ?, facets = ?, search = ?, reminded_times = ?, reminded_at = ?, version = version + 1 \
    where id = ? and version = ?";
/// Writes the columns alone.
const REWRITE: &str = "update slots set status = ?, name_key = ?, last_contact_at = ?, platform = ?, ownership = ?, \
    cause = ?, cause_from = ?, later_cause = ?, later_cause_from = ?, facets = ?, search = ?, \
    reminded_times = ?, reminded_at = ? where key = ?";

impl SlotColumns {
    /// What follows from a row.
    pub(crate) fn of(row: &SlotRow) -> Self {
        let device = row.device.as_ref();
        Self {
            status: row.status.as_str(),
            name_key: row.person_name.to_lowercase(),
            last_contact_at: device.map_or(0, |d| d.last_contact_at.as_millis()),
            platform: device.map_or("", |d| d.platform.as_str()),
            ownership: device.map_or("", |d| d.ownership.as_str()),
            plan: AttentionPlan::of(row),
            facets: facets::of(row),
            search: row.search_text(),
            reminded_times: row.reminded.map_or(0, |reminded| reminded.times),
            reminded_at: row.reminded.map_or(0, |reminded| reminded.last_at.as_millis()),
        }
    }

    /// Binds the values, in the order in which the statements name them.
    pub(crate) fn bind(self, query: Query<'_, Sqlite, SqliteArguments>) -> Query<'_, Sqlite, SqliteArguments> {
        let from = |stage: Option<(Timestamp, _)>| stage.map(|(from, _)| from.as_millis());
        query
            .bind(self.status)
            .bind(self.name_key)
            .bind(self.last_contact_at)
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

/// Writes the columns anew if they follow from rows in another way than the file's.
pub(crate) async fn bring_up_to_date(pool: &SqlitePool) -> StoreResult<()> {
    recompute::bring_up_to_date(pool, FACT, DERIVATION, async |after| rewrite_batch(pool, after).await).await
}

/// Writes the columns of the next rows; returns the last one's key, `None` when there were none.
async fn rewrite_batch(pool: &SqlitePool, after: i64) -> StoreResult<Option<i64>> {
    let mut transaction = pool.begin_with("begin immediate").await.map_err(fault)?;
    let found = sqlx::query("select key, row_doc from slots where key > ? order by key limit ?")
        .bind(after)
        .bind(BATCH)
        .fetch_all(&mut *transaction)
        .await
        .map_err(fault)?;
    for row in &found {
        rewrite(&mut transaction, get(row, "key")?, &from_doc(get(row, "row_doc")?)?).await?;
    }
    transaction.commit().await.map_err(fault)?;
    found.last().map(|row| get(row, "key")).transpose()
}

async fn rewrite(db: &mut SqliteConnection, key: i64, row: &SlotRow) -> StoreResult<()> {
    SlotColumns::of(row).bind(sqlx::query(REWRITE)).bind(key).execute(db).await.map_err(fault)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::{MIGRATIONS, SqliteStore};
    use domain::{
        Timestamp,
        actor::Actor,
        decide::{self, Context, InviteOptions},
        journal::change::{Change, KeyedHash, SealedCredentials},
        list::{AttentionFilter, PersonQuery, SlotQuery},
        types::{
            ids::{NewIds, PersonId},
            text::Locale,
        },
    };
    use sqlx::{SqlitePool, migrate::Migrator, sqlite::SqliteConnectOptions};
    use std::path::Path;
    use store::{AggregateStore as _, Store as _, ViewStore as _};
    use uuid::Uuid;

    struct Counter(u128);

    impl NewIds for Counter {
        fn new_uuid(&mut self) -> Uuid {
            self.0 += 1;
            Uuid::from_u128(self.0)
        }
    }

    /// A person with an invitation whose mail was sent at the beginning of 2026.
    fn invited() -> Change {
        let at = Timestamp::parse_rfc3339("2026-01-01T00:00:00Z").unwrap();
        let context = Context { now: at, actor: Actor::System };
        let (name, email) = ("Ada Lindqvist".parse().unwrap(), "ada@example.com".parse().unwrap());
        let (person, added) =
            decide::add_person(PersonId(Uuid::from_u128(99)), name, email, Locale::default(), &context);
        let sealed = SealedCredentials {
            token: vec![1],
            pin: vec![2],
            token_hash: KeyedHash([1; 32]),
            pin_hash: KeyedHash([2; 32]),
        };
        let invited = decide::invite(&person, InviteOptions::default(), sealed, &mut Counter(0), &context).unwrap();
        let mut change = Change { people: added.people, ..invited };
        change.slots[0].row.status = domain::slot::SlotStatus::Sent;
        change
    }

    /// Writes the row into a file as the first version of the tables had it.
    async fn old_file(path: &Path) {
        let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
        let pool = SqlitePool::connect_with(options).await.unwrap();
        let first = MIGRATIONS.iter().filter(|migration| migration.version == 1).cloned().collect();
        Migrator::with_migrations(first).run(&pool).await.unwrap();
        let change = invited();
        let (put, slot) = (&change.slots[0], &change.slots[0].slot);
        for statement in [
            "insert into people values (?1, 'Ada Lindqvist', 'ada lindqvist', 'ada@example.com', 'en', '', 0, 1)",
            "insert into invitations values (?2, ?1, 1, 'sent', 0, null, x'01', x'02', x'03', x'04', '{}', 1)",
        ] {
            sqlx::query(statement).bind(slot.person_id.0).bind(slot.invitation_id.0).execute(&pool).await.unwrap();
        }
        sqlx::query("insert into slots values (?, ?, ?, null, 'sent', '', 0, 5, '', ?, ?, 3)")
            .bind(slot.id.0)
            .bind(slot.person_id.0)
            .bind(slot.invitation_id.0)
            .bind(serde_json::to_string(slot).unwrap())
            .bind(serde_json::to_string(&put.row).unwrap())
            .execute(&pool)
            .await
            .unwrap();
        pool.close().await;
    }

    #[tokio::test]
    async fn rows_of_an_older_file_are_found_like_new_ones() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("rollcall.db");
        old_file(&path).await;
        let now = Timestamp::parse_rfc3339("2026-06-01T00:00:00Z").unwrap();
        for _ in 0..2 {
            let store = SqliteStore::open(&path).await.unwrap();
            let attention = Some(AttentionFilter::Any);
            for search in ["lindq", "li", ""] {
                let query = SlotQuery { search: search.to_owned(), attention, ..SlotQuery::default() };
                let found = store.list_slots(&query, now).await.unwrap();
                assert_eq!(found.rows, [invited().slots[0].row.clone()], "{search}");
                let query = PersonQuery { search: search.to_owned(), ..PersonQuery::default() };
                assert_eq!(store.matching_people(&query, 9).await.unwrap().len(), 1, "{search}");
            }
            store.close().await;
        }
    }

    #[tokio::test]
    async fn a_row_of_an_older_file_keeps_its_version() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("rollcall.db");
        old_file(&path).await;
        let store = SqliteStore::open(&path).await.unwrap();
        let mut put = invited().slots[0].clone();
        put.slot.version = 3;
        let change = Change { slots: vec![put], ..Change::default() };
        store.commit(change).await.unwrap();
        store.close().await;
    }
}
