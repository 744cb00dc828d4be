//! Devices that come back as other devices, wipes that end, and silence while the server was away.

use crate::{
    api::rest::Script,
    harness::{Phone, Server, by_token, facts, problem, text},
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

/// Enrolls a phone with a serial number, up to active.
async fn active(server: &Server, token: &str, installation: u128, serial: &str) -> Phone {
    let mut body = by_token(token, installation);
    body["device"]["serial"] = json!(serial);
    let reply = server.try_enroll(&body).await;
    assert_eq!(reply.status(), StatusCode::CREATED);
    let phone = Phone::of(&reply.json().await.unwrap());
    server.inventory(&phone, &facts()).await;
    server.progress(&phone, &json!({"step": "done"})).await;
    phone
}

async fn device(script: &Script<'_>, phone: &Phone) -> Value {
    script.get(&format!("/devices/{}", phone.id)).await
}

/// The devices that a list shows, with their causes.
async fn rows(script: &Script<'_>, query: &str) -> Vec<(String, Value)> {
    let list = script.get(&format!("/slots?{query}")).await;
    let items = list["items"].as_array().unwrap();
    assert_eq!(list["total"], items.len());
    let mut rows: Vec<_> =
        items.iter().map(|row| (text(&row["device"], "id"), row["attention"]["cause"].clone())).collect();
    // Ids begin with the time: the device that enrolled first comes first.
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    rows
}

async fn ask(script: &Script<'_>, phone: &Phone, kind: &str) -> String {
    let reply = script.post(&format!("/devices/{}/commands", phone.id), json!({"type": kind, "params": {}})).await;
    assert_eq!(reply.status(), StatusCode::CREATED);
    text(&reply.json().await.unwrap(), "id")
}

async fn answer(server: &Server, phone: &Phone, command: &str, status: &str) {
    let path = format!("/agent/v1/commands/{command}/result");
    let reply = server.as_phone(phone, Method::POST, &path).json(&json!({"status": status})).send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn an_inventory_that_tells_the_hardware_compares_it_too() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let invited = server.invite("ada@example.com").await;
    let with_imei =
        |serial| json!({"schema_version": 1, "groups": {"network": {"imei": "490154203237518", "serial": serial}}});
    let old = active(&server, &invited.token, 1, "SER-OLD").await;
    server.inventory(&old, &with_imei("1")).await;
    server.clock.advance(Duration::from_hours(1));
    let new = active(&server, &invited.token, 2, "SER-NEW").await;
    assert_eq!(rows(&script, "").await.len(), 2);
    server.inventory(&new, &with_imei("2")).await;
    assert_eq!(rows(&script, "").await, [(new.id.to_string(), Value::Null)]);
}

#[tokio::test]
async fn a_phone_that_was_reset_and_enrolled_again_stands_in_the_list_once() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let invited = server.invite("ada@example.com").await;
    let old = active(&server, &invited.token, 1, "SER-J1").await;
    server.clock.advance(Duration::from_hours(1));
    let new = active(&server, &invited.token, 2, "ser-j1 ").await;
    assert_eq!(rows(&script, "").await, [(new.id.to_string(), Value::Null)]);
    assert_eq!(rows(&script, "search=ser-j1").await.len(), 1);
    assert_eq!(rows(&script, "status=replaced").await, [(old.id.to_string(), Value::Null)]);
    let (before, after) = (device(&script, &old).await, device(&script, &new).await);
    assert_eq!(before["state"], "replaced");
    assert_eq!(before["relatives"]["replaced_by"]["device_id"], new.id.to_string());
    assert_eq!(after["relatives"]["replaces"]["slot_id"], before["slot_id"]);
    assert_eq!(script.get(&format!("/people/{}", text(&after, "person_id"))).await["devices"], 1);
    let causes = script.get("/attention").await;
    assert!(causes.as_array().unwrap().iter().all(|cause| cause["count"] == 0), "{causes}");
    let timeline = script.get(&format!("/slots/{}", text(&before, "slot_id"))).await["timeline"].clone();
    assert_eq!(
        (&timeline[0]["event"]["kind"], &timeline[0]["event"]["by"]),
        (&json!("device_replaced"), &json!(new.id.to_string()))
    );
    // It was no other phone's number: the older installation is in use as well, and nobody is locked out.
    assert_eq!(server.beat(&old, &json!({"seq": 1})).await.status(), StatusCode::OK);
    server.rollcall.sweep().await.unwrap();
    let twice = |phone: &Phone| (phone.id.to_string(), json!("seen_twice"));
    assert_eq!(rows(&script, "").await, [twice(&old), twice(&new)]);
    // One of the two is deleted, and the other one is like any other.
    let path = format!("/devices/{}", old.id);
    assert_eq!(script.call(Method::DELETE, &path, None).await.status(), StatusCode::NO_CONTENT);
    assert_eq!(rows(&script, "").await, [(new.id.to_string(), Value::Null)]);
}

