//! The audit log: what leaves an entry, and how strangers do not fill it.

use crate::harness::{ADMIN, PASSWORD, Server};
use domain::audit::{AuditActor, AuditEvent, NumberedEntry};
use futures::FutureExt as _;
use reqwest::StatusCode;
use serde_json::json;
use service::{Browser, ServiceError};

/// Who did what, to what, and from where: newest first.
async fn trail(server: &Server) -> Vec<NumberedEntry> {
    server.rollcall.audit_trail(None, 100).await.unwrap().entries
}

async fn events(server: &Server) -> Vec<AuditEvent> {
    trail(server).await.into_iter().rev().map(|found| found.entry.event).collect()
}

#[tokio::test]
async fn access_leaves_entries_with_who_and_from_where() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    server.sign_in("bob@example.com", "wrong wrong wrong").await;
    let script = server.api_token().await;
    server.get("/api/v1/people/export").bearer_auth(&script).send().await.unwrap();
    let export = server.get("/devices/export.csv").header("cookie", &cookie).send().await.unwrap();
    assert_eq!(export.status(), StatusCode::OK);
    let rules = json!([{"cause": "not_opened", "after_days": 7, "at_most": 2}]);
    let saved =
        server.request(reqwest::Method::PUT, "/api/v1/reminders").bearer_auth(&script).json(&rules).send().await;
    assert_eq!(saved.unwrap().status(), StatusCode::OK);
    server.rollcall.revoke_api_token("script").await.unwrap();
    let sign_out =
        server.post("/fn/account/sign-out").header("cookie", &cookie).header("sec-fetch-site", "same-origin");
    sign_out.header("accept", "text/html").send().await.unwrap();
    assert_eq!(
        events(&server).await,
        [
            AuditEvent::AccountCreated,
            AuditEvent::SignedIn,
            AuditEvent::SignInFailed,
            AuditEvent::TokenCreated,
            AuditEvent::Exported,
            AuditEvent::Exported,
            AuditEvent::SettingsChanged,
            AuditEvent::TokenRevoked,
            AuditEvent::SignedOut,
        ]
    );
    let (admin, script) = (AuditActor::Account(ADMIN.to_owned()), AuditActor::ApiToken("script".to_owned()));
    let entries: Vec<_> = trail(&server).await.into_iter().rev().map(|found| found.entry).collect();
    let loopback = Some(server.address.ip());
    for (at, actor, subject, address) in [
        (0, &AuditActor::CommandLine, ADMIN, None),
        (1, &admin, "", loopback),
        (2, &AuditActor::Stranger, "bob@example.com", loopback),
        (4, &script, "people: 0", loopback),
        (5, &admin, "devices: 0", loopback),
        (6, &script, "reminders", loopback),
        (8, &admin, "", loopback),
    ] {
        let entry = &entries[at];
        assert_eq!(
            (&entry.actor, entry.subject.as_str(), entry.address),
            (actor, subject, address),
            "{:?}",
            entry.event
        );
    }
}

#[tokio::test]
async fn a_lock_out_is_one_entry_that_counts() {
    let server = Server::start().await;
    server.rollcall.create_account(ADMIN, PASSWORD).await.unwrap();
    for _ in 0..27 {
        server.sign_in(ADMIN, "wrong wrong wrong").await;
    }
    let entries = trail(&server).await;
    assert_eq!(entries.iter().filter(|found| found.entry.event == AuditEvent::SignInFailed).count(), 10);
    let locks: Vec<_> = entries.iter().filter(|found| found.entry.event == AuditEvent::LockedOut).collect();
    assert_eq!(locks.len(), 1);
    // 17 were refused: it is written down at 2, 4, 8 and 16.
    assert_eq!((locks[0].entry.subject.as_str(), locks[0].entry.times), (ADMIN, 16));
}

#[tokio::test]
async fn a_wrong_password_that_locks_nobody_out_is_no_lock_out() {
    let server = Server::start().await;
    server.rollcall.create_account(ADMIN, PASSWORD).await.unwrap();
    let locks = async || events(&server).await.iter().filter(|event| **event == AuditEvent::LockedOut).count();
    for _ in 0..9 {
        server.sign_in(ADMIN, "wrong wrong wrong").await;
    }
    assert_eq!(locks().await, 0);
    server.sign_in(ADMIN, "wrong wrong wrong").await;
    assert_eq!(locks().await, 1);
}

#[tokio::test]
async fn attempts_that_are_cut_off_count_and_the_lock_out_is_noted_all_the_same() {
    let server = Server::start().await;
    server.rollcall.create_account(ADMIN, PASSWORD).await.unwrap();
    let browser = Browser { user_agent: String::new(), address: [198, 51, 100, 7].into(), known: None };
    for _ in 0..10 {
        // It took its place and waits for the account: then nobody waits for the answer any more.
        assert!(server.rollcall.sign_in(ADMIN, PASSWORD, &browser).now_or_never().is_none());
    }
    for _ in 0..3 {
        let refused = server.rollcall.sign_in(ADMIN, PASSWORD, &browser).await;
        assert!(matches!(refused, Err(ServiceError::TooManyAttempts { .. })), "{refused:?}");
    }
    let noted = trail(&server).await;
    let noted: Vec<_> = noted.iter().map(|found| (found.entry.event, found.entry.times)).collect();
    assert_eq!(noted, [(AuditEvent::LockedOut, 2), (AuditEvent::AccountCreated, 1)]);
}

#[tokio::test]
async fn a_damaged_entry_hides_nothing_of_what_is_before_it() {
    let server = Server::start().await;
    for n in 0..5 {
        server.sign_in(&format!("nobody{n}@example.com"), "wrong wrong wrong").await;
    }
    assert_eq!(server.sql("update audit set doc = '{' where seq = 4").await, 1);
    let latest = server.rollcall.audit_trail(None, 2).await.unwrap();
    assert_eq!((latest.entries.len(), latest.next), (1, Some(4)));
    let earlier = server.rollcall.audit_trail(latest.next, 2).await.unwrap();
    assert_eq!(earlier.entries.iter().map(|found| found.seq).collect::<Vec<_>>(), [3, 2]);
}

#[tokio::test]
async fn a_password_typed_into_the_field_of_the_email_is_not_kept() {
    let server = Server::start().await;
    server.sign_in("My very secret password 1", "wrong wrong wrong").await;
    let entries = trail(&server).await;
    assert_eq!((entries.len(), entries[0].entry.subject.as_str()), (1, ""));
}
