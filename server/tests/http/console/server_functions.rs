//! Server functions: none of them changes anything by GET, and none answers without a session.

use crate::harness::Server;
use domain::list::PersonQuery;
use http::Method;
use reqwest::StatusCode;
use server::console::sign_in::PUBLIC_FUNCTIONS;

#[tokio::test]
async fn every_server_function_is_a_post_below_fn() {
    // The functions are registered when a router is built.
    let _server = Server::start().await;
    let paths: Vec<(&str, Method)> = server_fn::axum::server_fn_paths().collect();
    assert!(paths.len() > 15, "{}", paths.len());
    for (path, method) in paths {
        assert_eq!(method, Method::POST, "{path}");
        assert!(path.starts_with("/fn/"), "{path}");
    }
}

#[tokio::test]
async fn every_server_function_needs_a_session() {
    let server = Server::start().await;
    let closed =
        server_fn::axum::server_fn_paths().map(|(path, _)| path).filter(|path| !PUBLIC_FUNCTIONS.contains(path));
    for path in closed {
        let reply = server.post(path).header("content-type", "application/x-postcard").send().await.unwrap();
        let (status, body) = (reply.status(), reply.text().await.unwrap());
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{path}: {body}");
        assert!(body.contains("unauthenticated"), "{path}: {body}");
    }
    assert_eq!(server.rollcall.list_people(PersonQuery::default()).await.unwrap().total, 0);
}

#[tokio::test]
async fn a_malformed_body_gets_a_clear_error() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    for (path, _) in server_fn::axum::server_fn_paths() {
        for body in [&b""[..], b"\xff\xff\xff\xff\xff\xff\xff\xff", b"{\"query\":{}}"] {
            let call = server.post(path).header("cookie", &cookie).header("content-type", "application/x-postcard");
            let status = call.body(body).send().await.unwrap().status();
            let is_clear = status.is_client_error() || status.is_success() || status.is_redirection();
            assert!(is_clear, "{path}: {status}");
        }
    }
    assert_eq!(server.rollcall.list_people(PersonQuery::default()).await.unwrap().total, 0);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_before_it_is_parsed() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    let reply = server
        .post("/fn/people/add")
        .header("cookie", cookie)
        .header("content-type", "application/x-postcard")
        .body(vec![b' '; 1024 * 1024 + 1])
        .send()
        .await
        .unwrap();
    assert_eq!(reply.status(), StatusCode::PAYLOAD_TOO_LARGE);
}
