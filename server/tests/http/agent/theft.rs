//! Lost mode, what a device can do, answers that come too late, and when each fact was reported.

use crate::{
    api::rest::Script,
    harness::{Phone, Server, facts, problem, text},
};
use domain::device::command::COMMAND_LIFETIME_S;
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

async fn active_phone(server: &Server) -> Phone {
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    server.inventory(&phone, &facts()).await;
    server.progress(&phone, &json!({"step": "done"})).await;
    phone
}

async fn ask(script: &Script<'_>, phone: &Phone, body: Value) -> Response {
    script.post(&format!("/devices/{}/commands", phone.id), body).await
}

/// Requests a command that is not refused, and returns its id.
async fn asked(script: &Script<'_>, phone: &Phone, body: Value) -> String {
    let reply = ask(script, phone, body).await;
    assert_eq!(reply.status(), StatusCode::CREATED);
    text(&reply.json().await.unwrap(), "id")
}

async fn answer(server: &Server, phone: &Phone, command: &str, status: &str) -> Response {
    let path = format!("/agent/v1/commands/{command}/result");
    server.as_phone(phone, Method::POST, &path).json(&json!({"status": status})).send().await.unwrap()
}

async fn device(script: &Script<'_>, phone: &Phone) -> Value {
    script.get(&format!("/devices/{}", phone.id)).await
}

fn lost_mode() -> Value {
    json!({"type": "lost_mode", "params": {"message": "Please call.", "phone": "+420 123 456"}})
}

#[tokio::test]
async fn lost_mode_is_requested_confirmed_and_ended_and_the_row_shows_it() {
    let server = Server::start().await;
    let phone = active_phone(&server).await;
    let script = Script::of(&server).await;
    problem(ask(&script, &phone, json!({"type": "end_lost_mode", "params": {}})).await, 409, "not_lost").await;
    let empty = json!({"type": "lost_mode", "params": {"message": " "}});
    problem(ask(&script, &phone, empty).await, 422, "field_invalid").await;
    let begin = asked(&script, &phone, lost_mode()).await;
    assert_eq!(device(&script, &phone).await["lost"]["state"], "requested");
    assert_eq!(script.get("/slots").await["items"][0]["device"]["lost"]["state"], "requested");
    let beat: Value = server.beat(&phone, &json!({"seq": 1})).await.json().await.unwrap();
    assert_eq!(beat["next_heartbeat_s"], 900, "it is only requested");
    problem(ask(&script, &phone, lost_mode()).await, 409, "lost_mode_pending").await;
    let offered = server.as_phone(&phone, Method::GET, "/agent/v1/commands?wait=0").send().await.unwrap();
    let offered: Value = offered.json().await.unwrap();
    assert_eq!(
        (&offered[0]["type"], &offered[0]["params"]),
        (&json!("lost_mode"), &json!({"message": "Please call.", "phone": "+420 123 456"}))
    );
    assert_eq!(answer(&server, &phone, &begin, "completed").await.status(), StatusCode::NO_CONTENT);
    let shown = device(&script, &phone).await;
    assert_eq!((&shown["lost"]["state"], &shown["lost"]["shown"]["message"]), (&json!("on"), &json!("Please call.")));
    let beat: Value = server.beat(&phone, &json!({"seq": 2, "lost_mode": true})).await.json().await.unwrap();
    assert_eq!(beat["next_heartbeat_s"], 300);
    let end = asked(&script, &phone, json!({"type": "end_lost_mode", "params": {}})).await;
    assert_eq!(device(&script, &phone).await["lost"]["state"], "end_requested");
    answer(&server, &phone, &end, "completed").await;
    assert_eq!(script.get("/slots").await["items"][0]["device"]["lost"]["state"], "off");
    let beat: Value = server.beat(&phone, &json!({"seq": 3, "lost_mode": false})).await.json().await.unwrap();
    assert_eq!(beat["next_heartbeat_s"], 900);
}

#[tokio::test]
async fn the_interval_of_heartbeats_follows_what_the_phone_says_of_lost_mode() {
    let server = Server::start().await;
    let phone = active_phone(&server).await;
    let script = Script::of(&server).await;
    let interval = async |beat: Value| {
        let reply: Value = server.beat(&phone, &beat).await.json().await.unwrap();
        reply["next_heartbeat_s"].clone()
    };
    let begin = asked(&script, &phone, lost_mode()).await;
    // The heartbeat is faster than the answer to the command.
    assert_eq!(interval(json!({"seq": 1, "lost_mode": true})).await, 300);
    answer(&server, &phone, &begin, "completed").await;
    asked(&script, &phone, json!({"type": "end_lost_mode", "params": {}})).await;
    assert_eq!(interval(json!({"seq": 2, "lost_mode": false})).await, 900);
}

