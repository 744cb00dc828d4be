//! Metrics: what grows, what they are told apart by, and who cannot read them.

use crate::harness::{Phone, Server, facts};
use reqwest::{Client, Method, StatusCode};
use serde_json::json;
use service::{Invite, LiveEvent};
use std::collections::{BTreeMap, BTreeSet};

/// The values of a page by their series.
struct Metrics {
    address: String,
    client: Client,
}

impl Metrics {
    async fn of(server: &Server) -> Self {
        Self { address: server.serve_metrics().await, client: server.client.clone() }
    }

    async fn text(&self) -> String {
        let response = self.client.get(&self.address).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/plain; version=0.0.4; charset=utf-8");
        response.text().await.unwrap()
    }

    async fn all(&self) -> BTreeMap<String, f64> {
        let text = self.text().await;
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        lines
            .map(|line| line.rsplit_once(' ').unwrap())
            .map(|(name, value)| (name.to_owned(), value.parse().unwrap()))
            .collect()
    }

    async fn names(&self) -> BTreeSet<String> {
        self.all().await.into_keys().collect()
    }

    /// A value; zero while there is none.
    async fn value(&self, series: &str) -> f64 {
        self.all().await.get(series).copied().unwrap_or(0.0)
    }

    /// Waits until a value is this one.
    async fn until(&self, series: &str, value: usize) {
        while !is(self.value(series).await, value) {}
    }
}

async fn active_phone(server: &Server) -> Phone {
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    server.inventory(&phone, &facts()).await;
    server.progress(&phone, &json!({"step": "done"})).await;
    phone
}

/// Whether a number is this whole one.
fn is(value: f64, whole: usize) -> bool {
    value.to_string() == whole.to_string()
}

#[tokio::test]
async fn answers_count_by_the_pattern_of_their_route() {
    let server = Server::start().await;
    let metrics = Metrics::of(&server).await;
    let invited = server.invite("ada@example.com").await;
    let count = r#"rollcall_http_requests_total{route="/e/{token}",method="GET",status="2xx"}"#;
    let times = r#"rollcall_http_request_duration_seconds_count{route="/e/{token}",method="GET"}"#;
    for asked in 0..3 {
        assert!(is(metrics.value(count).await, asked) && is(metrics.value(times).await, asked), "{asked}");
        server.get(&format!("/e/{}", invited.token)).send().await.unwrap();
    }
    assert!(!metrics.text().await.contains(&invited.token));
}

#[tokio::test]
async fn nothing_that_a_stranger_sends_makes_a_series() {
    let server = Server::start().await;
    let metrics = Metrics::of(&server).await;
    let strange = async |number: u32| {
        let method = Method::from_bytes(format!("BREW{number}").as_bytes()).unwrap();
        server.get(&format!("/made-up-{number}?a={number}")).send().await.unwrap();
        server.request(method.clone(), &format!("/made-up-{number}")).send().await.unwrap();
        server.request(method, "/healthz").send().await.unwrap();
        server.get(&format!("/e/{number}")).header("x-request-id", "mine").send().await.unwrap();
        server.get(&format!("/api/v1/people/{number}")).send().await.unwrap();
    };
    strange(0).await;
    let before = metrics.names().await;
    for number in 1..20 {
        strange(number).await;
    }
    assert_eq!(metrics.names().await, before);
    let unknown: Vec<_> =
        before.iter().filter(|name| name.contains("requests_total") && name.contains("(no route)")).collect();
    assert!(!unknown.is_empty() && unknown.len() <= 2, "{unknown:?}");
    assert!(!before.iter().any(|name| name.contains("BREW") || name.contains("made-up")), "{before:?}");
}

