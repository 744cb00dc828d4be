//! `kill -9`: what was answered is there after a restart.

use crate::{
    cli::program::{Program, run},
    harness::{Phone, by_token, client, facts, text},
};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

async fn json(request: reqwest::RequestBuilder) -> Value {
    request.send().await.unwrap().json().await.unwrap()
}

/// Invites someone through the API, and returns the token of the enrollment URL.
async fn invite(http: &Client, base: &str, script: &str, email: &str) -> String {
    let body = json!({"email": email, "send": false});
    let invitation = json(http.post(format!("{base}/api/v1/invitations")).bearer_auth(script).json(&body)).await;
    let path = format!("{base}/api/v1/invitations/{}/credentials", text(&invitation, "id"));
    let credentials = json(http.get(path).bearer_auth(script)).await;
    text(&credentials, "url").rsplit('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn what_was_answered_before_a_kill_is_still_there_afterwards() {
    let dir = tempfile::tempdir().unwrap();
    let (data, http) = (dir.path(), client());
    let script = run(data, &["token", "create", "--name", "test"]);
    let mut phones: Vec<Phone> = Vec::new();
    for round in 0..3_u128 {
        let program = Program::start(data);
        let token = invite(&http, &program.base, &script, &format!("person{round}@example.com")).await;
        let reply = json(http.post(format!("{}/agent/v1/enroll", program.base)).json(&by_token(&token, round))).await;
        let phone = Phone::of(&reply);
        let inventory = http.put(format!("{}/agent/v1/inventory", program.base)).bearer_auth(&phone.bearer);
        assert_eq!(inventory.json(&facts()).send().await.unwrap().status(), StatusCode::NO_CONTENT);
        program.kill();
        phones.push(phone);
    }
    let program = Program::start(data);
    for phone in &phones {
        let path = format!("{}/api/v1/devices/{}", program.base, phone.id);
        let device = json(http.get(path).bearer_auth(&script)).await;
        assert_eq!(device["inventory"]["groups"]["hardware"]["cores"], "8");
        let beat = http.post(format!("{}/agent/v1/state", program.base)).bearer_auth(&phone.bearer);
        assert_eq!(beat.json(&json!({"seq": 1})).send().await.unwrap().status(), StatusCode::OK);
    }
    let slots = json(http.get(format!("{}/api/v1/slots", program.base)).bearer_auth(&script)).await;
    assert_eq!(slots["total"], 3);
    program.kill();
}