#[tokio::test]
async fn a_phone_that_another_person_uses_now_is_pointed_out_on_both_rows() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let (ada, bob) = (server.invite("ada@example.com").await, server.invite("bob@example.com").await);
    let old = active(&server, &ada.token, 1, "3A1B2C").await;
    server.clock.advance(Duration::from_hours(1));
    let new = active(&server, &bob.token, 2, "3A1B2C").await;
    let twice = |phone: &Phone| (phone.id.to_string(), json!("seen_twice"));
    assert_eq!(rows(&script, "attention=seen_twice").await, [twice(&old), twice(&new)]);
    let shown = device(&script, &old).await;
    assert_eq!(
        (&shown["state"], &shown["relatives"]["twin"]["device_id"]),
        (&json!("active"), &json!(new.id.to_string()))
    );
    // Claiming a number takes nothing away: the first phone works as before.
    assert_eq!(server.beat(&old, &json!({"seq": 1})).await.status(), StatusCode::OK);
    // The first one says goodbye, and nothing is left to point out.
    let goodbye = server.as_phone(&old, Method::POST, "/agent/v1/unenroll").send().await.unwrap();
    assert_eq!(goodbye.status(), StatusCode::NO_CONTENT);
    assert_eq!(rows(&script, "attention=any").await, []);
}

#[tokio::test]
async fn what_is_no_serial_number_makes_no_two_devices_one() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let invited = server.invite("ada@example.com").await;
    for (installation, serial) in
        (1..).zip(["unknown", "unknown", "To be filled by O.E.M.", "To be filled by O.E.M.", "0", "0"])
    {
        active(&server, &invited.token, installation, serial).await;
    }
    let rows = rows(&script, "").await;
    assert_eq!((rows.len(), rows.iter().filter(|(_, cause)| cause.is_null()).count()), (6, 6));
}

#[tokio::test]
async fn a_wiped_phone_is_shown_as_wiped_and_a_pending_wipe_is_not_deleted_unsaid() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let invited = server.invite("ada@example.com").await;
    let phone = active(&server, &invited.token, 1, "3A1B2C").await;
    let (wipe, ring) = (ask(&script, &phone, "wipe").await, ask(&script, &phone, "ring").await);
    assert!(!device(&script, &phone).await["wipe_requested_at"].is_null());
    let path = format!("/devices/{}", phone.id);
    problem(script.call(Method::DELETE, &path, None).await, 409, "wipe_pending").await;
    let all = json!({"action": "delete", "rows": [invited.slot]});
    let refused: Value = script.post("/slots/bulk", all).await.json().await.unwrap();
    assert!(refused.to_string().contains("wipe"), "{refused}");
    answer(&server, &phone, &wipe, "acknowledged").await;
    assert_eq!(device(&script, &phone).await["state"], "active", "requested is not confirmed");
    answer(&server, &phone, &wipe, "completed").await;
    let shown = device(&script, &phone).await;
    assert_eq!((&shown["state"], &shown["wipe_requested_at"]), (&json!("wiped"), &Value::Null));
    let states: Vec<_> =
        shown["commands"].as_array().unwrap().iter().map(|c| (text(c, "id"), text(c, "state"))).collect();
    assert!(states.contains(&(wipe, "completed".to_owned())) && states.contains(&(ring, "cancelled".to_owned())));
    problem(script.post(&format!("{path}/commands"), json!({"type": "lock", "params": {}})).await, 409, "device_wiped")
        .await;
    assert_eq!(script.call(Method::DELETE, &path, None).await.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_phone_that_began_to_erase_itself_and_fell_silent_is_wiped() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let invited = server.invite("ada@example.com").await;
    let phone = active(&server, &invited.token, 1, "3A1B2C").await;
    let wipe = ask(&script, &phone, "wipe").await;
    answer(&server, &phone, &wipe, "acknowledged").await;
    server.clock.advance(Duration::from_secs(301));
    server.rollcall.sweep().await.unwrap();
    assert_eq!(device(&script, &phone).await["state"], "wiped");
}

#[tokio::test]
async fn a_device_with_a_pending_wipe_is_deleted_when_that_is_said() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let invited = server.invite("ada@example.com").await;
    let phone = active(&server, &invited.token, 1, "3A1B2C").await;
    ask(&script, &phone, "wipe").await;
    let path = format!("/devices/{}?cancel_wipe=true", phone.id);
    assert_eq!(script.call(Method::DELETE, &path, None).await.status(), StatusCode::NO_CONTENT);
    assert_eq!(server.status_of(invited.slot).await, "opened");
}

#[tokio::test]
async fn nobody_is_taken_for_silent_because_the_server_was_down() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    server.progress(&phone, &json!({"step": "permissions"})).await;
    server.rollcall.note_hearing().await.unwrap();
    server.clock.advance(Duration::from_mins(16));
    // It is there again, and looks around at once.
    server.rollcall.note_hearing().await.unwrap();
    server.rollcall.sweep().await.unwrap();
    assert_eq!(server.status_of(invited.slot).await, "enrolling");
    // A quarter of an hour in which the phone would have been heard is another thing.
    for _ in 0..16 {
        server.clock.advance(Duration::from_mins(1));
        server.rollcall.note_hearing().await.unwrap();
    }
    server.rollcall.sweep().await.unwrap();
    assert_eq!(server.status_of(invited.slot).await, "pending");
}
