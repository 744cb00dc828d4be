//! One action on many rows.

use crate::{
    api::rest::Script,
    harness::{Phone, Server, problem},
};
use domain::{device::command::CommandKind, types::ids::SlotId};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// A poll that waits for long enough.
const POLL: &str = "/agent/v1/commands?wait=30";

/// Sends a bulk operation and returns the outcome.
async fn bulk(script: &Script<'_>, body: Value) -> Value {
    let reply = script.post("/slots/bulk", body).await;
    assert_eq!(reply.status(), StatusCode::OK);
    reply.json().await.unwrap()
}

fn numbers(outcome: &Value) -> (u64, u64) {
    (outcome["done"].as_u64().unwrap(), outcome["refused"].as_u64().unwrap())
}

#[tokio::test]
async fn every_row_has_its_own_result_in_the_order_of_the_selection() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let ada = server.invite("ada@example.com").await;
    let bo = server.invite("bo@example.com").await;
    server.enroll(&bo.token, 1).await;
    let gone = SlotId(uuid::Uuid::nil());
    let rows = json!([bo.slot, gone, ada.slot]);
    let outcome = bulk(&script, json!({"action": "deactivate", "rows": rows})).await;
    assert_eq!(numbers(&outcome), (1, 2));
    let results = outcome["results"].as_array().unwrap();
    let results: Vec<_> =
        results.iter().map(|r| (r["slot_id"].clone(), r["name"].clone(), r["refusal"].is_null())).collect();
    let expected =
        [(json!(bo.slot), json!("bo"), false), (json!(gone), json!(""), false), (json!(ada.slot), json!("ada"), true)];
    assert_eq!(results, expected);
    assert!(!server.state_of(ada.invitation).await.is_active());
    assert!(server.state_of(bo.invitation).await.is_active());
}

#[tokio::test]
async fn all_rows_that_match_are_changed_and_no_other() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    for n in 0..40 {
        server.invite(&format!("person{n:02}@example.com")).await;
    }
    let other = server.invite("ada@example.com").await;
    let matching = json!({"search": "person", "status": "created"});
    let outcome = bulk(&script, json!({"action": "resend", "matching": matching})).await;
    assert_eq!(numbers(&outcome), (40, 0));
    assert_eq!(server.status_of(other.slot).await, "created");
    // No mail is sent twice: people who were sent one a moment ago are refused, as after a double click.
    let again = bulk(&script, json!({"action": "resend", "matching": {"search": "person"}})).await;
    assert_eq!(numbers(&again), (0, 40));
    let outcome = bulk(&script, json!({"action": "deactivate", "matching": {}})).await;
    assert_eq!(numbers(&outcome), (41, 0));
    assert_eq!(script.get("/slots").await["total"], 0);
}

#[tokio::test]
async fn a_command_is_requested_of_each_device_and_waiting_ones_hear_it_at_once() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let item = server.invite("ada@example.com").await;
    let phones = waiting_phones(&server, 20).await;
    let polls: Vec<_> =
        phones.iter().map(|phone| tokio::spawn(server.as_phone(phone, Method::GET, POLL).send())).collect();
    while server.rollcall.gauges().await.parked_polls < 20 {
        tokio::task::yield_now().await;
    }
    let outcome = bulk(&script, json!({"action": "lock", "matching": {}})).await;
    assert_eq!(numbers(&outcome), (20, 1), "{outcome}");
    let refused = outcome["results"].as_array().unwrap().iter().find(|row| !row["refusal"].is_null()).unwrap();
    assert_eq!((&refused["slot_id"], &refused["refusal"]), (&json!(item.slot), &json!("No device has connected yet.")));
    for poll in polls {
        let offers: Vec<Value> = poll.await.unwrap().unwrap().json().await.unwrap();
        assert_eq!(offers.iter().map(|offer| &offer["type"]).collect::<Vec<_>>(), ["lock"]);
    }
    // A row that is named twice is one row.
    let outcome = bulk(&script, json!({"action": "lock", "rows": [item.slot, item.slot]})).await;
    assert_eq!(numbers(&outcome), (0, 1));
    // Each by itself, with what a console asks for.
    let outcome = bulk(&script, json!({"action": "locate", "matching": {"search": "bo"}})).await;
    assert_eq!(numbers(&outcome), (20, 0));
    let commands = server.rollcall.device_commands(phones[7].id).await.unwrap();
    // Both may be of the same millisecond.
    for kind in [CommandKind::Locate { high_accuracy: true, timeout_s: 60 }, CommandKind::Lock {}] {
        assert_eq!(commands.iter().filter(|command| command.kind == kind).count(), 1, "{commands:?}");
    }
}

/// Devices of one person, enrolled.
async fn waiting_phones(server: &Server, count: u128) -> Vec<Phone> {
    let bo = server.invite("bo@example.com").await;
    let mut phones = Vec::new();
    for installation in 1..=count {
        phones.push(server.enroll(&bo.token, installation).await);
    }
    phones
}

#[tokio::test]
async fn devices_of_one_person_are_deleted_together() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let ada = server.invite("ada@example.com").await;
    for installation in 1..=8 {
        server.enroll(&ada.token, installation).await;
    }
    let renewed = bulk(&script, json!({"action": "renew", "matching": {"status": "pending"}})).await;
    assert_eq!(numbers(&renewed), (8, 0));
    let outcome = bulk(&script, json!({"action": "delete", "matching": {"platform": "linux"}})).await;
    assert_eq!(numbers(&outcome), (8, 0), "{outcome}");
    let left = script.get("/slots").await;
    assert_eq!((&left["total"], &left["items"][0]["status"]), (&json!(1), &json!("opened")));
    let refused = bulk(&script, json!({"action": "delete", "matching": {}})).await;
    assert_eq!(numbers(&refused), (0, 1));
}

#[tokio::test]
async fn an_invalid_selection_is_refused() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let ada = server.invite("ada@example.com").await;
    let too_many = vec![ada.slot; 10_001];
    for body in [
        json!({"action": "deactivate"}),
        json!({"action": "deactivate", "rows": [ada.slot], "matching": {}}),
        json!({"action": "deactivate", "rows": too_many}),
        json!({"action": "deactivate", "matching": {"stauts": "sent"}}),
        json!({"action": "explode", "rows": [ada.slot]}),
    ] {
        problem(script.post("/slots/bulk", body).await, 422, "field_invalid").await;
    }
    assert!(server.state_of(ada.invitation).await.is_active());
}
