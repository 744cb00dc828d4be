//! The program on PostgreSQL. Skipped aloud where `ROLLCALL_TEST_POSTGRES` names none; `cargo xtask test` starts one.

mod browser;
mod outage;
mod proxy;
mod servers;
mod together;
mod upgrade;

use crate::{
    cli::{
        crash::kill_and_compare,
        program::{Program, refused, run},
    },
    harness::{Phone, by_token, client, text},
};
use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use sqlx::{Connection as _, PgConnection};
use std::env;

/// An empty database for a test; removed with the cluster.
#[expect(clippy::print_stderr, reason = "a skipped test has to be seen")]
pub async fn database(test: &str) -> Option<String> {
    let Ok(maintenance) = env::var("ROLLCALL_TEST_POSTGRES") else {
        eprintln!("SKIPPED: ROLLCALL_TEST_POSTGRES names no PostgreSQL");
        return None;
    };
    let name = format!("program_{test}_{}", std::process::id());
    let mut db = PgConnection::connect(&maintenance).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("create database {name}"))).execute(&mut db).await.unwrap();
    let mut url = url::Url::parse(&maintenance).unwrap();
    url.set_path(&name);
    Some(url.into())
}

pub async fn answer(request: RequestBuilder) -> Value {
    request.send().await.unwrap().json().await.unwrap()
}

async fn enroll(http: &Client, base: &str, script: &str) -> Phone {
    enroll_of(http, base, script, "ada@example.com").await
}

/// Invites somebody, and enrolls a phone.
pub async fn enroll_of(http: &Client, base: &str, script: &str, email: &str) -> Phone {
    let body = json!({"email": email, "send": false});
    let invitation = answer(http.post(format!("{base}/api/v1/invitations")).bearer_auth(script).json(&body)).await;
    let path = format!("{base}/api/v1/invitations/{}/credentials", text(&invitation, "id"));
    let credentials = answer(http.get(path).bearer_auth(script)).await;
    let token = text(&credentials, "url").rsplit('/').next().unwrap().to_owned();
    Phone::of(&answer(http.post(format!("{base}/agent/v1/enroll")).json(&by_token(&token, 1))).await)
}

#[tokio::test]
async fn what_was_answered_before_a_kill_is_still_there() {
    let Some(url) = database("kill").await else { return };
    let (dir, http) = (tempfile::tempdir().unwrap(), client());
    let flags = ["--database", &url];
    let script = run(dir.path(), &[&["token", "create", "--name", "test"], &flags[..]].concat());
    let program = Program::start_with_flags(dir.path(), &flags);
    let phone = enroll(&http, &program.base, &script).await;
    let beat = |base: &str, seq: u64| {
        let report = json!({"seq": seq, "battery": {"level": seq, "charging": false}});
        http.post(format!("{base}/agent/v1/state")).bearer_auth(&phone.bearer).json(&report)
    };
    for seq in 1..=20 {
        assert_eq!(beat(&program.base, seq).send().await.unwrap().status(), StatusCode::OK);
    }
    program.kill();
    let program = Program::start_with_flags(dir.path(), &flags);
    let device = format!("{}/api/v1/devices/{}", program.base, phone.id);
    let device = answer(http.get(device).bearer_auth(&script)).await;
    assert_eq!(device["report"]["battery"]["level"], 20, "{device}");
    assert_eq!(beat(&program.base, 21).send().await.unwrap().status(), StatusCode::OK);
    assert!(program.stop().success());
}

#[tokio::test]
async fn a_kill_loses_contact_times_and_nothing_else() {
    let Some(url) = database("contacts").await else { return };
    kill_and_compare(&["--database", &url]).await;
}

#[tokio::test]
async fn a_key_of_another_installation_is_refused_and_nothing_is_written() {
    let Some(url) = database("key").await else { return };
    let flags = ["--database", &url];
    let (own, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    run(own.path(), &[&["token", "create", "--name", "own"], &flags[..]].concat());
    // With another key, and with none.
    run(other.path(), &["token", "create", "--name", "other"]);
    let words = refused(other.path(), &[&["token", "create", "--name", "other"], &flags[..]].concat());
    assert!(words.contains("secret.key"), "{words}");
    let none = tempfile::tempdir().unwrap();
    let words = refused(none.path(), &[&["token", "create", "--name", "none"], &flags[..]].concat());
    assert!(words.contains("secret.key"), "{words}");
    assert!(!none.path().join("secret.key").exists());
}

#[test]
fn an_address_that_is_none_is_named_without_its_password() {
    let dir = tempfile::tempdir().unwrap();
    let words = refused(dir.path(), &["serve", "--database", "postgres://ada:hunter2@127.0.0.1:1/rollcall"]);
    assert!(words.contains("the database rollcall on 127.0.0.1:1 cannot be opened"), "{words}");
    assert!(!words.contains("hunter2"), "{words}");
}
