//! Rows that cannot be read: they are shown as damaged or left out, and stop nothing else.
#![expect(clippy::unwrap_used, reason = "these are tests")]

use domain::{
    actor::Actor,
    decide::request_command,
    device::command::CommandKind,
    invitation::job::{InviteJob, JobLine},
    journal::change::{Change, InventoryPut, ReportPut},
    list::{InvitationQuery, PersonQuery, SlotQuery},
    protocol::{Inventory, StateReport},
    types::ids::{DeviceId, InviteJobId, PersonId},
};
use sqlx::{Executor as _, SqlitePool, sqlite::SqliteConnectOptions};
use std::{path::PathBuf, sync::Arc};
use store::{AggregateStore as _, Store as _, StoreError, ViewStore as _, WorkStore as _, contract::fixture::Fixture};
use store_sqlite::SqliteStore;
use tempfile::TempDir;
use uuid::Uuid;

/// A store, and another connection that damages what is in it.
struct Damaged {
    store: Arc<SqliteStore>,
    fixture: Fixture,
    sql: SqlitePool,
    path: PathBuf,
    _dir: TempDir,
}

impl Damaged {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("rollcall.db");
        let store = Arc::new(SqliteStore::open(&path).await.unwrap());
        let sql = SqlitePool::connect_with(SqliteConnectOptions::new().filename(&path)).await.unwrap();
        let fixture = Fixture::new(store.clone());
        Self { store, fixture, sql, path, _dir: dir }
    }

    /// A person with an invitation whose mail is queued, and a device.
    async fn person(&mut self, email: &str) -> (PersonId, DeviceId) {
        let person = self.fixture.person(email).await;
        self.fixture.invitation(person, true).await;
        (person, self.fixture.device(person, 1).await)
    }

    async fn run(&self, sql: &'static str) {
        assert!(self.sql.execute(sql).await.unwrap().rows_affected() > 0, "{sql}");
    }
}

