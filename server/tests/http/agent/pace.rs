//! How many devices one invitation enrolls in an hour, and how an admin sees and lifts the limit.

use crate::harness::{Server, by_pin, by_token, problem};
use futures::future::join_all;
use reqwest::StatusCode;
use serde_json::Value;
use std::time::Duration;

/// The limit unless another is set.
const LIMIT: u128 = 100;

async fn get(server: &Server, token: &str, path: &str) -> Value {
    server.get(path).bearer_auth(token).send().await.unwrap().json().await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_leaked_link_enrolls_no_more_than_the_limit_and_the_admin_is_told_once() {
    let server = Server::start().await;
    let token = server.api_token().await;
    let invited = server.invite("victim@example.com").await;
    server.clock.advance(Duration::from_secs(1));
    let bodies: Vec<Value> = (0..LIMIT + 40).map(|n| by_token(&invited.token, n)).collect();
    let mut replies = join_all(bodies.iter().map(|body| server.try_enroll(body))).await;
    // In the middle of a second: who waits as long as asked for is not a moment too early.
    server.clock.advance(Duration::from_millis(300));
    replies.push(server.try_enroll(&by_token(&invited.token, 998)).await);
    let is_in = |reply: &reqwest::Response| reply.status() == StatusCode::CREATED;
    let known = replies.iter().zip(0..).find(|(reply, _)| is_in(reply)).unwrap().1;
    let (enrolled, away): (Vec<_>, Vec<_>) = replies.into_iter().partition(is_in);
    assert_eq!((enrolled.len(), away.len()), (100, 41));
    let mut wait_s = 0;
    for reply in away {
        wait_s = reply.headers()["retry-after"].to_str().unwrap().parse().unwrap();
        problem(reply, 429, "too_many_enrollments").await;
    }
    // By PIN it is the same invitation.
    problem(server.try_enroll(&by_pin(&invited.email, &invited.pin, 999)).await, 429, "too_many_enrollments").await;
    // The list of causes, one row, its timeline and the invitation say so.
    let causes = get(&server, &token, "/api/v1/attention").await;
    let cause = causes.as_array().unwrap().iter().find(|it| it["cause"] == "turned_away").unwrap();
    assert_eq!(cause["count"], 1);
    let rows = get(&server, &token, "/api/v1/slots?attention=turned_away").await;
    assert_eq!(rows["items"][0]["id"], invited.slot.to_string());
    assert_eq!(rows["items"][0]["attention"]["next"], "lift_pace");
    let timeline = server.rollcall.slot(invited.slot).await.unwrap().timeline;
    let told = |entry: &Value| entry["kind"]["kind"] == "devices_turned_away";
    let entries: Vec<Value> = timeline.iter().map(|entry| serde_json::to_value(entry).unwrap()).collect();
    assert_eq!(entries.iter().filter(|entry| told(entry)).count(), 1);
    let path = format!("/api/v1/invitations/{}", invited.invitation);
    assert!(get(&server, &token, &path).await["turned_away_at"].is_string());
    // One who was let in and lost the answer is let in again; the others are once there is room.
    server.enroll(&invited.token, known).await;
    server.clock.advance(Duration::from_secs(wait_s));
    server.enroll(&invited.token, 999).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_admin_lifts_the_limit_for_one_invitation() {
    let server = Server::start().await;
    let token = server.api_token().await;
    let invited = server.invite("depot@example.com").await;
    let bodies: Vec<Value> = (0..LIMIT).map(|n| by_token(&invited.token, n)).collect();
    join_all(bodies.iter().map(|body| server.try_enroll(body))).await;
    problem(server.try_enroll(&by_token(&invited.token, 500)).await, 429, "too_many_enrollments").await;
    let lift = format!("/api/v1/invitations/{}/lift-pace", invited.invitation);
    let lifted: Value = server.post(&lift).bearer_auth(&token).send().await.unwrap().json().await.unwrap();
    assert!(lifted["pace_lifted_at"].is_string() && lifted["turned_away_at"].is_null());
    let bodies: Vec<Value> = (500..600).map(|n| by_token(&invited.token, n)).collect();
    for reply in join_all(bodies.iter().map(|body| server.try_enroll(body))).await {
        assert_eq!(reply.status(), StatusCode::CREATED);
    }
    let causes = get(&server, &token, "/api/v1/attention").await;
    let cause = causes.as_array().unwrap().iter().find(|it| it["cause"] == "turned_away").unwrap();
    assert_eq!(cause["count"], 0);
    let gone = format!("/api/v1/invitations/{}/lift-pace", uuid::Uuid::nil());
    problem(server.post(&gone).bearer_auth(&token).send().await.unwrap(), 404, "not_found").await;
}
