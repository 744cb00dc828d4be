//! The key file: a database is not opened without its own, and limits survive a restart.

use crate::{
    cli::program::{Program, refused, run},
    harness::{Phone, by_pin, by_token, client, text},
};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{fs, path::Path};

async fn invite(http: &Client, base: &str, script: &str) -> (String, String) {
    let invitations = format!("{base}/api/v1/invitations");
    let made = http.post(&invitations).bearer_auth(script).json(&json!({"email": "ada@example.com", "send": false}));
    let id = text(&made.send().await.unwrap().json().await.unwrap(), "id");
    let credentials = http.get(format!("{invitations}/{id}/credentials")).bearer_auth(script).send().await.unwrap();
    let credentials: Value = credentials.json().await.unwrap();
    (text(&credentials, "url").rsplit('/').next().unwrap().to_owned(), text(&credentials, "pin"))
}

async fn database(data: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(data.join("rollcall.db"));
    SqliteConnection::connect_with(&options).await.unwrap()
}

async fn enroll(http: &Client, base: &str, body: &Value) -> reqwest::Response {
    http.post(format!("{base}/agent/v1/enroll")).json(body).send().await.unwrap()
}

#[tokio::test]
async fn a_database_is_not_opened_without_its_own_key() {
    let dir = tempfile::tempdir().unwrap();
    let (data, http) = (dir.path(), client());
    let (key, away) = (data.join("secret.key"), data.join("elsewhere"));
    let script = run(data, &["token", "create", "--name", "test"]);
    let program = Program::start(data);
    let (token, _) = invite(&http, &program.base, &script).await;
    let phone = Phone::of(&enroll(&http, &program.base, &by_token(&token, 1)).await.json().await.unwrap());
    program.kill();
    // Missing: refused by every command, and nothing is made in its place.
    fs::rename(&key, &away).unwrap();
    for command in [&["serve", "--listen", "127.0.0.1:0"][..], &["token", "list"]] {
        let words = refused(data, command);
        assert!(words.contains("secret.key is missing") && words.trim().lines().count() == 1, "{words}");
    }
    assert!(!key.exists());
    // That of another installation, for a database of an older version that is bound to no key yet. Its tables stay as they are.
    let older = [
        "drop table audit",
        "drop table reset_links",
        "alter table accounts drop column password_scheme",
        "delete from settings where name = 'key_check'",
        "delete from _sqlx_migrations where version = 15",
    ];
    let mut db = database(data).await;
    for statement in older {
        sqlx::query(statement).execute(&mut db).await.unwrap();
    }
    let other = tempfile::tempdir().unwrap();
    run(other.path(), &["token", "list"]);
    fs::copy(other.path().join("secret.key"), &key).unwrap();
    let words = refused(data, &["serve", "--listen", "127.0.0.1:0"]);
    assert!(words.contains("secret.key does not belong to this database"), "{words}");
    assert!(
        sqlx::query("select 1 from audit").fetch_optional(&mut db).await.is_err(),
        "nothing was brought up to date"
    );
    db.close().await.unwrap();
    // Its own again.
    fs::rename(&away, &key).unwrap();
    let program = Program::start(data);
    let beat =
        http.post(format!("{}/agent/v1/state", program.base)).bearer_auth(&phone.bearer).json(&json!({"seq": 1}));
    assert_eq!(beat.send().await.unwrap().status(), StatusCode::OK);
    program.kill();
    // From now on the database knows its key without having sealed anything.
    let mut db = database(data).await;
    sqlx::query("update invitations set token_sealed = x'00'").execute(&mut db).await.unwrap();
    db.close().await.unwrap();
    fs::copy(other.path().join("secret.key"), &key).unwrap();
    assert!(refused(data, &["token", "list"]).contains("secret.key does not belong to this database"));
}

#[tokio::test]
async fn a_locked_pin_stays_locked_over_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let (data, http) = (dir.path(), client());
    let script = run(data, &["token", "create", "--name", "test"]);
    let program = Program::start(data);
    let (_, pin) = invite(&http, &program.base, &script).await;
    let wrong = format!("{:08}", (pin.replace(' ', "").parse::<u32>().unwrap() + 1) % 100_000_000);
    for n in 0..5 {
        let guess = enroll(&http, &program.base, &by_pin("ada@example.com", &wrong, n)).await;
        assert_eq!(guess.status(), StatusCode::UNAUTHORIZED);
    }
    program.kill();
    let program = Program::start(data);
    let right = enroll(&http, &program.base, &by_pin("ada@example.com", &pin, 9)).await;
    assert_eq!(right.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(right.headers()["retry-after"].to_str().unwrap().parse::<u64>().unwrap() <= 900);
    program.kill();
}

#[test]
fn an_empty_database_knows_its_key_as_well() {
    let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for data in [dir.path(), other.path()] {
        run(data, &["token", "list"]);
        Program::start(data).kill();
    }
    fs::copy(other.path().join("secret.key"), dir.path().join("secret.key")).unwrap();
    assert!(refused(dir.path(), &["token", "list"]).contains("secret.key does not belong to this database"));
}

#[test]
fn a_start_that_ended_before_the_first_table_is_made_up_for() {
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), &["token", "list"]);
    fs::remove_file(dir.path().join("rollcall.db")).unwrap();
    fs::write(dir.path().join("rollcall.db"), "").unwrap();
    assert_eq!(run(dir.path(), &["token", "list"]), "");
}
