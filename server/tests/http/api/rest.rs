//! The REST API for scripts.

use crate::{
    harness::{Server, facts, problem, text},
    schema::mismatch,
};
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use std::sync::LazyLock;

/// A script with its token.
pub struct Script<'a> {
    pub server: &'a Server,
    pub token: String,
}

impl<'a> Script<'a> {
    pub async fn of(server: &'a Server) -> Self {
        Self { server, token: server.api_token().await }
    }

    pub async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Response {
        let request = self.server.request(method, &format!("/api/v1{path}")).bearer_auth(&self.token);
        let request = if let Some(body) = body { request.json(&body) } else { request };
        request.send().await.unwrap()
    }

    /// Gets a value, and checks it against the published description.
    pub async fn get(&self, path: &str) -> Value {
        let reply = self.call(Method::GET, path, None).await;
        assert_eq!(reply.status(), StatusCode::OK, "{path}");
        let value = reply.json().await.unwrap();
        let call = described(path);
        let schema = &call["responses"]["200"]["content"]["application/json"]["schema"];
        assert!(schema.is_object(), "{path} is not described");
        assert_eq!(mismatch(&DOCUMENT, schema, &value), None, "{path}");
        value
    }

    pub async fn post(&self, path: &str, body: Value) -> Response {
        self.call(Method::POST, path, Some(body)).await
    }

    async fn act(&self, path: &str) -> Response {
        self.call(Method::POST, path, None).await
    }
}

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(server::openapi::document()).unwrap());

/// How the document describes a GET.
fn described(path: &str) -> &'static Value {
    let path = path.split('?').next().unwrap();
    let template: Vec<&str> =
        path.split('/').map(|part| if uuid::Uuid::parse_str(part).is_ok() { "{id}" } else { part }).collect();
    &DOCUMENT["paths"][format!("/api/v1{}", template.join("/"))]["get"]
}

#[tokio::test]
async fn without_a_valid_token_nothing_is_answered() {
    let server = Server::start().await;
    let token = server.api_token().await;
    problem(server.get("/api/v1/people").send().await.unwrap(), 401, "token_invalid").await;
    problem(server.get("/api/v1/people").bearer_auth("rct_0000").send().await.unwrap(), 401, "token_invalid").await;
    let cookie = server.signed_in().await;
    problem(server.get("/api/v1/people").header("cookie", cookie).send().await.unwrap(), 401, "token_invalid").await;
    assert_eq!(server.get("/api/v1/people").bearer_auth(&token).send().await.unwrap().status(), StatusCode::OK);
    server.rollcall.revoke_api_token("script").await.unwrap();
    problem(server.get("/api/v1/people").bearer_auth(&token).send().await.unwrap(), 401, "token_invalid").await;
}

#[tokio::test]
async fn people_are_added_listed_and_changed() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let made = script.post("/people", json!({"name": "Ada", "email": "ada@example.com"})).await;
    assert_eq!(made.status(), StatusCode::CREATED);
    let location = made.headers()["location"].to_str().unwrap().to_owned();
    let person: Value = made.json().await.unwrap();
    assert_eq!(location, format!("/api/v1/people/{}", text(&person, "id")));
    let path = format!("/people/{}", text(&person, "id"));
    assert_eq!(script.get(&path).await, person);
    let changed = script.call(Method::PATCH, &path, Some(json!({"email": "ada@example.org"}))).await;
    let changed: Value = changed.json().await.unwrap();
    assert_eq!((text(&changed, "name"), text(&changed, "email")), ("Ada".to_owned(), "ada@example.org".to_owned()));
    assert_eq!(script.get("/people?search=EXAMPLE.ORG").await["total"], 1);
    let event = server.rollcall.journal_head().await.unwrap();
    assert!(event >= 2);
    problem(script.post("/people", json!({"name": "Ada", "email": "no email"})).await, 422, "field_invalid").await;
    problem(script.post("/people", json!({"name": "Twin", "email": "ada@example.org"})).await, 409, "email_taken")
        .await;
    let nobody = format!("/people/{}", uuid::Uuid::nil());
    problem(script.call(Method::GET, &nobody, None).await, 404, "not_found").await;
    problem(script.call(Method::GET, "/people/no-uuid", None).await, 404, "not_found").await;
}

#[tokio::test]
async fn an_invitation_is_created_shown_replaced_and_deactivated() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let made = script.post("/invitations", json!({"email": "ada@example.com", "name": "Ada", "send": false})).await;
    assert_eq!(made.status(), StatusCode::CREATED);
    let first: Value = made.json().await.unwrap();
    assert_eq!((&first["state"], &first["delivery"]["state"]), (&json!("created"), &json!("none")));
    let path = format!("/invitations/{}", text(&first, "id"));
    let credentials = script.get(&format!("{path}/credentials")).await;
    assert!(text(&credentials, "url").starts_with(&format!("{}/e/", server.base)));
    let by_person = json!({"person_id": first["person_id"], "send": true});
    let second: Value = script.post("/invitations", by_person).await.json().await.unwrap();
    assert_eq!(script.get(&path).await["reason"], "replaced");
    let refusal =
        problem(script.call(Method::GET, &format!("{path}/credentials"), None).await, 410, "invitation_replaced").await;
    assert_eq!(refusal["reason"], "replaced");
    let path = format!("/invitations/{}", text(&second, "id"));
    let ended: Value = script.act(&format!("{path}/deactivate")).await.json().await.unwrap();
    assert_eq!((&ended["state"], &ended["reason"]), (&json!("deactivated"), &json!("manual")));
    problem(script.act(&format!("{path}/resend")).await, 410, "invitation_deactivated").await;
    problem(script.post("/invitations", json!({"send": true})).await, 422, "field_invalid").await;
}