#[tokio::test]
async fn the_timeline_shows_who_requested_lost_mode() {
    let server = Server::start().await;
    let phone = active_phone(&server).await;
    let script = Script::of(&server).await;
    let begin = asked(&script, &phone, lost_mode()).await;
    answer(&server, &phone, &begin, "completed").await;
    let slot = text(&device(&script, &phone).await, "slot_id");
    let timeline = script.get(&format!("/slots/{slot}")).await["timeline"].clone();
    let latest: Vec<_> = timeline.as_array().unwrap().iter().take(3).collect();
    let kinds: Vec<_> = latest.iter().map(|entry| entry["event"]["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["lost_mode_began", "command_completed", "command_requested"]);
    assert_eq!(latest[2]["actor"], json!({"actor": "api_token", "name": "script"}));
}

#[tokio::test]
async fn a_command_that_a_device_cannot_carry_out_is_refused_with_the_reason() {
    let server = Server::start().await;
    let phone = active_phone(&server).await;
    let script = Script::of(&server).await;
    let commands = json!({"lock": {"supported": false, "reason": "There is no screen."}, "ring": {"supported": true}});
    let beat = json!({"seq": 1, "capabilities": {"commands": commands, "permissions": []}});
    assert_eq!(server.beat(&phone, &beat).await.status(), StatusCode::OK);
    let shown = device(&script, &phone).await;
    assert_eq!(shown["capabilities"]["commands"], commands);
    assert!(shown["report"].get("capabilities").is_none(), "they are kept once");
    let refused = ask(&script, &phone, json!({"type": "lock", "params": {}})).await;
    let refused = problem(refused, 409, "command_unsupported").await;
    assert!(text(&refused, "detail").contains("There is no screen."));
    problem(ask(&script, &phone, lost_mode()).await, 409, "command_unsupported").await;
    asked(&script, &phone, json!({"type": "ring", "params": {"seconds": 1}})).await;
    server.beat(&phone, &json!({"seq": 2})).await;
    assert_eq!(
        device(&script, &phone).await["capabilities"]["commands"],
        commands,
        "capabilities that are not reported stay"
    );
}

/// An Android phone whose agent is an ordinary app: it cannot administer the device.
#[tokio::test]
async fn an_agent_without_device_administration_becomes_active() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let installation = uuid::Uuid::from_u128(7);
    let body = |capabilities: Value| {
        json!({
            "method": "token", "token": invited.token, "platform": "android", "ownership": "personal",
            "installation_id": installation, "agent_version": "1", "device": {"model": "Pixel"},
            "capabilities": capabilities,
        })
    };
    let capabilities = json!({"permissions": ["location", "notifications"]});
    let reply: Value = server.try_enroll(&body(capabilities)).await.json().await.unwrap();
    assert_eq!(reply["required_permissions"], json!(["location", "notifications"]));
    let phone = Phone::of(&reply);
    server.inventory(&phone, &facts()).await;
    server.progress(&phone, &json!({"step": "done"})).await;
    assert_eq!(server.status_of(invited.slot).await, "enrolling");
    let permissions = json!({"location": true, "notifications": true});
    server.beat(&phone, &json!({"seq": 1, "permissions": permissions, "admin_active": false})).await;
    assert_eq!(server.status_of(invited.slot).await, "active");
    // Without a report, all permissions of the platform are required.
    let reply: Value = server.try_enroll(&body(Value::Null)).await.json().await.unwrap();
    assert_eq!(reply["required_permissions"], json!(["location", "notifications", "device_admin"]));
}

#[tokio::test]
async fn a_result_for_a_cancelled_or_foreign_command_is_refused_and_changes_nothing() {
    let server = Server::start().await;
    let phone = active_phone(&server).await;
    let script = Script::of(&server).await;
    let ring = json!({"type": "ring", "params": {"seconds": 1}});
    let cancelled = asked(&script, &phone, ring.clone()).await;
    script.post(&format!("/commands/{cancelled}/cancel"), json!({})).await;
    problem(answer(&server, &phone, &cancelled, "acknowledged").await, 404, "command_cancelled").await;
    // Events are sorted by time, to the millisecond.
    server.clock.advance(Duration::from_secs(1));
    let expired = asked(&script, &phone, ring).await;
    server.clock.advance(Duration::from_secs(COMMAND_LIFETIME_S.unsigned_abs() + 1));
    server.rollcall.sweep().await.unwrap();
    problem(answer(&server, &phone, &expired, "acknowledged").await, 404, "command_expired").await;
    let unknown = uuid::Uuid::from_u128(1).to_string();
    problem(answer(&server, &phone, &unknown, "completed").await, 404, "not_found").await;
    for command in [&cancelled, &expired, &cancelled] {
        assert_eq!(answer(&server, &phone, command, "completed").await.status(), StatusCode::NO_CONTENT);
    }
    let shown = device(&script, &phone).await;
    let states: Vec<_> = shown["commands"].as_array().unwrap().iter().map(|c| text(c, "state")).collect();
    assert_eq!(states, ["expired", "cancelled"]);
    assert!(shown["commands"].as_array().unwrap().iter().all(|c| c["late_answer_at"].is_string()));
    let timeline = script.get(&format!("/slots/{}", text(&shown, "slot_id"))).await;
    let noted = timeline["timeline"].as_array().unwrap().iter().filter(|e| e["event"]["kind"] == "command_done_late");
    assert_eq!(noted.count(), 2);
}

#[tokio::test]
async fn each_fact_keeps_the_time_at_which_it_was_reported() {
    let server = Server::start().await;
    let phone = active_phone(&server).await;
    let script = Script::of(&server).await;
    let place = json!({"latitude": 50.0, "longitude": 14.0, "accuracy_m": 9.0, "at": "2026-06-01T07:00:00Z"});
    let first = json!({
        "seq": 1, "battery": {"level": 80, "charging": true}, "location": place,
        "permissions": {"location": true, "notifications": false},
    });
    server.beat(&phone, &first).await;
    server.clock.advance(Duration::from_mins(10));
    let second = json!({"seq": 2, "storage": {"total_bytes": 10, "free_bytes": 1}, "permissions": {"location": false}});
    server.beat(&phone, &second).await;
    let report = device(&script, &phone).await["report"].clone();
    assert_eq!((&report["battery"]["level"], &report["location"]), (&json!(80), &place));
    assert_eq!(report["permissions"], json!({"location": false}), "what is no longer reported is gone");
    let (early, late) = (json!("2026-06-01T08:00:00Z"), json!("2026-06-01T08:10:00Z"));
    let reported = &report["told_at"];
    assert_eq!((&reported["battery"], &reported["location"], &reported["storage"]), (&early, &early, &late));
    assert_eq!(reported["permissions"], late);
}

#[tokio::test]
async fn each_group_of_facts_shows_since_when_it_is_unchanged() {
    let server = Server::start().await;
    let phone = active_phone(&server).await;
    let script = Script::of(&server).await;
    let with = |version: &str| json!({"schema_version": 1, "groups": {"hardware": {"cores": 8}, "system": {"version": version}}});
    for version in ["15", "16", "16"] {
        server.clock.advance(Duration::from_mins(10));
        server.inventory(&phone, &with(version)).await;
    }
    let inventory = device(&script, &phone).await["inventory"].clone();
    assert_eq!(inventory["at"], "2026-06-01T08:30:00Z", "it was reported again");
    assert_eq!(inventory["since"], json!({"hardware": "2026-06-01T08:00:00Z", "system": "2026-06-01T08:20:00Z"}));
}

#[tokio::test]
async fn a_renewal_requested_twice_within_a_minute_is_mailed_once() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    let script = Script::of(&server).await;
    let renew = async || script.post(&format!("/devices/{}/renew", phone.id), json!({})).await;
    assert_eq!(renew().await.status(), StatusCode::ACCEPTED);
    problem(renew().await, 409, "mail_just_sent").await;
    let queued = async || {
        let shown = script.get(&format!("/slots/{}", invited.slot)).await;
        let is_mail = |e: &&Value| e["event"]["kind"] == "mail_queued";
        shown["timeline"].as_array().unwrap().iter().filter(is_mail).count()
    };
    assert_eq!(queued().await, 1);
    server.clock.advance(Duration::from_secs(61));
    assert_eq!(renew().await.status(), StatusCode::ACCEPTED);
    assert_eq!(queued().await, 2);
}
