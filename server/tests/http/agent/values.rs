//! Values of reports that make no sense: each is left out by itself, and what is shown stays sensible.

use crate::{
    api::rest::Script,
    harness::{Phone, Server, facts},
};
use domain::{actor::Actor, device::command::CommandKind};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

async fn phone(server: &Server) -> Phone {
    let invited = server.invite("ada@example.com").await;
    server.enroll(&invited.token, 1).await
}

async fn device(script: &Script<'_>, phone: &Phone) -> Value {
    script.get(&format!("/devices/{}", phone.id)).await
}

#[tokio::test]
async fn one_bad_value_drops_nothing_else_of_a_heartbeat() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let phone = phone(&server).await;
    for (seq, bad, field) in [
        (1, json!({ "battery": { "level": -1, "charging": false } }), "battery.level"),
        (2, json!({ "battery": { "level": 255, "charging": false } }), "battery.level"),
        (3, json!({ "battery": [50, true] }), "battery"),
        (
            4,
            json!({ "location": { "latitude": 91, "longitude": 181, "accuracy_m": -1, "at": "2026-06-01T07:00:00Z" } }),
            "location.latitude",
        ),
        (
            5,
            json!({ "location": { "latitude": 0, "longitude": 0, "accuracy_m": 0, "at": "2026-06-01T07:00:00Z" } }),
            "location.latitude",
        ),
        (6, json!({ "location": { "latitude": 50.1, "longitude": 14.4, "accuracy_m": 5 } }), "location.at"),
        (7, json!({ "permissions": { "location": "yes" } }), "permissions.location"),
        (8, json!({ "lost_mode": "on" }), "lost_mode"),
        (9, json!({ "capabilities": ["lock"] }), "capabilities"),
    ] {
        server.clock.advance(Duration::from_mins(1));
        let mut beat = json!({ "seq": seq, "storage": { "total_bytes": 100, "free_bytes": seq } });
        beat.as_object_mut().unwrap().extend(bad.as_object().unwrap().clone());
        let reply = server.beat(&phone, &beat).await;
        assert_eq!(reply.status(), StatusCode::OK, "{beat}");
        let reply: Value = reply.json().await.unwrap();
        assert_eq!(reply["ignored"][0]["field"], field, "{reply}");
        let device = device(&script, &phone).await;
        assert_eq!(device["report"]["storage"]["free_bytes"], seq, "the rest is taken");
        assert_eq!(device["last_contact_at"], device["report"]["at"], "it was a contact");
        for part in ["battery", "location", "lost_mode"] {
            assert_eq!(device["report"].get(part), None, "{beat}");
        }
    }
    // A position without a radius is one; a text is bounded.
    let place = json!({ "latitude": 50.1, "longitude": 14.4, "accuracy_m": null, "at": "2026-06-01T07:00:00Z" });
    let beat = json!({ "seq": 10, "location": place, "network": "\0wifi".repeat(20_000) });
    server.beat(&phone, &beat).await;
    let report = device(&script, &phone).await["report"].clone();
    assert_eq!((&report["location"]["latitude"], report["location"].get("accuracy_m")), (&json!(50.1), None));
    assert_eq!(report["network"].as_str().unwrap().len(), 60);
}

#[tokio::test]
async fn an_older_report_never_replaces_what_a_newer_one_said() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let phone = phone(&server).await;
    let place =
        |latitude: f64, at: &str| json!({ "latitude": latitude, "longitude": 14.4, "accuracy_m": 5.0, "at": at });
    // The clock of the phone is ahead, then right again.
    server.beat(&phone, &json!({ "seq": 1, "location": place(50.0, "2099-01-01T00:00:00Z") })).await;
    server.clock.advance(Duration::from_mins(10));
    for (seq, latitude, at, shown) in [
        (2, 51.0, "2026-06-01T08:05:00Z", 51.0),
        (3, 52.0, "2026-06-01T08:01:00Z", 51.0),
        (4, 53.0, "2026-06-01T08:06:00Z", 53.0),
    ] {
        server.beat(&phone, &json!({ "seq": seq, "location": place(latitude, at) })).await;
        assert_eq!(device(&script, &phone).await["report"]["location"]["latitude"], shown, "{at}");
    }
    // The same of the technical information.
    let inventory = |cores: u8, at: &str| json!({ "schema_version": 1, "collected_at": at, "groups": { "hardware": { "cores": cores } } });
    for (cores, at, shown) in
        [(4, "2026-06-01T08:05:00Z", "4"), (2, "2026-06-01T08:01:00Z", "4"), (8, "2026-06-01T08:06:00Z", "8")]
    {
        assert!(server.inventory(&phone, &inventory(cores, at)).await.status().is_success());
        assert_eq!(device(&script, &phone).await["inventory"]["groups"]["hardware"]["cores"], shown, "{at}");
    }
}

