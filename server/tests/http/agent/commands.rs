//! Commands: leased, offered again, answered once.

use crate::harness::{Phone, Server, facts, problem, text};
use domain::{
    actor::Actor,
    device::command::{COMMAND_LIFETIME_S, CommandKind, LEASE_S},
    types::ids::CommandId,
};
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use tokio::task::{JoinHandle, JoinSet};

pub(super) async fn active_phone(server: &Server) -> Phone {
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    server.inventory(&phone, &facts()).await;
    server.progress(&phone, &json!({"step": "done"})).await;
    phone
}

async fn ask(server: &Server, phone: &Phone, kind: CommandKind) -> CommandId {
    server.rollcall.request_command(Actor::System, phone.id, kind).await.unwrap().id
}

pub(super) async fn poll(server: &Server, phone: &Phone, wait: &str) -> Response {
    server.as_phone(phone, Method::GET, &format!("/agent/v1/commands?wait={wait}")).send().await.unwrap()
}

/// Begins the only poll of the server, and returns when it waits.
async fn parked_poll(server: &Server, phone: &Phone, wait: &str) -> JoinHandle<reqwest::Result<Response>> {
    let path = format!("/agent/v1/commands?wait={wait}");
    let poll = tokio::spawn(server.as_phone(phone, Method::GET, &path).send());
    while server.rollcall.gauges().await.parked_polls == 0 {
        tokio::task::yield_now().await;
    }
    poll
}

async fn offers(server: &Server, phone: &Phone) -> Vec<Value> {
    let reply = poll(server, phone, "0").await;
    if reply.status() == StatusCode::NO_CONTENT { Vec::new() } else { reply.json().await.unwrap() }
}

async fn answer(server: &Server, phone: &Phone, command: CommandId, body: &Value) -> Response {
    let path = format!("/agent/v1/commands/{command}/result");
    server.as_phone(phone, Method::POST, &path).json(body).send().await.unwrap()
}

async fn state_of(server: &Server, phone: &Phone) -> String {
    server.rollcall.device_commands(phone.id).await.unwrap()[0].state.to_string()
}

#[tokio::test]
async fn a_command_is_leased_and_offered_again_without_an_answer() {
    let server = Server::start().await;
    let phone = active_phone(&server).await;
    let command = ask(&server, &phone, CommandKind::Ring { seconds: 5 }).await;
    assert_eq!(state_of(&server, &phone).await, "requested");
    let first = offers(&server, &phone).await;
    assert_eq!(text(&first[0], "uuid"), command.to_string());
    assert_eq!((&first[0]["type"], &first[0]["params"]), (&json!("ring"), &json!({"seconds": 5})));
    assert_eq!(state_of(&server, &phone).await, "delivered");
    assert_eq!(offers(&server, &phone).await, Vec::<Value>::new());
    server.clock.advance(Duration::from_secs(LEASE_S.unsigned_abs() + 1));
    assert_eq!(offers(&server, &phone).await, first);
}

