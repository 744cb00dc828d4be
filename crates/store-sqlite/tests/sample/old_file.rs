//! Files as older versions left them.

use super::{device, enrolled, invited};
use domain::{
    Timestamp,
    device::Device,
    journal::change::SlotPut,
    types::ids::{CommandId, SlotId},
};
use serde_json::json;
use sqlx::{SqlitePool, migrate::Migrator, sqlite::SqliteConnectOptions};
use std::path::{Path, PathBuf};
use store_sqlite::SqliteStore;
use tempfile::TempDir;
use uuid::Uuid;

static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/sqlite");

/// A file as it was at a version of the tables.
pub struct OldFile {
    pub path: PathBuf,
    pub pool: SqlitePool,
    _dir: TempDir,
}

impl OldFile {
    pub async fn new(version: i64) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("rollcall.db");
        let pool = migrated(&path, version).await;
        let file = Self { path, pool, _dir: dir };
        file.insert_row().await;
        file
    }

    /// A person, an invitation and their row of the Mobile devices view.
    pub async fn insert_row(&self) {
        let SlotPut { slot, row } = &invited().slots[0];
        for statement in [
            "insert into people (id, name, name_key, email, locale, search, created_at, version) \
             values (?1, 'Ada Lindqvist', 'ada lindqvist', 'ada@example.com', 'en', '', 0, 1)",
            "insert into invitations values (?2, ?1, 1, 'sent', 0, null, x'01', x'02', x'03', x'04', '{}', 1)",
        ] {
            sqlx::query(statement).bind(slot.person_id.0).bind(slot.invitation_id.0).execute(&self.pool).await.unwrap();
        }
        sqlx::query(
            "insert into slots (id, person_id, invitation_id, status, name_key, last_contact_at, created_at, search, \
             slot_doc, row_doc, version) values (?, ?, ?, 'sent', '', 0, 5, '', ?, ?, 3)",
        )
        .bind(slot.id.0)
        .bind(slot.person_id.0)
        .bind(slot.invitation_id.0)
        .bind(serde_json::to_string(slot).unwrap())
        .bind(serde_json::to_string(row).unwrap())
        .execute(&self.pool)
        .await
        .unwrap();
    }

    /// A device whose latest heartbeat is in the columns `doc`, `location` and `permissions`.
    pub async fn insert_report(&self, n: u8, doc: serde_json::Value, location: Option<f64>, permission: Option<&str>) {
        let slot = invited().slots[0].slot.clone();
        sqlx::query("insert into devices values (?, ?, ?, ?, 'active', 0, null, ?, x'00', null, '{}', 1)")
            .bind(device(n).0)
            .bind(slot.person_id.0)
            .bind(slot.invitation_id.0)
            .bind(slot.id.0)
            .bind(&[n][..])
            .execute(&self.pool)
            .await
            .unwrap();
        sqlx::query("insert into reports (device_id, at, doc, location, permissions) values (?, 1000, ?, ?, ?)")
            .bind(device(n).0)
            .bind(doc.to_string())
            .bind(location.map(|latitude| position(latitude).to_string()))
            .bind(permission.map(|name| json!({ name: true }).to_string()))
            .execute(&self.pool)
            .await
            .unwrap();
    }

    /// A device that was deleted, with an open command.
    pub async fn insert_orphan(&self, id: CommandId) {
        let slot = invited().slots[0].slot.clone();
        sqlx::query("insert into devices values (?1, ?2, ?3, ?4, 'active', 0, 7, ?5, ?5, ?5, ?6, 1)")
            .bind(device(9).0)
            .bind(slot.person_id.0)
            .bind(slot.invitation_id.0)
            .bind(slot.id.0)
            .bind(&[9; 32][..])
            .bind(json!({ "deleted_at": "2026-02-01T00:00:00Z" }).to_string())
            .execute(&self.pool)
            .await
            .unwrap();
        let doc = json!({
            "id": id, "device_id": device(9), "kind": { "type": "lock", "params": {} }, "state": "delivered",
            "requested_by": { "actor": "system" }, "requested_at": "2026-01-31T00:00:00Z",
            "expires_at": "2026-02-07T00:00:00Z", "leased_until": "2026-01-31T00:01:00Z", "finished_at": null,
            "data": null, "error": null, "version": 2,
        });
        sqlx::query("insert into commands values (?, ?, 'delivered', 0, 0, 0, ?, 2)")
            .bind(id.0)
            .bind(device(9).0)
            .bind(doc.to_string())
            .execute(&self.pool)
            .await
            .unwrap();
    }

    /// A device in use, with a wipe in a state.
    pub async fn insert_wiping(&self, n: u8, state: &str, finished_at: Option<&str>) {
        let (slot, mut known) = (invited().slots[0].slot.clone(), enrolled());
        known.id = device(n);
        sqlx::query(
            "insert into devices (id, person_id, invitation_id, slot_id, state, last_contact_at, installation_hash, doc, version) \
             values (?, ?, ?, ?, 'active', ?, ?, ?, 1)",
        )
        .bind(known.id.0)
        .bind(slot.person_id.0)
        .bind(slot.invitation_id.0)
        .bind(own_slot(n).0)
        .bind(known.last_contact_at.as_millis())
        .bind(&[n; 32][..])
        .bind(doc_of(&known).to_string())
        .execute(&self.pool)
        .await
        .unwrap();
        let id = CommandId(Uuid::from_bytes([n; 16]));
        let doc = json!({
            "id": id, "device_id": known.id, "kind": { "type": "wipe", "params": { "external": false } }, "state": state,
            "requested_by": { "actor": "system" }, "requested_at": "2026-01-01T00:00:30Z",
            "expires_at": "2026-01-08T00:00:30Z", "leased_until": null, "finished_at": finished_at,
            "data": null, "error": null, "version": 2,
        });
        sqlx::query("insert into commands values (?, ?, ?, 30000, 0, 0, ?, 2)")
            .bind(id.0)
            .bind(known.id.0)
            .bind(state)
            .bind(doc.to_string())
            .execute(&self.pool)
            .await
            .unwrap();
    }

    /// The row of such a device, whose contact may be later than that of the device.
    pub async fn insert_row_of(&self, n: u8, last_contact_at: Timestamp) {
        let SlotPut { slot, row } = &invited().slots[0];
        sqlx::query(
            "insert into slots (id, person_id, invitation_id, device_id, status, name_key, last_contact_at, created_at, \
             search, slot_doc, row_doc, version) values (?, ?, ?, ?, 'active', '', ?, 5, '', ?, ?, 3)",
        )
        .bind(own_slot(n).0)
        .bind(slot.person_id.0)
        .bind(slot.invitation_id.0)
        .bind(device(n).0)
        .bind(last_contact_at.as_millis())
        .bind(serde_json::to_string(slot).unwrap())
        .bind(serde_json::to_string(row).unwrap())
        .execute(&self.pool)
        .await
        .unwrap();
    }

    pub async fn insert_fact(&self, name: &str, value: &[u8]) {
        let insert = sqlx::query("insert into facts (name, value) values (?, ?)");
        insert.bind(name).bind(value).execute(&self.pool).await.unwrap();
    }

    /// The values of a column, of the file that was opened and closed again.
    pub async fn values(&self, statement: &'static str, id: Uuid) -> Vec<Vec<u8>> {
        let pool = SqlitePool::connect_with(SqliteConnectOptions::new().filename(&self.path)).await.unwrap();
        sqlx::query_scalar(statement).bind(id).fetch_all(&pool).await.unwrap()
    }

    pub async fn open(&self) -> SqliteStore {
        self.pool.close().await;
        SqliteStore::open(&self.path).await.unwrap()
    }
}

pub fn own_slot(n: u8) -> SlotId {
    SlotId(Uuid::from_bytes([100 + n; 16]))
}

/// A device as older versions stored it: with its last contact and the number of its latest report.
fn doc_of(device: &Device) -> serde_json::Value {
    let mut doc = serde_json::to_value(device).unwrap();
    doc["last_contact_at"] = json!(device.last_contact_at);
    doc["last_report_seq"] = json!(7);
    doc
}

async fn migrated(path: &Path, version: i64) -> SqlitePool {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let pool = SqlitePool::connect_with(options).await.unwrap();
    let older = MIGRATIONS.iter().filter(|migration| migration.version <= version).cloned().collect();
    Migrator::with_migrations(older).run(&pool).await.unwrap();
    pool
}

pub fn position(latitude: f64) -> serde_json::Value {
    json!({ "latitude": latitude, "longitude": 16.61, "accuracy_m": 12.0, "at": "2026-01-02T00:00:00Z" })
}
