//! Bad bodies: each gets a clear problem and changes nothing.

use crate::harness::{Server, by_token, facts, problem};
use reqwest::{Method, Response, StatusCode};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

async fn enroll_with(server: &Server, content_type: &str, body: Vec<u8>) -> Response {
    server.post("/agent/v1/enroll").header("content-type", content_type).body(body).send().await.unwrap()
}

#[tokio::test]
async fn every_bad_body_has_its_own_code() {
    let server = Server::start().await;
    let json = "application/json";
    let whole = by_token(&"a".repeat(32), 1).to_string();
    let cut = whole.as_bytes()[..whole.len() / 2].to_vec();
    problem(enroll_with(&server, json, cut).await, 400, "body_malformed").await;
    problem(enroll_with(&server, json, b"token=abc".to_vec()).await, 400, "body_malformed").await;
    problem(enroll_with(&server, json, Vec::new()).await, 400, "body_malformed").await;
    problem(enroll_with(&server, json, b"{\"method\":\"\xff\xfe\"}".to_vec()).await, 400, "body_malformed").await;
    problem(enroll_with(&server, "text/plain", whole.clone().into_bytes()).await, 415, "content_type_unsupported")
        .await;
    problem(enroll_with(&server, json, b"{\"method\":\"token\"}".to_vec()).await, 422, "field_invalid").await;
    problem(enroll_with(&server, json, b"[1,2,3]".to_vec()).await, 422, "field_invalid").await;
    let deep = format!("{{\"method\":{}", "[".repeat(10_000));
    problem(enroll_with(&server, json, deep.into_bytes()).await, 400, "body_malformed").await;
    problem(enroll_with(&server, json, vec![b' '; 2_000_000]).await, 413, "body_too_large").await;
}

#[tokio::test]
async fn an_inventory_may_be_larger_than_other_bodies_but_has_a_limit() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    let large = |bytes: usize| json!({"schema_version": 1, "groups": {"system": {"text": "x".repeat(bytes)}}});
    problem(server.inventory(&phone, &large(1_200_000)).await, 413, "body_too_large").await;
    assert_eq!(server.inventory(&phone, &large(900_000)).await.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_body_that_ends_in_the_middle_changes_nothing() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let body = by_token(&invited.token, 1).to_string();
    let head = format!(
        "POST /agent/v1/enroll HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len() + 10
    );
    let mut connection = TcpStream::connect(server.address).await.unwrap();
    connection.write_all(head.as_bytes()).await.unwrap();
    connection.write_all(body.as_bytes()).await.unwrap();
    connection.shutdown().await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{answer}");
    assert_eq!(server.status_of(invited.slot).await, "created");
    server.enroll(&invited.token, 1).await;
}

#[tokio::test]
async fn a_bad_report_changes_nothing_about_a_device() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    server.inventory(&phone, &facts()).await;
    let before = server.rollcall.slot(invited.slot).await.unwrap().device.unwrap();
    let bad = server.as_phone(&phone, Method::PUT, "/agent/v1/progress").json(&json!({"step": "dance"}));
    problem(bad.send().await.unwrap(), 422, "field_invalid").await;
    let bad = server.as_phone(&phone, Method::POST, "/agent/v1/state").json(&json!({"seq": -1}));
    problem(bad.send().await.unwrap(), 422, "field_invalid").await;
    let after = server.rollcall.slot(invited.slot).await.unwrap().device.unwrap();
    assert_eq!(before, after);
}

#[tokio::test]
async fn an_unknown_call_or_method_is_a_problem_too() {
    let server = Server::start().await;
    problem(server.get("/agent/v1/dance").send().await.unwrap(), 404, "not_found").await;
    problem(server.get("/api/v1/dance").send().await.unwrap(), 404, "not_found").await;
    problem(server.get("/agent/v1/enroll").send().await.unwrap(), 405, "method_not_allowed").await;
}
