//! What calls cost that change nothing: counted, not timed. Devices send them all the time, so that nothing else matters as
//! much for how many devices a server looks after.

use super::commands::{active_phone, poll};
use crate::harness::{Phone, Server};
use domain::types::ids::SessionId;
use reqwest::StatusCode;
use serde_json::json;
use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};
use tracing::{Event, Subscriber, level_filters::LevelFilter};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt as _},
};
use uuid::Uuid;

/// Statements that were sent to the database by this process.
static STATEMENTS: AtomicUsize = AtomicUsize::new(0);

/// Counts statements, each of which sqlx tells of.
struct CountStatements;

impl<S: Subscriber> Layer<S> for CountStatements {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            STATEMENTS.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// A server without background work, so that every statement is one of a call.
async fn counted() -> Server {
    let counting = CountStatements.with_filter(LevelFilter::DEBUG);
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(counting)).unwrap();
    let mut server = Server::start().await;
    server.stop_workers().await;
    server
}

/// How many statements `calls` sends.
async fn statements(calls: impl Future<Output = ()>) -> usize {
    let before = STATEMENTS.load(Ordering::SeqCst);
    calls.await;
    STATEMENTS.load(Ordering::SeqCst) - before
}

async fn report(server: &Server, phone: &Phone, seq: u64) {
    let battery = json!({"level": seq % 100, "charging": false});
    let permissions = json!({"location": true, "notifications": true});
    server.beat(phone, &json!({"seq": seq, "battery": battery, "permissions": permissions})).await;
}

#[tokio::test]
async fn an_empty_poll_asks_the_database_for_nothing() {
    let server = counted().await;
    let phone = active_phone(&server).await;
    assert!(
        statements(async { assert_eq!(poll(&server, &phone, "0").await.status(), 204) }).await > 0,
        "the first one"
    );
    let polls = async {
        for wait in ["0", "0", "1"] {
            server.clock.advance(Duration::from_secs(50));
            assert_eq!(poll(&server, &phone, wait).await.status(), StatusCode::NO_CONTENT);
        }
    };
    assert_eq!(statements(polls).await, 0);
    // Any number of browsers, with the device on their pages or not, make no difference.
    let browsers: Vec<_> = (0..20).map(|_| server.rollcall.watch_rows(SessionId(Uuid::nil()))).collect();
    let polls = async { assert_eq!(poll(&server, &phone, "0").await.status(), StatusCode::NO_CONTENT) };
    assert_eq!(statements(polls).await, 0);
    drop(browsers);
}

#[tokio::test]
async fn a_report_that_changes_only_measured_values_is_one_row() {
    let server = counted().await;
    let phone = active_phone(&server).await;
    // Two find out that what it says of its permissions changes nothing.
    report(&server, &phone, 1).await;
    report(&server, &phone, 2).await;
    let head = server.rollcall.journal_head().await.unwrap();
    let reports = async {
        for seq in 3..13 {
            report(&server, &phone, seq).await;
        }
    };
    assert_eq!(statements(reports).await, 30, "begin, one row, commit");
    assert_eq!(server.rollcall.journal_head().await.unwrap(), head);
    let page = server.rollcall.device_slot(phone.id).await.unwrap();
    assert_eq!(page.report.unwrap().report.battery.unwrap().level, 12);
    // A late one changes nothing.
    assert_eq!(statements(report(&server, &phone, 5)).await, 0);
}