#[tokio::test]
async fn lists_show_damaged_rows_beside_the_others() {
    let mut it = Damaged::new().await;
    for email in ["ada@example.com", "bob@example.com", "eve@example.com"] {
        it.person(email).await;
    }
    it.run("update slot_docs set row_doc = '{' where slot_key in (select key from slots where name_key = 'person bob@example.com')").await;
    it.run(
        "update invitations set doc = '[]' where person_id = (select id from people where email = 'eve@example.com')",
    )
    .await;
    let now = it.fixture.now;
    for search in ["", "example"] {
        let query = SlotQuery { search: search.to_owned(), ..SlotQuery::default() };
        let rows = it.store.list_slots(&query, now).await.unwrap().rows;
        let damaged: Vec<&str> = rows.iter().filter(|row| row.is_damaged).map(|row| row.person_name.as_str()).collect();
        assert_eq!((rows.len(), damaged), (3, vec!["person bob@example.com"]), "{search}");
        let query = InvitationQuery { search: search.to_owned(), ..InvitationQuery::default() };
        let rows = it.store.list_invitations(&query).await.unwrap().rows;
        let damaged: Vec<&str> = rows.iter().filter(|row| row.is_damaged).map(|row| row.email.as_str()).collect();
        assert_eq!((rows.len(), damaged), (3, vec!["eve@example.com"]), "{search}");
        let query = PersonQuery { search: search.to_owned(), ..PersonQuery::default() };
        assert_eq!(it.store.list_people(&query).await.unwrap().rows.len(), 3, "{search}");
    }
    // Exports and details.
    let ids = it.store.matching_slots(&SlotQuery::default(), now, 9).await.unwrap();
    assert_eq!(it.store.slot_rows(&ids).await.unwrap().len(), 3);
    for id in ids {
        assert!(it.store.find_slot(id).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn a_damaged_invitation_shows_the_state_in_its_column() {
    let mut it = Damaged::new().await;
    it.person("ada@example.com").await;
    it.run("update invitations set doc = '{'").await;
    for state in ["created", "queued", "sent", "opened", "deactivated"] {
        let set = sqlx::query("update invitations set state = ?").bind(state);
        set.execute(&it.sql).await.unwrap();
        let rows = it.store.list_invitations(&InvitationQuery::default()).await.unwrap().rows;
        assert_eq!((rows[0].is_damaged, rows[0].invitation.state.as_str()), (true, state));
    }
}

#[tokio::test]
async fn a_damaged_person_is_left_out_of_the_list_of_people() {
    let mut it = Damaged::new().await;
    it.person("ada@example.com").await;
    it.person("bob@example.com").await;
    // No text: a byte that UTF-8 does not know.
    it.run("update people set name = cast(x'ff' as text) where email = 'bob@example.com'").await;
    let rows = it.store.list_people(&PersonQuery::default()).await.unwrap().rows;
    assert_eq!(rows.iter().map(|row| row.email.as_str()).collect::<Vec<_>>(), ["ada@example.com"]);
}

#[tokio::test]
async fn a_damaged_mail_does_not_stand_before_the_others() {
    let mut it = Damaged::new().await;
    it.person("ada@example.com").await;
    it.run("update mails set kind = 'unknown', next_attempt_at = 0").await;
    let (bob, _) = it.person("bob@example.com").await;
    let due = it.store.due_mails(it.fixture.now, 1).await.unwrap();
    assert_eq!(due.iter().map(|mail| mail.person_id).collect::<Vec<_>>(), [bob]);
    assert_eq!(it.store.next_mail_at().await.unwrap(), Some(it.fixture.now), "not the damaged one's time");
}

#[tokio::test]
async fn damaged_commands_and_entries_are_left_out() {
    let mut it = Damaged::new().await;
    let (person, device) = it.person("ada@example.com").await;
    for _ in 0..2 {
        let aggregate = it.store.load_device(device).await.unwrap().unwrap();
        let context = it.fixture.context();
        let ring = CommandKind::Ring { seconds: 5 };
        let (_, change) = request_command(&aggregate, device, ring, &mut it.fixture.ids, &context).unwrap();
        it.store.commit(change).await.unwrap();
    }
    it.run("update commands set doc = 'x' where id = (select min(id) from commands)").await;
    it.run("update journal set doc = '{}' where seq = (select max(seq) from journal)").await;
    let (late, now) = (it.fixture.now.plus_seconds(1_000_000_000), it.fixture.now);
    assert_eq!(it.store.waiting_commands(device, now, 9).await.unwrap().len(), 1);
    assert_eq!(it.store.expired_commands(late, 9).await.unwrap().len(), 1);
    assert_eq!(it.store.open_commands(device).await.unwrap().len(), 1);
    assert_eq!(it.store.list_commands(device, 9).await.unwrap().len(), 1);
    let slot = it.fixture.load(person).await.slots[0].id;
    let row = it.store.find_slot(slot).await.unwrap().unwrap();
    let (head, entries) = (it.store.journal_head().await.unwrap(), it.store.timeline(&row, 99).await.unwrap());
    assert!(!entries.is_empty() && entries.iter().all(|entry| entry.seq < head));
    assert_eq!(it.store.journal_after(head - 2, 9).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_damaged_report_or_inventory_is_replaced_by_the_next_one() {
    let mut it = Damaged::new().await;
    let (_, device_id) = it.person("ada@example.com").await;
    let at = it.fixture.now;
    let change = |seq| {
        let report = StateReport { seq, ..StateReport::default() };
        let inventory = Inventory { schema_version: 1, collected_at: None, groups: [].into() };
        let inventory = InventoryPut { device_id, at, etag: "tag".to_owned(), inventory, since: [].into() };
        Change { reports: vec![ReportPut { device_id, at, report }], inventories: vec![inventory], ..Change::default() }
    };
    it.store.commit(change(7)).await.unwrap();
    it.run("update telemetry set doc = '{\"seq\": '").await;
    it.run("update inventories set doc = ''").await;
    assert_eq!(it.store.find_report(device_id).await.unwrap(), None);
    assert!(it.store.find_inventory(device_id).await.unwrap().is_none());
    it.store.commit(change(8)).await.unwrap();
    assert_eq!(it.store.find_report(device_id).await.unwrap().unwrap().report.seq, 8);
    assert!(it.store.find_inventory(device_id).await.unwrap().is_some());
}

#[tokio::test]
async fn only_the_person_of_a_damaged_device_cannot_be_decided_about() {
    let mut it = Damaged::new().await;
    let (ada, device) = it.person("ada@example.com").await;
    let (bob, _) = it.person("bob@example.com").await;
    it.run("update devices set doc = '{' where person_id = (select id from people where email = 'ada@example.com')")
        .await;
    assert!(matches!(it.store.load_person(ada).await, Err(StoreError::Damaged(_))));
    assert!(matches!(it.store.load_device(device).await, Err(StoreError::Damaged(_))));
    assert!(it.store.load_person(bob).await.unwrap().is_some());
}

#[tokio::test]
async fn a_database_with_damaged_rows_and_rules_is_opened() {
    let mut it = Damaged::new().await;
    it.person("ada@example.com").await;
    it.person("bob@example.com").await;
    it.run("update slot_docs set row_doc = '{' where slot_key in (select key from slots where name_key = 'person bob@example.com')").await;
    // As if a newer version computed the columns in another way.
    it.run("update slots set search = ''").await;
    it.run("update settings set value = x'00' where name = 'slot_columns'").await;
    it.run("insert into settings (name, value) values ('reminders', x'00')").await;
    it.sql.close().await;
    it.store.close().await;
    let store = SqliteStore::open(&it.path).await.unwrap();
    let query = SlotQuery { search: "ada".to_owned(), ..SlotQuery::default() };
    assert_eq!(store.list_slots(&query, it.fixture.now).await.unwrap().rows.len(), 1);
    assert!(store.find_reminders().await.unwrap().rules().is_empty());
}

#[tokio::test]
async fn a_damaged_job_or_line_keeps_no_other_from_being_worked_on() {
    let it = Damaged::new().await;
    let job = |n: u128| InviteJob {
        id: InviteJobId(Uuid::from_u128(n)),
        actor: Actor::System,
        send: false,
        expires_at: None,
        total: 2,
        created_at: it.fixture.now,
        ended_at: None,
    };
    let line = |line: u32| JobLine { line, name: String::new(), email: format!("p{line}@example.com"), locale: None };
    for n in [1, 2] {
        let invite_jobs = vec![(job(n), vec![line(0), line(1)])];
        it.store.commit(Change { invite_jobs, ..Change::default() }).await.unwrap();
    }
    it.run("update invite_jobs set doc = '{' where id = (select min(id) from invite_jobs)").await;
    it.run("update invite_job_lines set doc = '[]' where line = 0").await;
    assert_eq!(it.store.open_invite_jobs().await.unwrap(), [job(2)]);
    let progress = it.store.find_invite_job(job(2).id).await.unwrap().unwrap();
    assert_eq!(progress.lines, [(line(1), None)]);
}
