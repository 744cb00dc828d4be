//! `kill -9`: what was answered is there after a restart.

use crate::{
    cli::{
        faults::{Fault, Faults},
        load::{Answered, Check, Load},
        program::{Program, run},
    },
    harness::{Phone, by_token, client, facts, text},
};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// How often the program is killed under load.
const KILLS: usize = 20;

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

/// Kills the program after reports and polls of a device, and compares what it knows of the device before and afterwards. When
/// a device was last in contact is written once a minute: a kill loses that much of it, and nothing else.
pub(super) async fn kill_and_compare(flags: &[&str]) {
    let (dir, http) = (tempfile::tempdir().unwrap(), client());
    let data = dir.path();
    let script = run(data, &[&["token", "create", "--name", "test"], flags].concat());
    let program = Program::start_with_flags(data, flags);
    let token = invite(&http, &program.base, &script, "ada@example.com").await;
    let phone =
        Phone::of(&json(http.post(format!("{}/agent/v1/enroll", program.base)).json(&by_token(&token, 1))).await);
    let call = |method, path: &str| {
        http.request(method, format!("{}/agent/v1/{path}", program.base)).bearer_auth(&phone.bearer)
    };
    let done = json!({"step": "done", "missing_permissions": []});
    for (request, body) in [("inventory", facts()), ("progress", done)] {
        assert!(call(Method::PUT, request).json(&body).send().await.unwrap().status().is_success());
    }
    for seq in 1..=10 {
        let report = json!({"seq": seq, "battery": {"level": seq, "charging": false}, "lost_mode": false});
        assert_eq!(call(Method::POST, "state").json(&report).send().await.unwrap().status(), StatusCode::OK);
        assert_eq!(call(Method::GET, "commands").send().await.unwrap().status(), StatusCode::NO_CONTENT);
    }
    let device = |base: &str| json(http.get(format!("{base}/api/v1/devices/{}", phone.id)).bearer_auth(&script));
    let before = device(&program.base).await;
    assert_eq!(before["report"]["battery"]["level"], 10, "{before}");
    program.kill();
    let program = Program::start_with_flags(data, flags);
    let mut after = device(&program.base).await;
    assert!(text(&after, "last_contact_at") <= text(&before, "last_contact_at"), "{after}");
    after["last_contact_at"] = before["last_contact_at"].clone();
    assert_eq!(after, before);
}

#[tokio::test]
async fn a_kill_loses_contact_times_and_nothing_else() {
    kill_and_compare(&[]).await;
}

/// In every other life of the program the disk has a fault for a while: it is full, or slow.
#[tokio::test]
async fn twenty_kills_under_load_lose_nothing_that_was_answered() {
    let (dir, faults) = (tempfile::tempdir().unwrap(), Faults::new(200));
    let (data, http) = (dir.path(), client());
    let script = run(data, &["token", "create", "--name", "test"]);
    let answered = Arc::new(Mutex::new(Answered::default()));
    for life in 0..KILLS {
        let program = Program::start_on(data, faults.as_ref());
        let mut load = Load::start(&http, &program.base, &script, life, &answered);
        // At another moment each time.
        load.until(|counts| counts.done > 20 + life * 37 % 60).await;
        if let Some(faults) = &faults {
            match life % 4 {
                1 => full_for_a_while(faults, &mut load, life % 8 == 1).await,
                3 => slow_for_a_while(faults, &mut load).await,
                _ => {}
            }
        }
        program.kill();
        load.ended().await;
        if let Some(faults) = &faults {
            faults.end(Fault::Full);
            faults.end(Fault::Slow);
        }
    }
    let program = Program::start(data);
    let answered = std::mem::take(&mut *answered.lock().unwrap());
    Check { http: &http, base: &program.base, script: &script }.everything_is_there(&answered).await;
    program.kill();
}

/// Writes are refused as long as the disk is full. If it ends before the kill, they go on without a restart.
async fn full_for_a_while(faults: &Faults, load: &mut Load, ends: bool) {
    faults.begin(Fault::Full);
    load.until(|counts| counts.refused > 5).await;
    if ends {
        faults.end(Fault::Full);
        let before = load.counts().done;
        load.until(|counts| counts.done > before + 20).await;
    }
}

/// Everything is slower, and nothing is refused.
async fn slow_for_a_while(faults: &Faults, load: &mut Load) {
    faults.begin(Fault::Slow);
    let before = load.counts();
    let after = load.until(|counts| counts.done > before.done + 20).await;
    assert_eq!(after.refused, before.refused);
}
