//! A job that invites people, and `kill -9` in the middle of it.

use crate::{
    cli::program::{Program, run},
    harness::client,
};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const PEOPLE: usize = 300;
const JOB: &str = "/api/v1/invite-jobs/11111111-2222-4333-8444-555555555555";

async fn get(http: &Client, base: &str, script: &str, path: &str) -> Value {
    http.get(format!("{base}{path}")).bearer_auth(script).send().await.unwrap().json().await.unwrap()
}

/// Looks at the job until at least `count` of its people were decided.
async fn decided(http: &Client, base: &str, script: &str, count: u64) -> Value {
    loop {
        let job = get(http, base, script, JOB).await;
        if job["done"].as_u64().unwrap() >= count && (count < PEOPLE as u64 || job["ended_at"].is_string()) {
            return job;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_job_goes_on_after_a_kill_and_invites_nobody_twice() {
    let dir = tempfile::tempdir().unwrap();
    let (data, http) = (dir.path(), client());
    let script = run(data, &["token", "create", "--name", "test"]);
    let program = Program::start(data);
    let people: Vec<Value> = (0..PEOPLE).map(|n| json!({"email": format!("p{n}@example.com")})).collect();
    let body = json!({"people": people, "send": true});
    let put = |base: &str| http.put(format!("{base}{JOB}")).bearer_auth(&script).json(&body).send();
    assert_eq!(put(&program.base).await.unwrap().status(), StatusCode::OK);
    let before = decided(&http, &program.base, &script, 20).await;
    program.kill();
    let program = Program::start(data);
    // Whoever had no answer asks again; the job has gone on by itself.
    assert_eq!(put(&program.base).await.unwrap().status(), StatusCode::OK);
    let after = decided(&http, &program.base, &script, PEOPLE as u64).await;
    let mut invited = BTreeSet::new();
    for (result, earlier) in after["results"].as_array().unwrap().iter().zip(before["results"].as_array().unwrap()) {
        let id = result["invitation_id"].as_str().unwrap();
        assert!(invited.insert(id.to_owned()), "{id}");
        assert!(earlier["invitation_id"].is_null() || earlier["invitation_id"] == id, "an outcome stays");
    }
    let all = get(&http, &program.base, &script, "/api/v1/invitations").await;
    assert_eq!((invited.len(), &all["total"]), (PEOPLE, &json!(PEOPLE)), "nobody was invited twice");
    program.kill();
}
