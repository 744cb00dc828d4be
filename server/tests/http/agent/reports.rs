//! What devices report after they enrolled.

use crate::harness::{Phone, Server, facts, problem};
use domain::actor::Actor;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

#[tokio::test]
async fn a_row_goes_from_pending_to_enrolling_to_active() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    assert_eq!(server.status_of(invited.slot).await, "pending");
    assert_eq!(server.progress(&phone, &json!({"step": "permissions", "percent": 40})).await, StatusCode::NO_CONTENT);
    assert_eq!(server.status_of(invited.slot).await, "enrolling");
    let taken = server.inventory(&phone, &facts()).await;
    assert_eq!(taken.status(), StatusCode::NO_CONTENT);
    assert!(taken.headers().contains_key("etag"));
    assert_eq!(server.status_of(invited.slot).await, "enrolling");
    assert_eq!(server.progress(&phone, &json!({"step": "done"})).await, StatusCode::NO_CONTENT);
    assert_eq!(server.status_of(invited.slot).await, "active");
}

#[tokio::test]
async fn an_unchanged_inventory_is_not_stored_again() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    let first = server.inventory(&phone, &facts()).await;
    let again = server.inventory(&phone, &facts()).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(first.headers()["etag"], again.headers()["etag"]);
    let mut later = facts();
    later["collected_at"] = json!("2026-06-01T09:00:00Z");
    let later = server.inventory(&phone, &later).await;
    assert_eq!(later.status(), StatusCode::NOT_MODIFIED, "when it was collected is no part of it");
    let other = json!({"schema_version": 1, "groups": {"hardware": {"cores": 4}}});
    let changed = server.inventory(&phone, &other).await;
    assert_eq!(changed.status(), StatusCode::NO_CONTENT);
    assert_ne!(first.headers()["etag"], changed.headers()["etag"]);
}

#[tokio::test]
async fn a_heartbeat_that_comes_late_changes_nothing() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    let beat = |seq: u64, level: u8| json!({"seq": seq, "battery": {"level": level, "charging": false}});
    let reply: Value = server.beat(&phone, &beat(7, 50)).await.json().await.unwrap();
    assert_eq!(reply, json!({"pending_commands": 0, "next_heartbeat_s": 900}));
    assert_eq!(server.beat(&phone, &beat(6, 90)).await.status(), StatusCode::OK);
    let report = server.rollcall.slot(invited.slot).await.unwrap().report.unwrap().report;
    assert_eq!((report.seq, report.battery.map(|battery| battery.level)), (7, Some(50)));
}

#[tokio::test]
async fn a_device_that_unenrolled_has_to_enroll_again() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    let goodbye = || server.as_phone(&phone, Method::POST, "/agent/v1/unenroll").send();
    assert_eq!(goodbye().await.unwrap().status(), StatusCode::NO_CONTENT);
    assert_eq!(server.status_of(invited.slot).await, "unenrolled");
    problem(server.beat(&phone, &json!({"seq": 1})).await, 410, "device_unenrolled").await;
    let back = server.enroll(&invited.token, 1).await;
    assert_eq!(back.id, phone.id);
    assert_eq!(server.status_of(invited.slot).await, "pending");
}

#[tokio::test]
async fn a_deleted_device_and_a_wrong_secret_are_unknown() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    for bearer in [String::new(), "nonsense".to_owned(), format!("{}.wrong", phone.id), format!("{}x", phone.bearer)] {
        let stranger = Phone { id: phone.id, bearer };
        let answer = server.beat(&stranger, &json!({"seq": 1})).await;
        assert_eq!(answer.headers()["www-authenticate"], "Bearer");
        problem(answer, 401, "device_unknown").await;
    }
    problem(server.post("/agent/v1/state").json(&json!({"seq": 1})).send().await.unwrap(), 401, "device_unknown").await;
    server.rollcall.delete_device(Actor::System, phone.id, false).await.unwrap();
    problem(server.beat(&phone, &json!({"seq": 1})).await, 401, "device_unknown").await;
    assert_eq!(server.status_of(invited.slot).await, "opened");
}

#[tokio::test]
async fn an_invitation_token_does_not_authenticate_a_device() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    let thief = Phone { id: phone.id, bearer: format!("{}.{}", phone.id, invited.token) };
    problem(server.beat(&thief, &json!({"seq": 1})).await, 401, "device_unknown").await;
}

#[tokio::test]
async fn an_old_secret_works_until_the_new_one_is_used() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let old = server.enroll(&invited.token, 1).await;
    let reply = server.as_phone(&old, Method::POST, "/agent/v1/renew").send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    let secret = reply.json::<Value>().await.unwrap()["device_secret"].as_str().unwrap().to_owned();
    let new = Phone { id: old.id, bearer: format!("{}.{secret}", old.id) };
    assert_eq!(server.beat(&old, &json!({"seq": 1})).await.status(), StatusCode::OK);
    assert_eq!(server.beat(&new, &json!({"seq": 2})).await.status(), StatusCode::OK);
    assert_eq!(server.beat(&old, &json!({"seq": 3})).await.status(), StatusCode::UNAUTHORIZED);
}
