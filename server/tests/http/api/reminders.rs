//! Reminders: rules over REST, mails that go out by themselves.

use crate::{
    api::rest::Script,
    harness::{Server, problem},
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use service::LiveEvent;
use std::time::Duration;

const DAY: Duration = Duration::from_hours(24);

fn rules(cause: &str, after_days: u32, at_most: u32) -> Value {
    json!([{"cause": cause, "after_days": after_days, "at_most": at_most}])
}

async fn set(script: &Script<'_>, rules: Value) {
    let reply = script.call(Method::PUT, "/reminders", Some(rules.clone())).await;
    assert_eq!(reply.status(), StatusCode::OK);
    assert_eq!(reply.json::<Value>().await.unwrap(), rules);
    assert_eq!(script.get("/reminders").await, rules);
}

#[tokio::test]
async fn people_who_have_not_opened_the_invitation_are_reminded_by_the_rules() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    assert_eq!(script.get("/reminders").await, json!([]), "nobody is reminded unless an admin says so");
    let mut live = server.rollcall.live();
    let ada = server.invite_by_mail("ada@example.com").await;
    let mut sent =
        async || while !matches!(live.recv().await.unwrap(), LiveEvent::Changed(c) if c.kind == "mail_sent") {};
    sent().await;
    server.clock.advance(30 * DAY);
    assert_eq!(server.rollcall.queue_due_reminders().await.unwrap(), 0);
    // The worker is woken at once.
    set(&script, rules("not_opened", 3, 2)).await;
    sent().await;
    let row = script.get(&format!("/slots/{}", ada.slot)).await;
    assert_eq!(row["reminders"], 1);
    let timeline = row["timeline"].as_array().unwrap();
    assert!(
        timeline.iter().any(|e| e["event"]["kind"] == "person_reminded" && e["event"]["number"] == 1),
        "{timeline:#?}"
    );
    server.clock.advance(5 * DAY);
    assert_eq!(server.rollcall.queue_due_reminders().await.unwrap(), 1);
    sent().await;
    server.clock.advance(30 * DAY);
    assert_eq!(server.rollcall.queue_due_reminders().await.unwrap(), 0, "two and no more");
}

#[tokio::test]
async fn invalid_rules_are_refused_and_the_old_ones_stay() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    set(&script, rules("pending", 1, 1)).await;
    let twice = json!([rules("pending", 1, 1)[0], rules("pending", 2, 1)[0]]);
    for (bad, code) in [
        (rules("mail_failed", 1, 1), "field_invalid"),
        (rules("pending", 0, 1), "field_invalid"),
        (rules("pending", 1, 11), "field_invalid"),
        (twice, "field_invalid"),
        (rules("pending", 70_000, 1), "field_invalid"),
        (rules("boredom", 1, 1), "field_invalid"),
    ] {
        problem(script.call(Method::PUT, "/reminders", Some(bad)).await, 422, code).await;
    }
    assert_eq!(script.get("/reminders").await, rules("pending", 1, 1));
}
