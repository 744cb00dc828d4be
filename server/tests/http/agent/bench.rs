//! The calls of `cargo xtask bench devices`.

use crate::harness::Server;
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn calls_of_the_bench_are_there_only_when_they_are_compiled_in() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    let before = server.rollcall.slot(invited.slot).await.unwrap();
    let poll = server.as_phone(&phone, Method::GET, "/bench/commands?wait=0").send().await.unwrap();
    let report = server.as_phone(&phone, Method::POST, "/bench/state").json(&json!({"seq": 9})).send().await.unwrap();
    let are_there = cfg!(feature = "bench");
    assert_eq!((poll.status().is_success(), report.status().is_success()), (are_there, are_there));
    assert_eq!(server.rollcall.slot(invited.slot).await.unwrap(), before);
}
