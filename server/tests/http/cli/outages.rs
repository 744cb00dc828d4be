//! The disk is full, broken, slow, or the files are gone: what is answered meanwhile, and that everything goes on afterwards.

use crate::{
    cli::{
        faults::{Fault, Faults},
        program::{Program, refused, run},
    },
    harness::client,
};
use reqwest::{Client, Response, StatusCode};
use serde_json::json;
use std::{fs, path::Path};

/// A running program, and a script that speaks to it.
struct Script {
    http: Client,
    token: String,
    program: Program,
}

impl Script {
    fn start(data: &Path, faults: Option<&Faults>) -> Self {
        let token = run(data, &["token", "create", "--name", "test"]);
        Self { http: client(), token, program: Program::start_on(data, faults) }
    }

    async fn get(&self, path: &str) -> Response {
        self.http.get(format!("{}{path}", self.program.base)).bearer_auth(&self.token).send().await.unwrap()
    }

    async fn add(&self, email: &str) -> Response {
        let url = format!("{}/api/v1/people", self.program.base);
        let body = json!({"email": email, "name": "Ada"});
        self.http.post(url).bearer_auth(&self.token).json(&body).send().await.unwrap()
    }

    /// Whether it is ready, and what it says.
    async fn ready(&self) -> (StatusCode, String) {
        let response = self.get("/readyz").await;
        (response.status(), response.text().await.unwrap())
    }
}

#[tokio::test]
async fn writes_go_on_after_an_outage_and_reads_go_on_during_it() {
    let Some(faults) = Faults::new(0) else { return };
    let dir = tempfile::tempdir().unwrap();
    let script = Script::start(dir.path(), Some(&faults));
    for (fault, reason) in [(Fault::Full, "full"), (Fault::Broken, "unreachable"), (Fault::ReadOnly, "unreachable")] {
        assert_eq!(script.add(&format!("before-{fault:?}@example.com")).await.status(), StatusCode::CREATED);
        faults.begin(fault);
        for n in 0..5 {
            let refused = script.add(&format!("{fault:?}-{n}@example.com")).await;
            assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE, "{fault:?}");
            assert!(refused.headers().contains_key("retry-after"), "{fault:?}");
        }
        let (status, words) = script.ready().await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{fault:?}");
        assert!(words.starts_with(&format!("not ready: {reason}\n")), "{fault:?}: {words}");
        assert_eq!(script.get("/healthz").await.status(), StatusCode::OK);
        for path in ["/api/v1/people", "/api/v1/slots", "/api/v1/attention"] {
            assert_eq!(script.get(path).await.status(), StatusCode::OK, "{fault:?} {path}");
        }
        faults.end(fault);
        assert_eq!(script.add(&format!("after-{fault:?}@example.com")).await.status(), StatusCode::CREATED);
        assert_eq!(script.ready().await.0, StatusCode::OK);
    }
    // All that was answered, and nothing else.
    let people: serde_json::Value = script.get("/api/v1/people").await.json().await.unwrap();
    assert_eq!(people["total"], 6);
}

#[tokio::test]
async fn a_slow_disk_makes_writes_slow_and_lets_none_fail() {
    let Some(faults) = Faults::new(1000) else { return };
    let dir = tempfile::tempdir().unwrap();
    let script = Script::start(dir.path(), Some(&faults));
    faults.begin(Fault::Slow);
    let emails: Vec<String> = (0..300).map(|n| format!("p{n}@example.com")).collect();
    let answers = futures::future::join_all(emails.iter().map(|email| script.add(email))).await;
    assert!(answers.iter().all(|answer| answer.status() == StatusCode::CREATED));
    assert_eq!(script.ready().await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_deleted_database_is_neither_written_nor_ready() {
    let dir = tempfile::tempdir().unwrap();
    let script = Script::start(dir.path(), None);
    assert_eq!(script.ready().await, (StatusCode::OK, "ready\n".to_owned()));
    fs::remove_file(dir.path().join("rollcall.db")).unwrap();
    let (status, words) = script.ready().await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(words.starts_with("not ready: replaced\n"), "{words}");
    assert_eq!(script.add("lost@example.com").await.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(!dir.path().join("rollcall.db").exists(), "no new one is made in its place");
}

#[tokio::test]
async fn a_second_server_refuses_a_data_folder_that_is_in_use() {
    let dir = tempfile::tempdir().unwrap();
    let script = Script::start(dir.path(), None);
    let serve = ["serve", "--listen", "127.0.0.1:0"];
    let words = refused(dir.path(), &serve);
    assert!(words.contains("another Rollcall server is running on"), "{words}");
    // The same database from another data folder.
    let (other, database) = (tempfile::tempdir().unwrap(), dir.path().join("apart.db"));
    let url = format!("sqlite:{}", database.display());
    let first = Program::start_with_flags(dir.path().join("a").as_path(), &["--database", &url]);
    let words = refused(other.path(), &["serve", "--listen", "127.0.0.1:0", "--database", &url]);
    assert!(words.contains("apart.db"), "{words}");
    first.kill();
    // Commands work beside a running server, and its end, however it comes, frees the folder.
    assert!(run(dir.path(), &["token", "create", "--name", "beside"]).starts_with("rct_"));
    assert_eq!(script.add("ada@example.com").await.status(), StatusCode::CREATED);
    script.program.kill();
    Program::start(dir.path()).kill();
}
