//! `/live`: what changed, and nothing missed.

use crate::harness::{ADMIN, PASSWORD, Server, cookie_of, facts, problem};
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};

/// An event of a stream.
#[derive(Debug, PartialEq)]
struct SentEvent {
    id: Option<i64>,
    event: String,
    data: Value,
}

/// Reads a stream event by event.
struct Reader {
    response: Response,
    text: String,
}

impl Reader {
    async fn open(request: RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-store");
        assert_eq!(response.headers()["x-accel-buffering"], "no");
        assert!(!response.headers().contains_key("content-encoding"));
        Self { response, text: String::new() }
    }

    /// The next event that carries data; `None` at the end of the stream.
    async fn next(&mut self) -> Option<SentEvent> {
        loop {
            while let Some((block, rest)) = self.text.split_once("\n\n") {
                let events = parse(block);
                self.text = rest.to_owned();
                if events.is_some() {
                    return events;
                }
            }
            let chunk = self.response.chunk().await.unwrap()?;
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    /// Events until one of this kind.
    async fn until(&mut self, kind: &str) -> Vec<SentEvent> {
        let mut events = Vec::new();
        loop {
            events.push(self.next().await.unwrap());
            if events.last().unwrap().data["kind"] == kind {
                return events;
            }
        }
    }
}

/// Parses an event; `None` for comments and the version of the front end.
fn parse(block: &str) -> Option<SentEvent> {
    let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    if field("event:") == Some("front-end") {
        return None;
    }
    Some(SentEvent {
        id: field("id:").map(|id| id.parse().unwrap()),
        event: field("event:").unwrap_or("message").to_owned(),
        data: serde_json::from_str(field("data:")?).unwrap(),
    })
}

#[tokio::test]
async fn a_stream_needs_a_session() {
    let server = Server::start().await;
    problem(server.get("/live").send().await.unwrap(), 401, "unauthenticated").await;
}

#[tokio::test]
async fn a_change_is_sent_with_its_sequence_number_and_its_row() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    let invited = server.invite("ada@example.com").await;
    let mut stream = Reader::open(server.get("/live").header("cookie", cookie)).await;
    server.enroll(&invited.token, 1).await;
    let events = stream.until("device_contacted").await;
    let last = events.last().unwrap();
    assert_eq!(last.event, "change");
    assert_eq!(last.data["slot_id"], invited.slot.to_string());
    assert_eq!(last.id, last.data["seq"].as_i64());
}

#[tokio::test]
async fn a_mere_contact_is_sent_without_a_sequence_number() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    server.inventory(&phone, &facts()).await;
    server.progress(&phone, &json!({"step": "done"})).await;
    let mut stream = Reader::open(server.get("/live").header("cookie", cookie)).await;
    server.beat(&phone, &json!({"seq": 1})).await;
    let events = stream.until("contact").await;
    assert_eq!(events.last().unwrap().id, None);
}

#[tokio::test]
async fn a_browser_that_reconnects_gets_what_it_missed() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    server.invite("ada@example.com").await;
    let seen = server.rollcall.journal_head().await.unwrap();
    server.invite("bob@example.com").await;
    let head = server.rollcall.journal_head().await.unwrap();
    let request = server.get("/live").header("cookie", cookie).header("last-event-id", seen);
    let mut stream = Reader::open(request).await;
    let mut ids = Vec::new();
    while ids.last() != Some(&head) {
        ids.push(stream.next().await.unwrap().id.unwrap());
    }
    assert_eq!(ids, (seen + 1..=head).collect::<Vec<_>>());
    server.invite("cleo@example.com").await;
    assert_eq!(stream.next().await.unwrap().id, Some(head + 1), "once, and in order");
}

#[tokio::test]
async fn a_browser_that_is_too_far_behind_starts_over() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    let head = server.rollcall.journal_head().await.unwrap();
    for unknown in [head + 1_000_000, i64::MAX] {
        let request = server.get("/live").header("cookie", &cookie).header("last-event-id", unknown);
        let mut stream = Reader::open(request).await;
        assert_eq!(stream.next().await.unwrap().event, "reset");
    }
}

#[tokio::test]
async fn a_stream_ends_with_its_session_and_no_other_does() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    let other = cookie_of(&server.sign_in(ADMIN, PASSWORD).await);
    let mut ended = Reader::open(server.get("/live").header("cookie", &cookie)).await;
    let mut going_on = Reader::open(server.get("/live").header("cookie", &other)).await;
    let token = cookie.split_once('=').unwrap().1;
    server.rollcall.sign_out(token).await.unwrap();
    assert_eq!(ended.next().await, None);
    server.invite("ada@example.com").await;
    assert_eq!(going_on.next().await.unwrap().event, "change");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_ends_when_the_server_shuts_down() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    let mut stream = Reader::open(server.get("/live").header("cookie", cookie)).await;
    server.stop().await;
    assert_eq!(stream.next().await, None);
}
