//! `kill -9`: what was answered is there after a restart.

use crate::harness::{Phone, by_token, client, facts, text};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

/// The program itself, in a process of its own.
struct Program {
    child: Child,
    base: String,
}

impl Program {
    /// Starts it, and returns once it has told where it listens.
    fn start(data: &Path) -> Self {
        let mut child = rollcall(data)
            .args(["serve", "--listen", "127.0.0.1:0", "--log", "warn"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let base = lines.map_while(Result::ok).find_map(|line| line.strip_prefix("Rollcall listens on ").map(str::to_owned));
        Self { base: base.unwrap(), child }
    }

    /// Ends it as the operating system does when memory is short.
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn rollcall(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollcall"));
    command.env("ROLLCALL_DATA_DIR", data);
    command
}

/// Runs a command of the program, and gives what it prints.
fn run(data: &Path, arguments: &[&str]) -> String {
    let output = rollcall(data).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

async fn json(request: reqwest::RequestBuilder) -> Value {
    request.send().await.unwrap().json().await.unwrap()
}

/// Invites someone through the API, and gives the token of the enrollment URL.
async fn invite(http: &Client, base: &str, script: &str, email: &str) -> String {
    let body = json!({"email": email, "send": false});
    let invitation = json(http.post(format!("{base}/api/v1/invitations")).bearer_auth(script).json(&body)).await;
    let path = format!("{base}/api/v1/invitations/{}/credentials", text(&invitation, "id"));
    let credentials = json(http.get(path).bearer_auth(script)).await;
    text(&credentials, "url").rsplit('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn what_was_answered_before_a_kill_is_there_after_it() {
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

#[test]
fn a_bad_setting_gets_one_sentence_and_exit_code_2() {
    let dir = tempfile::tempdir().unwrap();
    let bad = rollcall(dir.path()).args(["serve", "--smtp-url", "smtp://ada:hunter2@mail.example.com"]).output().unwrap();
    let words = String::from_utf8(bad.stderr).unwrap();
    assert_eq!(bad.status.code(), Some(2));
    assert_eq!(words.trim().lines().count(), 1, "{words}");
    assert!(words.contains("--smtp-url") && !words.contains("hunter2"), "{words}");
}

#[test]
fn a_secret_of_the_environment_does_not_show_in_the_help() {
    let dir = tempfile::tempdir().unwrap();
    let help = rollcall(dir.path()).env("ROLLCALL_SMTP_URL", "smtp://ada:hunter2@x").args(["serve", "--help"]).output().unwrap();
    let words = String::from_utf8(help.stdout).unwrap();
    assert!(words.contains("ROLLCALL_SMTP_URL") && !words.contains("hunter2"), "{words}");
}

#[test]
fn accounts_and_tokens_are_made_on_the_command_line() {
    use std::io::Write as _;
    let dir = tempfile::tempdir().unwrap();
    let create = |password: &str| {
        let mut child = rollcall(dir.path())
            .args(["account", "create", "--email", "Ada@example.com", "--password-stdin"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        writeln!(child.stdin.take().unwrap(), "{password}").unwrap();
        child.wait_with_output().unwrap()
    };
    assert_eq!(create("short").status.code(), Some(1));
    assert!(create("correct horse battery staple").status.success());
    assert_eq!(create("correct horse battery staple").status.code(), Some(1));
    assert!(run(dir.path(), &["token", "create", "--name", "backup"]).starts_with("rct_"));
    assert!(run(dir.path(), &["token", "list"]).contains("backup"));
    run(dir.path(), &["token", "revoke", "--name", "backup"]);
    assert!(!run(dir.path(), &["token", "list"]).contains("backup"));
}
