//! Filters of the list of rows, and what needs attention.

use crate::{
    api::rest::Script,
    harness::{Server, problem},
};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;

const HOUR: Duration = Duration::from_hours(1);

/// How many rows a query finds.
async fn found(script: &Script<'_>, query: &str) -> u64 {
    script.get(&format!("/slots?{query}")).await["total"].as_u64().unwrap()
}

/// The causes that rows have, each with its count.
async fn counted(script: &Script<'_>) -> Vec<(String, u64)> {
    let causes = script.get("/attention").await;
    let shown = |cause: &Value| (cause["cause"].as_str().unwrap().to_owned(), cause["count"].as_u64().unwrap());
    causes.as_array().unwrap().iter().map(shown).filter(|(_, count)| *count > 0).collect()
}

#[tokio::test]
async fn rows_are_filtered_by_properties_of_their_devices() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    server.invite("bo@example.com").await;
    let ada = server.invite("ada@example.com").await;
    server.enroll(&ada.token, 1).await;
    for (query, total) in [
        ("platform=linux", 1),
        ("platform=android", 0),
        ("ownership=company", 1),
        ("ownership=company&platform=ios", 0),
        ("platform=linux&search=EXAMPLE%20ONE", 1),
        ("platform=linux&search=bo", 0),
        ("search=bo", 1),
        ("contact=day", 0),
    ] {
        assert_eq!(found(&script, query).await, total, "{query}");
    }
    assert_eq!(script.get("/slots").await["total_is_exact"], json!(true));
    for query in ["platform=toaster", "attention=boredom", "contact=year"] {
        problem(script.call(Method::GET, &format!("/slots?{query}"), None).await, 400, "query_malformed").await;
    }
}

#[tokio::test]
async fn what_needs_attention_comes_and_goes_with_time() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let ada = server.invite("ada@example.com").await;
    server.invite_by_mail("bo@example.com").await;
    server.enroll(&ada.token, 1).await;
    assert_eq!(counted(&script).await, []);
    assert_eq!(found(&script, "attention=any").await, 0);
    server.clock.advance(HOUR);
    assert_eq!(counted(&script).await, [("pending".to_owned(), 1)]);
    server.clock.advance(48 * HOUR);
    assert_eq!(counted(&script).await, [("not_opened".to_owned(), 1), ("pending".to_owned(), 1)]);
    assert_eq!(found(&script, "attention=any").await, 2);
    assert_eq!(found(&script, "attention=not_opened").await, 1);
    assert_eq!(found(&script, "attention=pending&search=ada").await, 1);
    assert_eq!(found(&script, "contact=day").await, 1);
    assert_eq!(found(&script, "contact=week").await, 0);
}
