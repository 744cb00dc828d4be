//! Server functions: none of them changes anything by GET, and none answers without a session.

use crate::harness::Server;
use domain::list::PersonQuery;
use http::Method;
use reqwest::StatusCode;
use serde_json::{Value, json};

/// The functions that are open, because they make a session or are asked before there is one.
const OPEN: [&str; 3] = ["/fn/account/sign-in", "/fn/account/setup", "/fn/account/check-setup"];

#[tokio::test]
async fn every_server_function_is_a_post_below_fn() {
    // The functions are known once a router was built.
    let _server = Server::start().await;
    let paths: Vec<(&str, Method)> = server_fn::axum::server_fn_paths().collect();
    assert!(paths.len() > 15, "{}", paths.len());
    for (path, method) in paths {
        assert_eq!(method, Method::POST, "{path}");
        assert!(path.starts_with("/fn/"), "{path}");
    }
}

/// Arguments of every function at once: each takes its own and leaves the others. A new function with a new argument
/// fails below until the argument stands here.
fn arguments() -> Value {
    json!({
        "id": uuid::Uuid::nil(),
        "query": {"search": ""},
        "person": {"name": "Ada", "email": "ada@example.com"},
        "people": [{"name": "Ada", "email": "ada@example.com"}],
        "how": {"send": true},
        "action": {"renew": uuid::Uuid::nil()},
    })
}

#[tokio::test]
async fn every_server_function_asks_for_a_session() {
    let server = Server::start().await;
    let closed = server_fn::axum::server_fn_paths().map(|(path, _)| path).filter(|path| !OPEN.contains(path));
    for path in closed {
        let call = server.post(path);
        let call = if path == "/fn/account/sign-out" { call.form(&[("a", "b")]) } else { call.json(&arguments()) };
        let reply = call.send().await.unwrap();
        let (status, body) = (reply.status(), reply.text().await.unwrap());
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{path}: {body}");
        assert!(body.contains("unauthenticated"), "{path}: {body}");
    }
    assert_eq!(server.rollcall.list_people(PersonQuery::default()).await.unwrap().total, 0);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_before_it_is_understood() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    let reply = server
        .post("/fn/people/add")
        .header("cookie", cookie)
        .header("content-type", "application/json")
        .body(vec![b' '; 1024 * 1024 + 1])
        .send()
        .await
        .unwrap();
    assert_eq!(reply.status(), StatusCode::PAYLOAD_TOO_LARGE);
}
