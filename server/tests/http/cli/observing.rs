//! What an operator sees of the program: its metrics, and the ids of requests in its log.

use super::program::Program;
use crate::harness::client;
use reqwest::StatusCode;
use serde_json::Value;
use std::fs::{self, File};

#[tokio::test]
async fn metrics_have_a_listener_of_their_own_once_they_are_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let with = Program::start_with_flags(dir.path(), &["--metrics-listen", "127.0.0.1:0"]);
    let url = with.greeting.iter().find_map(|line| line.strip_prefix("Metrics are at ")).unwrap();
    let page = client().get(url).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("\nrollcall_store_database_bytes "), "{page}");
    let beside = client().get(format!("{}/metrics", with.base)).send().await.unwrap();
    assert_eq!(beside.status(), StatusCode::NOT_FOUND);
    // Its end waits for nobody who reads metrics.
    assert!(with.stop().success());
    let without = Program::start_with_flags(dir.path(), &["--metrics-listen", ""]);
    assert!(!without.greeting.iter().any(|line| line.contains("etrics")), "{:?}", without.greeting);
}

#[tokio::test]
async fn every_line_about_a_request_has_its_id() {
    let dir = tempfile::tempdir().unwrap();
    let log = dir.path().join("log.txt");
    // Of the server's own lines only warnings: those of the service have the id all the same.
    let flags = ["--log-format", "json", "--log", "server=warn,service=info"];
    let program = Program::start_with(dir.path(), &flags, File::create(&log).unwrap());
    let sign_in = client()
        .post(format!("{}/fn/account/sign-in", program.base))
        .header("sec-fetch-site", "same-origin")
        .form(&[("email", "ada@example.com"), ("password", "wrong"), ("next", "/")])
        .send()
        .await
        .unwrap();
    let id = sign_in.headers()["x-request-id"].to_str().unwrap().to_owned();
    program.kill();
    let log = fs::read_to_string(log).unwrap();
    let lines = log.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let of_request: Vec<_> = lines.filter(|line| line["span"]["request.id"] == id.as_str()).collect();
    assert!(of_request.iter().any(|line| line["target"] == "service::audit"), "{log}");
}
