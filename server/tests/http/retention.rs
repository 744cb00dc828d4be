//! What is not kept for ever is gone after its time, and what is needed stays.

use crate::harness::{ADMIN, BEGIN, PASSWORD, Server, cookie_of};
use reqwest::StatusCode;
use serde_json::{Value, json};
use service::{Pruned, Retention};
use std::time::Duration;

async fn position(server: &Server, script: &str, path: &str) -> Value {
    let device: Value = server.get(path).bearer_auth(script).send().await.unwrap().json().await.unwrap();
    assert_eq!(device["report"]["battery"]["level"], 50, "{device}");
    device["report"]["location"].clone()
}

/// What a stream says first about the place that a page knows: `change`, or `reset`.
async fn first_word(server: &Server, cookie: &str, known: i64) -> String {
    let sent = server.get("/live").header("cookie", cookie).header("last-event-id", known).send().await.unwrap();
    let (mut stream, mut text) = (sent, String::new());
    loop {
        text.push_str(std::str::from_utf8(&stream.chunk().await.unwrap().unwrap()).unwrap());
        let words = text.split("\n\n").filter_map(|event| event.lines().find_map(|line| line.strip_prefix("event: ")));
        if let Some(word) = words.clone().find(|word| ["change", "reset"].contains(word)) {
            return word.to_owned();
        }
    }
}

#[tokio::test]
async fn what_is_old_is_removed_and_pages_that_know_less_start_over() {
    let retention = Retention { journal_days: 30, mails_days: 30, positions_days: 30 };
    let server = Server::start_set(|settings| settings.retention = retention).await;
    let (cookie, script) = (server.signed_in().await, server.api_token().await);
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    let place = json!({"latitude": 50.1, "longitude": 14.4, "at": BEGIN});
    let report = json!({"seq": 1, "battery": {"level": 50, "charging": false}, "location": place});
    assert_eq!(server.beat(&phone, &report).await.status(), StatusCode::OK);
    let path = format!("/api/v1/devices/{}", phone.id);
    assert_eq!(position(&server, &script, &path).await["latitude"], 50.1);
    let old = server.rollcall.journal_head().await.unwrap() - 1;
    assert_eq!(server.rollcall.prune().await.unwrap(), Pruned::default());
    assert_eq!(first_word(&server, &cookie, old).await, "change");

    server.clock.advance(Duration::from_hours(31 * 24));
    server.invite("bob@example.com").await;
    let recent = server.rollcall.journal_head().await.unwrap() - 1;
    let pruned = server.rollcall.prune().await.unwrap();
    assert!(pruned.journal > 0 && pruned.positions == 1, "{pruned:?}");
    assert_eq!(position(&server, &script, &path).await, Value::Null);
    // What the server knew of the device in memory does not bring it back.
    for seq in 2..4 {
        let report = json!({"seq": seq, "battery": {"level": 50, "charging": false}});
        assert_eq!(server.beat(&phone, &report).await.status(), StatusCode::OK);
        assert_eq!(position(&server, &script, &path).await, Value::Null);
    }
    let cookie = cookie_of(&server.sign_in(ADMIN, PASSWORD).await);
    assert_eq!(first_word(&server, &cookie, old).await, "reset");
    assert_eq!(first_word(&server, &cookie, recent).await, "change");
    assert_eq!(server.rollcall.prune().await.unwrap(), Pruned::default());
}