#[tokio::test]
async fn a_second_mail_within_a_minute_is_taken_for_a_double_click() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let invited = server.invite_by_mail("ada@example.com").await;
    let path = format!("/invitations/{}/resend", invited.invitation);
    problem(script.act(&path).await, 409, "mail_just_sent").await;
    server.clock.advance(std::time::Duration::from_secs(61));
    assert_eq!(script.act(&path).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn lists_are_paged_without_losing_or_doubling_a_row() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    for at in 0..60 {
        server.invite(&format!("person{at:02}@example.com")).await;
        server.clock.advance(std::time::Duration::from_secs(1));
    }
    for list in ["people", "invitations", "slots"] {
        let mut seen = Vec::new();
        let mut page = script.get(&format!("/{list}?size=25")).await;
        loop {
            assert_eq!(page["total"], 60, "{list}");
            seen.extend(page["items"].as_array().unwrap().iter().map(|item| text(item, "id")));
            let Some(next) = page["next"].as_str() else { break };
            let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
            page = script.get(&format!("/{list}?size=25&after={next}")).await;
        }
        assert_eq!(seen.len(), 60, "{list}");
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 60, "{list}");
    }
    assert_eq!(script.get("/invitations?state=sent").await["total"], 0);
    assert_eq!(script.get("/slots?status=created&search=person07").await["total"], 1);
    problem(script.call(Method::GET, "/slots?status=dancing", None).await, 400, "query_malformed").await;
    assert_eq!(script.get("/slots?size=7&after=nonsense").await["items"].as_array().unwrap().len(), 25);
}

#[tokio::test]
async fn a_slot_has_a_timeline_and_a_device_its_facts() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    server.inventory(&phone, &facts()).await;
    server.progress(&phone, &json!({"step": "done"})).await;
    server.beat(&phone, &json!({"seq": 1, "battery": {"level": 80, "charging": true}})).await;
    let slot = script.get(&format!("/slots/{}", invited.slot)).await;
    assert_eq!((&slot["status"], &slot["device"]["id"]), (&json!("active"), &json!(phone.id)));
    let kinds: Vec<&str> =
        slot["timeline"].as_array().unwrap().iter().filter_map(|e| e["event"]["kind"].as_str()).collect();
    assert!(kinds.contains(&"device_contacted") && kinds.contains(&"device_activated"), "{kinds:?}");
    let device = script.get(&format!("/devices/{}", phone.id)).await;
    assert_eq!((&device["state"], &device["model"]), (&json!("active"), &json!("One")));
    assert_eq!(device["inventory"]["groups"]["hardware"]["cores"], "8");
    assert_eq!(device["report"]["battery"]["level"], 80);
}

#[tokio::test]
async fn commands_are_requested_listed_and_cancelled() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    let path = format!("/devices/{}/commands", phone.id);
    let made = script.post(&path, json!({"type": "message", "params": {"text": "Please call."}})).await;
    assert_eq!(made.status(), StatusCode::CREATED);
    let command: Value = made.json().await.unwrap();
    assert_eq!(command["requested_by"], json!({"actor": "api_token", "name": "script"}));
    assert_eq!(script.get(&path).await[0]["id"], command["id"]);
    let cancel = format!("/commands/{}/cancel", text(&command, "id"));
    assert_eq!(script.act(&cancel).await.status(), StatusCode::NO_CONTENT);
    problem(script.act(&cancel).await, 409, "command_finished").await;
    problem(script.post(&path, json!({"type": "dance", "params": {}})).await, 422, "field_invalid").await;
    for (kind, status) in [("lock", 201), ("locate", 201), ("ring", 201), ("message", 422)] {
        assert_eq!(script.post(&path, json!({"type": kind})).await.status(), status, "{kind} without parameters");
    }
    let long = json!({"type": "message", "params": {"text": "x".repeat(1001)}});
    problem(script.post(&path, long).await, 422, "field_invalid").await;
}

#[tokio::test]
async fn a_device_is_renewed_and_deleted() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    let path = format!("/devices/{}", phone.id);
    assert_eq!(script.act(&format!("{path}/renew")).await.status(), StatusCode::ACCEPTED);
    assert_eq!(script.call(Method::DELETE, &path, None).await.status(), StatusCode::NO_CONTENT);
    problem(script.call(Method::GET, &path, None).await, 404, "not_found").await;
    problem(script.act(&format!("{path}/renew")).await, 404, "not_found").await;
}
