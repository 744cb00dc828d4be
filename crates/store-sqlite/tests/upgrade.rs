//! Files of older versions are brought up to date when they are opened, and lose nothing.
#![expect(clippy::unwrap_used, reason = "these are tests")]

mod sample;

use domain::{
    Timestamp,
    apple::{Challenge, ChallengePurpose},
    device::{Device, Ownership, Platform, command::CommandState},
    journal::change::{Change, KeyedHash, ReportPut},
    list::{AttentionFilter, PersonQuery, SlotQuery},
    protocol::{Battery, StateReport},
    types::ids::{AppleChallengeId, CommandId, PersonId},
};
use sample::{
    device, enrolled, invited,
    old_file::{OldFile, position},
};
use serde_json::json;
use store::{
    AccountStore as _, AggregateStore as _, AppleEnrollmentStore as _, AppleIdentityStore as _, HardwareStore as _,
    SilentBefore, Store as _, ViewStore as _, WorkStore as _,
};
use store_sqlite::SqliteStore;
use uuid::Uuid;

/// The first version of the tables, and the last one with a table `facts` and a heartbeat in three columns.
const OLDER_VERSIONS: [i64; 2] = [1, 7];

/// Latitude and permissions of the latest heartbeat as the store returns them.
async fn reported(store: &SqliteStore, n: u8) -> (Option<f64>, Vec<String>) {
    let report = store.find_report(device(n)).await.unwrap().unwrap().report;
    (report.location.map(|l| l.latitude), report.permissions.unwrap_or_default().into_keys().collect())
}