#[tokio::test]
async fn metrics_are_not_served_to_devices_and_browsers() {
    let server = Server::start().await;
    let metrics = Metrics::of(&server).await;
    let response = server.get("/metrics").send().await.unwrap();
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert!(!response.text().await.unwrap().contains("rollcall_"));
    // Nor anything else beside them.
    let beside = metrics.address.replace("/metrics", "/healthz");
    assert_eq!(metrics.client.get(beside).send().await.unwrap().status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_waits_is_counted_while_it_waits() {
    let server = Server::start().await;
    let metrics = Metrics::of(&server).await;
    let phone = active_phone(&server).await;
    let cookie = server.signed_in().await;
    let before = metrics.all().await;
    assert!(is(before["rollcall_parked_polls"], 0) && is(before["rollcall_live_streams"], 0));
    let poll = server.as_phone(&phone, Method::GET, "/agent/v1/commands?wait=50");
    let poll = tokio::spawn(poll.send());
    let stream = server.get("/live").header("cookie", cookie).send().await.unwrap();
    metrics.until("rollcall_parked_polls", 1).await;
    metrics.until("rollcall_live_streams", 1).await;
    metrics.until("rollcall_known_devices", 1).await;
    // The stream has begun and waits; neither is among answers that have to come soon.
    drop(stream);
    metrics.until("rollcall_live_streams", 0).await;
    server.shutdown.begin();
    assert_eq!(poll.await.unwrap().unwrap().status(), StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn polls_and_streams_do_not_spoil_the_times_of_others() {
    let server = Server::start().await;
    let metrics = Metrics::of(&server).await;
    let phone = active_phone(&server).await;
    let cookie = server.signed_in().await;
    server.as_phone(&phone, Method::GET, "/agent/v1/commands").send().await.unwrap();
    drop(server.get("/live").header("cookie", cookie).send().await.unwrap());
    let all = metrics.all().await;
    for route in ["/agent/v1/commands", "/live"] {
        let counted = format!(r#"rollcall_http_requests_total{{route="{route}",method="GET",status="2xx"}}"#);
        assert!(is(all[&counted], 1), "{route}");
        let times = format!(r#"rollcall_http_request_duration_seconds_count{{route="{route}",method="GET"}}"#);
        assert!(!all.contains_key(&times), "{route}");
    }
    let polls = r#"rollcall_http_poll_duration_seconds_count{route="/agent/v1/commands",method="GET"}"#;
    assert!(is(all[polls], 1));
    assert!(!all.contains_key(&polls.replace("/agent/v1/commands", "/live")));
}

#[tokio::test]
async fn writes_sweeps_and_contacts_are_counted() {
    let server = Server::start().await;
    let metrics = Metrics::of(&server).await;
    let before = metrics.all().await;
    let phone = active_phone(&server).await;
    server.as_phone(&phone, Method::GET, "/agent/v1/commands").send().await.unwrap();
    server.rollcall.sweep().await.unwrap();
    server.rollcall.write_contacts().await.unwrap();
    let after = metrics.all().await;
    for series in [
        "rollcall_store_transaction_jobs_count",
        "rollcall_store_transaction_jobs_sum",
        "rollcall_store_transaction_reports_count",
        "rollcall_store_transaction_duration_seconds_count",
        "rollcall_sweep_duration_seconds_count",
        "rollcall_contact_write_duration_seconds_count",
    ] {
        assert!(after[series] > before[series], "{series}");
    }
    for series in ["rollcall_store_database_bytes", "rollcall_store_log_bytes", "process_start_time_seconds"] {
        assert!(after[series] > 0.0, "{series}");
    }
}

#[tokio::test]
async fn the_outbox_is_counted() {
    let mut server = Server::start().await;
    let metrics = Metrics::of(&server).await;
    server.stop_workers().await;
    server.invite_with("ada@example.com", Invite { send: true, expires_at: None }).await;
    let all = metrics.all().await;
    assert!(is(all["rollcall_outbox_queued"], 1));
    assert!(is(all["rollcall_outbox_sending"], 0) && is(all["rollcall_outbox_paused"], 0));
    let mut live = server.rollcall.live();
    server.restart_workers().await;
    while !matches!(live.recv().await.unwrap(), LiveEvent::Changed(change) if change.kind == "mail_sent") {}
    assert!(is(metrics.value("rollcall_outbox_queued").await, 0));
}

/// Names of ours in a text.
fn names_in(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    let names = words.filter(|word| ["rollcall_", "process_"].iter().any(|begin| word.starts_with(begin)));
    names.map(str::to_owned).collect()
}

#[tokio::test]
async fn metrics_are_described_and_the_board_asks_for_none_that_is_not_there() {
    let server = Server::start().await;
    server.get("/healthz").send().await.unwrap();
    let text = Metrics::of(&server).await.text().await;
    let described = |word: &str| -> BTreeSet<String> {
        let lines = text.lines().filter_map(|line| line.strip_prefix(&format!("# {word} ")));
        lines.map(|line| line.split(' ').next().unwrap().to_owned()).collect()
    };
    assert_eq!(described("HELP"), described("TYPE"));
    let manual = names_in(include_str!("../../../docs/operations.md"));
    assert_eq!(described("HELP").difference(&manual).next(), None, "not in the manual");
    let there = names_in(&text);
    let asked = names_in(include_str!("../../../docs/grafana/rollcall.json"));
    assert!(asked.len() > 20, "{asked:?}");
    assert_eq!(asked.difference(&there).next(), None, "the board asks for it");
}
