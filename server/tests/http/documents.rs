//! The published description, health and the files of the site.

use crate::harness::Server;
use reqwest::{Method, StatusCode};
use serde_json::Value;
use std::{env, fs, path::Path};

/// Every call that the document describes: method and path.
fn calls(document: &Value) -> Vec<(Method, String)> {
    let paths = document["paths"].as_object().unwrap();
    let calls = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().keys();
        methods.map(move |method| (method.to_uppercase().parse().unwrap(), path.clone()))
    });
    calls.collect()
}

#[tokio::test]
async fn every_call_in_the_document_is_answered() {
    let server = Server::start().await;
    let document: Value = server.get("/openapi.json").send().await.unwrap().json().await.unwrap();
    let calls = calls(&document);
    assert!(calls.len() > 20, "{}", calls.len());
    for (method, path) in calls {
        let real =
            path.replace("{id}", &uuid::Uuid::nil().to_string()).replace("{uuid}", &uuid::Uuid::nil().to_string());
        let status = server.request(method.clone(), &real).send().await.unwrap().status();
        let expected =
            if path == "/agent/v1/enroll" { StatusCode::UNSUPPORTED_MEDIA_TYPE } else { StatusCode::UNAUTHORIZED };
        assert_eq!(status, expected, "{method} {path}");
    }
}

#[test]
fn every_call_says_who_may_call_it_and_how_it_fails() {
    let document = serde_json::to_value(server::openapi::document()).unwrap();
    for (method, path) in calls(&document) {
        let call = &document["paths"][&path][method.as_str().to_lowercase()];
        let scheme = if path.starts_with("/agent/") { "device" } else { "api_token" };
        if path == "/agent/v1/enroll" {
            assert!(call.get("security").is_none(), "{path}");
        } else {
            assert!(call["security"][0].get(scheme).is_some(), "{method} {path}");
        }
        let unauthorized = &call["responses"]["401"]["content"]["application/problem+json"]["schema"];
        assert_eq!(unauthorized["$ref"], "#/components/schemas/Problem", "{method} {path}");
    }
    assert!(document["components"]["schemas"]["Problem"].is_object());
}

#[test]
fn every_reference_in_the_document_resolves() {
    let document = serde_json::to_value(server::openapi::document()).unwrap();
    let text = document.to_string();
    let references = text.split("\"$ref\":\"#").skip(1).map(|rest| rest.split('"').next().unwrap());
    for reference in references {
        assert!(document.pointer(reference).is_some(), "{reference}");
    }
}

/// `UPDATE_OPENAPI=1` writes the file instead.
#[test]
fn the_document_in_docs_is_the_one_that_is_served() {
    let served = serde_json::to_string_pretty(&server::openapi::document()).unwrap() + "\n";
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/openapi.json");
    if env::var_os("UPDATE_OPENAPI").is_some() {
        fs::write(&file, &served).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == served, "docs/openapi.json is not up to date: run the test with UPDATE_OPENAPI=1");
}

#[tokio::test]
async fn health_is_open_to_everyone() {
    let server = Server::start().await;
    for path in ["/healthz", "/readyz"] {
        assert_eq!(server.get(path).send().await.unwrap().status(), StatusCode::OK);
    }
}

#[tokio::test]
async fn every_answer_has_security_headers() {
    let server = Server::start().await;
    for path in ["/sign-in", "/healthz", "/openapi.json", "/e/unknown", "/agent/v1/state", "/pkg/none.js", "/nowhere"] {
        let reply = server.get(path).header("accept", "text/html").send().await.unwrap();
        let policy = reply.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}: {policy}");
        assert_eq!(reply.headers()["x-content-type-options"], "nosniff", "{path}");
        assert!(reply.headers().contains_key("x-request-id"), "{path}");
    }
}

#[tokio::test]
async fn the_nonce_of_a_page_is_in_its_policy_and_never_repeats() {
    let server = Server::start().await;
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let reply = server.get("/sign-in").send().await.unwrap();
        let policy = reply.headers()["content-security-policy"].to_str().unwrap().to_owned();
        let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
        assert!(reply.text().await.unwrap().contains(&nonce));
        nonces.push(nonce);
    }
    assert_ne!(nonces[0], nonces[1]);
}
