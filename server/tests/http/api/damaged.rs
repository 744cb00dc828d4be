//! A damaged record, and a worker that fails, from outside.

use crate::{
    api::rest::Script,
    harness::{Server, facts},
};
use reqwest::{Method, StatusCode};
use serde_json::json;
use std::time::Duration;

/// Damages everything of a device but its columns.
async fn damage(server: &Server) {
    assert_eq!(server.sql("update devices set doc = '{' where id = (select min(id) from devices)").await, 1);
    let row = "update slot_docs set row_doc = '{' where slot_key in (select key from slots where device_id = (select min(id) from devices))";
    assert_eq!(server.sql(row).await, 1);
}

#[tokio::test]
async fn one_damaged_device_ends_neither_the_sweep_nor_the_list_nor_the_export() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    for (n, email) in ["ada@example.com", "bob@example.com", "eve@example.com"].into_iter().enumerate() {
        let invited = server.invite(email).await;
        let phone = server.enroll(&invited.token, n as u128).await;
        server.inventory(&phone, &facts()).await;
        server.progress(&phone, &json!({"step": "done", "missing_permissions": []})).await;
    }
    damage(&server).await;
    server.clock.advance(Duration::from_hours(24 * 30));
    server.rollcall.sweep().await.unwrap();
    let rows = script.get("/slots").await;
    let rows = rows["items"].as_array().unwrap();
    let damaged: Vec<bool> = rows.iter().map(|row| row["damaged"].as_bool().unwrap()).collect();
    assert_eq!(damaged.iter().filter(|damaged| **damaged).count(), 1);
    let silent = rows.iter().filter(|row| row["status"] == "not_synchronizing").count();
    assert_eq!((rows.len(), silent), (3, 2), "the sweep recorded the others");
    let export = script.call(Method::GET, "/slots/export", None).await.text().await.unwrap();
    assert_eq!((export.lines().count(), export.matches("This record is damaged.").count()), (4, 1), "{export}");
    // An action on it is refused with words, and the record is not taken for one that never existed.
    let id = rows.iter().find(|row| row["damaged"] == true).unwrap()["person_id"].as_str().unwrap().to_owned();
    let body = json!({"person_id": id, "send": false});
    let refused = script.call(Method::POST, "/invitations", Some(body)).await;
    assert_eq!(refused.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(refused.json::<serde_json::Value>().await.unwrap()["code"], "record_damaged");
}

#[tokio::test]
async fn a_damaged_person_keeps_no_other_of_a_job_from_being_invited() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let invited = server.invite("ada@example.com").await;
    server.enroll(&invited.token, 1).await;
    damage(&server).await;
    let people = json!([{"email": "ada@example.com"}, {"email": "bob@example.com"}]);
    let job = "/invite-jobs/00000000-0000-0000-0000-000000000001";
    script.call(Method::PUT, job, Some(json!({"people": people, "send": false}))).await;
    let ended = loop {
        let job = script.get(job).await;
        if job["ended_at"].is_string() {
            break job;
        }
        tokio::task::yield_now().await;
    };
    assert!(ended["results"][0]["refusal"].as_str().unwrap().contains("on our side"), "{ended}");
    assert!(ended["results"][1]["invitation_id"].is_string(), "{ended}");
}

#[tokio::test]
async fn the_console_says_in_each_language_which_row_is_damaged() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    let invited = server.invite("ada@example.com").await;
    server.enroll(&invited.token, 1).await;
    damage(&server).await;
    for (language, words) in [("en", "is damaged"), ("de", "ist beschädigt"), ("cs", "je poškozený")] {
        let page = server.get("/devices").header("cookie", &cookie).header("accept-language", language);
        let html = page.send().await.unwrap().text().await.unwrap();
        assert!(html.contains(words), "{language}");
    }
}

#[tokio::test]
async fn a_failing_worker_is_told_and_works_again_once_it_can() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let readyz = async || server.get("/readyz").send().await.unwrap().text().await.unwrap();
    assert_eq!(readyz().await, "ready\n");
    // Without this column the round of reminders fails; new rules begin one.
    server.sql("alter table slots rename column cause to cause_gone").await;
    let rules = json!([{"cause": "pending", "after_days": 1, "at_most": 1}]);
    assert_eq!(script.call(Method::PUT, "/reminders", Some(rules)).await.status(), StatusCode::OK);
    while !readyz().await.contains("worker reminders failed") {}
    assert!(readyz().await.starts_with("ready\n"), "pages and devices are served without it");
    server.sql("alter table slots rename column cause_gone to cause").await;
    while readyz().await != "ready\n" {}
}
