//! Inviting many people as a job.

use crate::harness::{Server, problem};
use domain::{
    actor::Actor,
    list::{InvitationQuery, PersonQuery},
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;
use uuid::Uuid;

fn people(count: usize) -> Vec<Value> {
    (0..count).map(|n| json!({"email": format!("p{n}@example.com"), "name": format!("Person {n}")})).collect()
}

async fn put(server: &Server, token: &str, id: u128, body: &Value) -> reqwest::Response {
    let path = format!("{}/api/v1/invite-jobs/{}", server.base, Uuid::from_u128(id));
    server.client.put(path).bearer_auth(token).json(body).send().await.unwrap()
}

/// Waits until a job has ended, and returns it.
async fn ended(server: &Server, token: &str, id: u128) -> Value {
    let path = format!("/api/v1/invite-jobs/{}", Uuid::from_u128(id));
    loop {
        let reply = server.get(&path).bearer_auth(token).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::OK);
        let job: Value = reply.json().await.unwrap();
        if job["ended_at"].is_string() {
            return job;
        }
        tokio::task::yield_now().await;
    }
}

async fn invitations(server: &Server) -> u64 {
    server.rollcall.list_invitations(InvitationQuery::default()).await.unwrap().total
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_invites_everybody_once_however_often_it_is_asked_for() {
    let server = Server::start().await;
    let token = server.api_token().await;
    let mut list = people(40);
    list.push(json!({"email": "nobody"}));
    let body = json!({"people": list, "send": false});
    let (one, two) = tokio::join!(put(&server, &token, 1, &body), put(&server, &token, 1, &body));
    assert_eq!((one.status(), two.status()), (StatusCode::OK, StatusCode::OK));
    let job = ended(&server, &token, 1).await;
    assert_eq!((&job["total"], &job["done"]), (&json!(41), &json!(41)));
    let results = job["results"].as_array().unwrap();
    assert!(results[..40].iter().all(|result| result["invitation_id"].is_string()), "{results:?}");
    assert_eq!(results[40]["email"], "nobody");
    assert!(results[40]["refusal"].as_str().unwrap().contains("email"));
    put(&server, &token, 1, &body).await;
    assert_eq!(ended(&server, &token, 1).await, job);
    assert_eq!(invitations(&server).await, 40);
    assert_eq!(server.rollcall.list_people(PersonQuery::default()).await.unwrap().total, 40);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_that_is_sent_again_replaces_no_link_of_the_last_hour() {
    let server = Server::start().await;
    let token = server.api_token().await;
    let body = json!({"people": people(3), "send": false});
    put(&server, &token, 1, &body).await;
    let first = ended(&server, &token, 1).await;
    // A new request for the same people: the first seemed to fail.
    put(&server, &token, 2, &body).await;
    let second = ended(&server, &token, 2).await;
    assert!(second["results"].as_array().unwrap().iter().all(|result| result["invitation_id"].is_null()));
    assert_eq!(invitations(&server).await, 3);
    // One person alone is meant to get a new invitation.
    put(&server, &token, 3, &json!({"people": people(1), "send": false})).await;
    let alone = ended(&server, &token, 3).await;
    assert!(alone["results"][0]["invitation_id"].is_string());
    assert_ne!(alone["results"][0]["invitation_id"], first["results"][0]["invitation_id"]);
    // After an hour everybody does.
    server.clock.advance(Duration::from_hours(1));
    put(&server, &token, 4, &body).await;
    let later = ended(&server, &token, 4).await;
    assert!(later["results"].as_array().unwrap().iter().all(|result| result["invitation_id"].is_string()));
}

#[tokio::test]
async fn a_job_that_cannot_be_done_is_refused_as_a_whole() {
    let server = Server::start().await;
    let token = server.api_token().await;
    let many = json!({"people": people(501), "send": false});
    problem(put(&server, &token, 1, &many).await, 422, "field_invalid").await;
    let past = json!({"people": people(1), "send": false, "expires_at": "2026-05-31T00:00:00Z"});
    problem(put(&server, &token, 1, &past).await, 422, "field_invalid").await;
    let path = format!("/api/v1/invite-jobs/{}", Uuid::from_u128(1));
    problem(server.get(&path).bearer_auth(&token).send().await.unwrap(), 404, "not_found").await;
    assert!(server.rollcall.running_invite_job(&Actor::ApiToken("script".to_owned())).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_that_fails_again_and_again_is_given_up_and_the_others_are_invited() {
    let server = Server::start().await;
    let token = server.api_token().await;
    let stop = "create trigger stop before insert on people when new.email = 'p1@example.com' \
        begin select raise(abort, 'broken'); end";
    server.sql(stop).await;
    let body = json!({"people": people(3), "send": false});
    put(&server, &token, 1, &body).await;
    let path = format!("/api/v1/invite-jobs/{}", Uuid::from_u128(1));
    let mut rounds = 0;
    let job = loop {
        let job: Value = server.get(&path).bearer_auth(&token).send().await.unwrap().json().await.unwrap();
        if job["ended_at"].is_string() {
            break job;
        }
        // Asking again wakes the worker, which would wait for five seconds.
        put(&server, &token, 1, &body).await;
        rounds += 1;
    };
    assert!(rounds > 0);
    let refused: Vec<bool> =
        job["results"].as_array().unwrap().iter().map(|result| result["refusal"].is_string()).collect();
    assert_eq!(refused, [false, true, false], "{job}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_that_fails_once_is_tried_again() {
    let server = Server::start().await;
    let token = server.api_token().await;
    let stop = "create trigger stop before insert on people when new.email = 'p1@example.com' \
        begin select raise(abort, 'broken'); end";
    server.sql(stop).await;
    let body = json!({"people": people(3), "send": false});
    put(&server, &token, 1, &body).await;
    let actor = Actor::ApiToken("script".to_owned());
    while server.rollcall.running_invite_job(&actor).await.unwrap().is_none_or(|job| job.done() < 2) {
        tokio::task::yield_now().await;
    }
    server.sql("drop trigger stop").await;
    put(&server, &token, 1, &body).await;
    let job = ended(&server, &token, 1).await;
    assert!(job["results"].as_array().unwrap().iter().all(|result| result["invitation_id"].is_string()), "{job}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_largest_job_is_taken_and_its_actor_finds_it_while_it_runs() {
    let server = Server::start().await;
    let token = server.api_token().await;
    let stop = "create trigger stop before insert on people begin select raise(abort, 'broken'); end";
    server.sql(stop).await;
    let reply = put(&server, &token, 1, &json!({"people": people(500), "send": false})).await;
    assert_eq!(reply.status(), StatusCode::OK);
    let running = async |name: &str| {
        let found = server.rollcall.running_invite_job(&Actor::ApiToken(name.to_owned())).await.unwrap();
        found.map(|job| job.job.id.0)
    };
    assert_eq!(running("script").await, Some(Uuid::from_u128(1)));
    assert_eq!(running("another").await, None);
}
