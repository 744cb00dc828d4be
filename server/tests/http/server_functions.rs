//! Server functions: none of them changes anything by GET, and none answers without a session.

use crate::harness::Server;
use http::Method;
use reqwest::StatusCode;
use serde_json::json;

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

#[tokio::test]
async fn every_server_function_asks_for_a_session() {
    let server = Server::start().await;
    let closed = server_fn::axum::server_fn_paths().map(|(path, _)| path).filter(|path| !OPEN.contains(path));
    for path in closed {
        let reply = server.post(path).json(&json!({})).send().await.unwrap();
        let (status, body) = (reply.status(), reply.text().await.unwrap());
        // A function that takes arguments may complain about them first; it must not answer.
        assert!(!status.is_success(), "{path}: {status} {body}");
    }
    let reply = server.post("/fn/account/me").json(&json!({})).send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::UNAUTHORIZED);
    assert!(reply.text().await.unwrap().contains("unauthenticated"));
}