#[tokio::test]
async fn a_result_counts_once_and_may_be_repeated() {
    let server = Server::start().await;
    let phone = active_phone(&server).await;
    let command = ask(&server, &phone, CommandKind::Lock {}).await;
    offers(&server, &phone).await;
    let done = json!({"status": "completed", "data": {"locked": true}});
    assert_eq!(
        answer(&server, &phone, command, &json!({"status": "acknowledged"})).await.status(),
        StatusCode::NO_CONTENT
    );
    assert_eq!(state_of(&server, &phone).await, "acknowledged");
    assert_eq!(answer(&server, &phone, command, &done).await.status(), StatusCode::NO_CONTENT);
    assert_eq!(answer(&server, &phone, command, &done).await.status(), StatusCode::NO_CONTENT);
    assert_eq!(state_of(&server, &phone).await, "completed");
    let failed = json!({"status": "error", "error": {"code": "late"}});
    answer(&server, &phone, command, &failed).await;
    assert_eq!(state_of(&server, &phone).await, "completed");
    server.clock.advance(Duration::from_hours(1));
    assert_eq!(offers(&server, &phone).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_command_of_another_device_is_not_found() {
    let server = Server::start().await;
    let phone = active_phone(&server).await;
    let invited = server.invite("bob@example.com").await;
    let other = server.enroll(&invited.token, 2).await;
    let command = ask(&server, &phone, CommandKind::Lock {}).await;
    let done = json!({"status": "completed"});
    problem(answer(&server, &other, command, &done).await, 404, "not_found").await;
    let path = "/agent/v1/commands/no-uuid/result";
    let reply = server.as_phone(&phone, Method::POST, path).json(&done).send().await.unwrap();
    problem(reply, 404, "not_found").await;
    assert_eq!(state_of(&server, &phone).await, "requested");
}

#[tokio::test]
async fn a_command_that_is_not_fetched_in_time_is_not_carried_out() {
    let server = Server::start().await;
    let phone = active_phone(&server).await;
    ask(&server, &phone, CommandKind::Ring { seconds: 5 }).await;
    server.clock.advance(Duration::from_secs(COMMAND_LIFETIME_S.unsigned_abs() + 1));
    assert_eq!(offers(&server, &phone).await, Vec::<Value>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_waiting_poll_returns_when_a_command_is_requested() {
    let server = Server::start().await;
    let phone = active_phone(&server).await;
    let waiting = parked_poll(&server, &phone, "55").await;
    let command = ask(&server, &phone, CommandKind::Inventory {}).await;
    let offered: Value = waiting.await.unwrap().unwrap().json().await.unwrap();
    assert_eq!(text(&offered[0], "uuid"), command.to_string());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_command_whose_poll_ends_while_it_is_stored_is_offered_to_the_next_poll() {
    let server = Server::start().await;
    let phone = active_phone(&server).await;
    poll(&server, &phone, "0").await;
    let waiting = parked_poll(&server, &phone, "1").await;
    // Nothing can be written until the poll has ended.
    let mut db = server.connection().await;
    sqlx::raw_sql("begin immediate").execute(&mut db).await.unwrap();
    let rollcall = Arc::clone(&server.rollcall);
    let id = phone.id;
    let asked = tokio::spawn(async move { rollcall.request_command(Actor::System, id, CommandKind::Lock {}).await });
    assert_eq!(waiting.await.unwrap().unwrap().status(), StatusCode::NO_CONTENT);
    sqlx::raw_sql("rollback").execute(&mut db).await.unwrap();
    let command = asked.await.unwrap().unwrap().id;
    assert_eq!(text(&offers(&server, &phone).await[0], "uuid"), command.to_string());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_waiting_poll_ends_when_the_server_shuts_down() {
    let server = Server::start().await;
    let phone = active_phone(&server).await;
    let waiting = server.as_phone(&phone, Method::GET, "/agent/v1/commands?wait=55").send();
    let waiting = tokio::spawn(waiting);
    let beats = server.beat(&phone, &json!({"seq": 1})).await;
    assert_eq!(beats.status(), StatusCode::OK);
    server.stop().await;
    // Either the poll was under way and is asked to try again, or it came after the shutdown.
    if let Ok(reply) = waiting.await.unwrap() {
        problem(reply, 503, "unavailable").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_has_few_waiting_polls_and_newer_ones_end_older_ones() {
    let server = Server::start().await;
    let phone = active_phone(&server).await;
    let mut polls = JoinSet::new();
    for _ in 0..5 {
        polls.spawn(server.as_phone(&phone, Method::GET, "/agent/v1/commands?wait=55").send());
    }
    for _ in 0..3 {
        let ended = polls.join_next().await.unwrap().unwrap().unwrap();
        assert_eq!(ended.status(), StatusCode::NO_CONTENT);
    }
    // The two that are left wait for the command.
    let command = ask(&server, &phone, CommandKind::Inventory {}).await;
    let offered: Value = polls.join_next().await.unwrap().unwrap().unwrap().json().await.unwrap();
    assert_eq!(text(&offered[0], "uuid"), command.to_string());
}

#[tokio::test]
async fn an_empty_poll_writes_nothing_and_its_contact_shows() {
    let server = Server::start().await;
    let phone = active_phone(&server).await;
    let contact =
        async || server.rollcall.device_slot(phone.id).await.unwrap().item.row.device.unwrap().last_contact_at;
    // The first use of the secret may be written.
    poll(&server, &phone, "0").await;
    let before = server.bytes_written();
    for _ in 0..50 {
        server.clock.advance(Duration::from_secs(1));
        assert_eq!(poll(&server, &phone, "0").await.status(), StatusCode::NO_CONTENT);
    }
    let written = server.bytes_written() - before;
    assert!(written < 50 * 4096, "{written} bytes: less than a page for each");
    assert_eq!(contact().await, server.rollcall.clock().now());
}

#[tokio::test]
async fn contacts_by_polls_are_kept_for_the_next_start_and_hold_off_silence() {
    let server = Server::start().await;
    let phone = active_phone(&server).await;
    let status = async || server.rollcall.device_slot(phone.id).await.unwrap().item.row.status.to_string();
    for _ in 0..2 {
        server.clock.advance(Duration::from_hours(23));
        poll(&server, &phone, "0").await;
        server.rollcall.write_contacts().await.unwrap();
        server.rollcall.sweep().await.unwrap();
        assert_eq!(status().await, "active");
    }
    assert_eq!(server.stored_contact(phone.id).await, server.rollcall.clock().now());
    // A device that is back after a silence is shown so at once, and durably.
    server.clock.advance(Duration::from_hours(25));
    server.rollcall.sweep().await.unwrap();
    assert_eq!(status().await, "not_synchronizing");
    poll(&server, &phone, "0").await;
    assert_eq!(
        (status().await.as_str(), server.stored_contact(phone.id).await),
        ("active", server.rollcall.clock().now())
    );
}

#[tokio::test]
async fn a_wait_that_is_no_number_is_refused_and_one_out_of_bounds_is_adjusted() {
    let server = Server::start().await;
    let phone = active_phone(&server).await;
    problem(poll(&server, &phone, "soon").await, 400, "query_malformed").await;
    assert_eq!(poll(&server, &phone, "-5").await.status(), StatusCode::NO_CONTENT);
}