#[tokio::test]
async fn technical_information_is_bounded() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let phone = phone(&server).await;
    let apps: serde_json::Map<String, Value> = (0..10_000).map(|n| (format!("app{n:05}"), json!("1.0"))).collect();
    let inventory =
        json!({ "schema_version": 1, "groups": { "apps": apps, "broken": 5, "system": { "name": "x".repeat(9000) } } });
    assert_eq!(server.inventory(&phone, &inventory).await.status(), StatusCode::NO_CONTENT);
    let groups = device(&script, &phone).await["inventory"]["groups"].clone();
    let facts: usize = groups.as_object().unwrap().values().map(|facts| facts.as_object().unwrap().len()).sum();
    assert!(facts <= 500 && facts > 490, "{facts}");
    assert_eq!(groups.get("broken"), None);
}

#[tokio::test]
async fn an_odd_value_does_not_keep_a_device_from_enrolling() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let invited = server.invite("ada@example.com").await;
    let mut body = crate::harness::by_token(&invited.token, 1);
    body["device"] = json!({ "manufacturer": null, "model": 8, "os_version": ["15"], "serial": false });
    body["capabilities"] = json!("none");
    body["push"] = json!([1]);
    let reply = server.try_enroll(&body).await;
    assert_eq!(reply.status(), StatusCode::CREATED);
    let phone = Phone::of(&reply.json().await.unwrap());
    assert_eq!(device(&script, &phone).await["model"], "8");
    // Its progress, too: the step counts, the rest only if it makes sense.
    let odd = json!({ "step": "permissions", "percent": 5000, "missing_permissions": 3, "error": [] });
    assert_eq!(server.progress(&phone, &odd).await, StatusCode::NO_CONTENT);
    assert_eq!(device(&script, &phone).await["step"], "permissions");
    server.inventory(&phone, &facts()).await;
    let list =
        server.as_phone(&phone, Method::POST, "/agent/v1/state").json(&json!([11, null, null])).send().await.unwrap();
    assert_eq!(list.status(), StatusCode::UNPROCESSABLE_ENTITY, "a list is no report");
}

#[tokio::test]
async fn the_answer_to_locate_is_the_position_that_is_shown() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let phone = phone(&server).await;
    server.inventory(&phone, &facts()).await;
    server.progress(&phone, &json!({ "step": "done" })).await;
    server.beat(&phone, &json!({ "seq": 5, "battery": { "level": 80, "charging": true } })).await;
    let answer = async |data: Value| {
        let kind = CommandKind::Locate { high_accuracy: false, timeout_s: 60 };
        let command = server.rollcall.request_command(Actor::System, phone.id, kind).await.unwrap().id;
        let path = format!("/agent/v1/commands/{command}/result");
        let body = json!({ "status": "completed", "data": data });
        let reply = server.as_phone(&phone, Method::POST, &path).json(&body).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::NO_CONTENT);
        device(&script, &phone).await["report"].clone()
    };
    let place =
        |latitude: f64, at: &str| json!({ "latitude": latitude, "longitude": 14.4, "accuracy_m": 5.0, "at": at });
    let report = answer(place(50.1, "2026-06-01T07:59:00Z")).await;
    assert_eq!((&report["location"]["latitude"], &report["battery"]["level"]), (&json!(50.1), &json!(80)));
    for nonsense in
        [place(91.0, "2026-06-01T07:59:30Z"), place(51.0, "2026-06-01T07:00:00Z"), json!([1]), json!("here")]
    {
        assert_eq!(answer(nonsense.clone()).await["location"]["latitude"], 50.1, "{nonsense}");
    }
    // The heartbeats after it count as before.
    server.beat(&phone, &json!({ "seq": 6, "battery": { "level": 70, "charging": false } })).await;
    assert_eq!(device(&script, &phone).await["report"]["battery"]["level"], 70);
}