#[tokio::test]
async fn rows_of_an_older_file_are_found_like_new_ones() {
    for version in OLDER_VERSIONS {
        let file = OldFile::new(version).await;
        let now = Timestamp::parse_rfc3339("2026-06-01T00:00:00Z").unwrap();
        for _ in 0..2 {
            let store = file.open().await;
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
}

#[tokio::test]
async fn names_and_emails_of_an_older_file_get_their_one_form() {
    let file = OldFile::new(7).await;
    let older = [
        (1, "Zoe\u{308}", "zoe@xn--bcher-kva.example"),
        (2, "\u{3164}", "bo.li@example.com"),
        (3, "Twin", "zoe@b\u{fc}cher.example"),
    ];
    for (id, name, email) in older {
        let insert = "insert into people (id, name, name_key, email, locale, search, created_at, version) \
            values (?, ?, '', ?, 'en', '', 0, 1)";
        let insert = sqlx::query(insert).bind(PersonId(Uuid::from_u128(id)).0).bind(name).bind(email);
        insert.execute(&file.pool).await.unwrap();
    }
    sqlx::query("update slots set person_id = ?").bind(Uuid::from_u128(2)).execute(&file.pool).await.unwrap();
    let insert = "insert into accounts (id, email, password_hash, created_at) values (?, ?, '', 0)";
    let insert = sqlx::query(insert).bind(Uuid::from_u128(9)).bind("admin@xn--bcher-kva.example");
    insert.execute(&file.pool).await.unwrap();

    let store = file.open().await;
    let person = async |id| {
        let person = store.load_person(PersonId(Uuid::from_u128(id))).await.unwrap().unwrap().person;
        (person.name.to_string(), person.email.to_string())
    };
    let pair = |name: &str, email: &str| (name.to_owned(), email.to_owned());
    // Whose mailbox it is already keeps it; the other one stays as it was, and can be read.
    assert_eq!(person(1).await, pair("Zo\u{eb}", "zoe@xn--bcher-kva.example"));
    assert_eq!(person(3).await, pair("Twin", "zoe@b\u{fc}cher.example"));
    assert_eq!(person(2).await, pair("Bo Li", "bo.li@example.com"));
    let query = SlotQuery { search: "li bo".to_owned(), ..SlotQuery::default() };
    let found = store.list_slots(&query, Timestamp::from_millis(0)).await.unwrap();
    assert_eq!(found.rows.iter().map(|row| row.person_name.as_str()).collect::<Vec<_>>(), ["Bo Li"]);
    assert!(store.find_account("admin@b\u{fc}cher.example").await.unwrap().is_some());
    store.close().await;
}

#[tokio::test]
async fn a_row_of_an_older_file_keeps_its_version() {
    for version in OLDER_VERSIONS {
        let file = OldFile::new(version).await;
        let store = file.open().await;
        let mut put = invited().slots[0].clone();
        put.slot.version = 3;
        let change = Change { slots: vec![put], ..Change::default() };
        store.commit(change).await.unwrap();
        store.close().await;
    }
}

#[tokio::test]
async fn settings_of_an_older_file_are_kept() {
    for version in OLDER_VERSIONS {
        let file = OldFile::new(version).await;
        file.insert_fact("setup", &[7; 32]).await;
        let rules = json!([{ "cause": "not_opened", "after_days": 3, "at_most": 2 }]);
        file.insert_fact("reminders", rules.to_string().as_bytes()).await;
        let store = file.open().await;
        assert_eq!(store.find_setup().await.unwrap(), Some(KeyedHash([7; 32])));
        assert_eq!(serde_json::to_value(store.find_reminders().await.unwrap()).unwrap(), rules);
        store.close().await;
    }
}

#[tokio::test]
async fn position_and_permissions_of_an_older_file_are_kept() {
    for version in OLDER_VERSIONS {
        let file = OldFile::new(version).await;
        file.insert_report(1, json!({ "seq": 4 }), Some(49.2), Some("camera")).await;
        let newer = json!({ "seq": 5, "location": position(50.1), "permissions": { "location": true } });
        file.insert_report(2, newer, Some(49.2), Some("camera")).await;
        file.insert_report(3, json!({ "seq": 6 }), None, None).await;
        let store = file.open().await;
        assert_eq!(reported(&store, 1).await, (Some(49.2), vec!["camera".to_owned()]));
        assert_eq!(reported(&store, 2).await, (Some(50.1), vec!["location".to_owned()]), "the document is newer");
        assert_eq!(reported(&store, 3).await, (None, vec![]));
        store.close().await;
    }
}

#[tokio::test]
async fn a_heartbeat_adds_to_what_an_older_file_holds() {
    for version in OLDER_VERSIONS {
        let file = OldFile::new(version).await;
        file.insert_report(1, json!({ "seq": 4 }), Some(49.2), Some("camera")).await;
        let store = file.open().await;
        let battery = Some(Battery { level: 80, charging: false });
        let report = StateReport { seq: 7, battery, ..StateReport::default() };
        let put = ReportPut { device_id: device(1), at: Timestamp::from_millis(2000), report };
        store.commit(Change { reports: vec![put], ..Change::default() }).await.unwrap();
        assert_eq!(reported(&store, 1).await, (Some(49.2), vec!["camera".to_owned()]));
        assert_eq!(store.find_report(device(1)).await.unwrap().unwrap().report.battery, battery);
        store.close().await;
    }
}

#[tokio::test]
async fn commands_of_a_device_that_is_gone_are_ended() {
    for version in OLDER_VERSIONS {
        let file = OldFile::new(version).await;
        let id = CommandId(Uuid::from_u128(5));
        file.insert_orphan(id).await;
        let store = file.open().await;
        let command = store.find_command(id).await.unwrap().unwrap();
        assert_eq!((command.state, command.leased_until), (CommandState::Cancelled, None));
        assert_eq!(command.finished_at, Some(Timestamp::parse_rfc3339("2026-02-01T00:00:00Z").unwrap()));
        assert!(store.open_commands(device(9)).await.unwrap().is_empty());
        store.close().await;
    }
}

#[tokio::test]
async fn both_secrets_of_a_device_are_kept() {
    for version in OLDER_VERSIONS {
        let file = OldFile::new(version).await;
        let slot = invited().slots[0].slot.clone();
        sqlx::query("insert into devices values (?1, ?2, ?3, ?4, 'active', 0, null, ?5, ?6, ?5, '{}', 1)")
            .bind(device(1).0)
            .bind(slot.person_id.0)
            .bind(slot.invitation_id.0)
            .bind(slot.id.0)
            .bind(&[1; 32][..])
            .bind(&[2; 32][..])
            .execute(&file.pool)
            .await
            .unwrap();
        let store = file.open().await;
        store.close().await;
        let secrets = "select hash from device_secrets where device_id = ? order by seq";
        let secrets: Vec<Vec<u8>> = file.values(secrets, device(1).0).await;
        assert_eq!(secrets, [[1; 32], [2; 32]], "the one before comes first");
    }
}

#[tokio::test]
async fn wipes_and_hardware_of_an_older_file_are_known() {
    let file = OldFile::new(11).await;
    for (n, state, finished_at) in [
        (1, "requested", None),
        (2, "acknowledged", None),
        (3, "completed", Some("2026-01-01T00:01:00.5Z")),
        (4, "completed", Some("2025-12-31T00:00:00Z")),
        (5, "cancelled", Some("2026-01-01T00:01:00Z")),
    ] {
        file.insert_wiping(n, state, finished_at).await;
        file.insert_row_of(n, Timestamp::default()).await;
    }
    let store = file.open().await;
    let mut found = store.devices_with_hardware(&["serial SERJ1".to_owned()].into(), 9).await.unwrap();
    found.sort_by_key(|device| device.id);
    let wipe =
        |device: &Device| device.wipe.map(|wipe| (wipe.requested_at.to_rfc3339(), wipe.acknowledged_at.is_some()));
    let wipes: Vec<_> = found.iter().map(wipe).collect();
    let requested = "2026-01-01T00:00:30Z".to_owned();
    // A device that was in contact long after its wipe was not erased.
    assert_eq!(
        wipes,
        [Some((requested.clone(), false)), Some((requested.clone(), true)), Some((requested, true)), None, None]
    );
    let (never, later) = (Timestamp::default(), Timestamp::parse_rfc3339("2026-01-02T00:00:00Z").unwrap());
    let mut erased = store
        .silent_devices(SilentBefore { silent: never, apple_silent: never, stalled: never, erased: later }, 9)
        .await
        .unwrap();
    erased.sort();
    assert_eq!(erased, [device(2), device(3)]);
    store.close().await;
}

#[tokio::test]
async fn contacts_and_reports_of_an_older_file_stand_apart_from_devices() {
    let file = OldFile::new(16).await;
    file.insert_wiping(1, "cancelled", Some("2026-01-01T00:01:00Z")).await;
    let later = enrolled().last_contact_at.plus_seconds(30);
    file.insert_row_of(1, later).await;
    let report = json!({ "seq": 7, "network": "wifi", "told": { "network": "2026-01-01T00:00:00Z" } });
    let insert = sqlx::query("insert into reports values (?, 1000, ?)").bind(device(1).0).bind(report.to_string());
    insert.execute(&file.pool).await.unwrap();
    let store = file.open().await;
    let found = store.devices_with_hardware(&["serial SERJ1".to_owned()].into(), 9).await.unwrap().remove(0);
    assert_eq!((found.last_contact_at, found.last_report_seq), (later, 7));
    let report = store.find_report(device(1)).await.unwrap().unwrap();
    assert_eq!((report.at, report.report.network.as_deref()), (Timestamp::from_millis(1000), Some("wifi")));
    let never = Timestamp::default();
    let silent = |silent| SilentBefore { silent, apple_silent: never, stalled: never, erased: never };
    assert_eq!(store.silent_devices(silent(later), 9).await.unwrap(), []);
    assert_eq!(store.silent_devices(silent(later.plus_seconds(1)), 9).await.unwrap(), [device(1)]);
    store.close().await;
}

#[tokio::test]
async fn a_file_from_before_apple_devices_keeps_its_rows_and_takes_such_devices() {
    let file = OldFile::new(15).await;
    file.insert_wiping(1, "cancelled", Some("2026-01-01T00:01:00Z")).await;
    let store = file.open().await;
    let found = store.list_slots(&SlotQuery::default(), Timestamp::from_millis(0)).await.unwrap();
    assert_eq!(found.rows, [invited().slots[0].row.clone()]);
    let now = Timestamp::from_millis(1000);
    let challenge = Challenge {
        id: AppleChallengeId(Uuid::from_u128(1)),
        hash: KeyedHash([3; 32]),
        sealed: vec![1],
        purpose: ChallengePurpose::Renew(device(1)),
        ownership: Ownership::Company,
        platform: Platform::Ios,
        rights: 7487,
        made_at: now,
        expires_at: now.plus_seconds(60),
        fetched_at: None,
        issued: 0,
        issued_at: None,
        spent_at: None,
    };
    store.save_challenge(&challenge).await.unwrap();
    assert_eq!(store.find_challenge(challenge.hash).await.unwrap(), Some(challenge));
    assert_eq!(store.count_apple_enrollments().await.unwrap(), 0);
    store.close().await;
}
