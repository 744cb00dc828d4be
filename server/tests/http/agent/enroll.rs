//! Enrolling.

use crate::harness::{Phone, Server, by_pin, by_token, problem, text};
use domain::{Timestamp, actor::Actor, list::SlotQuery};
use reqwest::StatusCode;
use serde_json::Value;
use service::Invite;
use std::time::Duration;

#[tokio::test]
async fn a_phone_enrolls_with_the_token_and_its_row_turns_pending() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    assert_eq!(server.status_of(invited.slot).await, "created");
    let reply = server.try_enroll(&by_token(&invited.token.to_uppercase(), 1)).await;
    assert_eq!(reply.status(), StatusCode::CREATED);
    let reply: Value = reply.json().await.unwrap();
    assert_eq!(reply["poll"]["wait_s"], 50);
    assert_eq!(reply["required_permissions"], serde_json::json!([]));
    assert_eq!(server.status_of(invited.slot).await, "pending");
}

#[tokio::test]
async fn what_calls_itself_an_iphone_is_no_agent() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    for platform in ["ios", "ipados"] {
        // Before anything is said about the credentials.
        for token in [invited.token.as_str(), "no such token"] {
            let mut body = by_token(token, 1);
            body["platform"] = platform.into();
            let refusal = problem(server.try_enroll(&body).await, 422, "field_invalid").await;
            assert!(text(&refusal, "detail").contains("Safari"), "{refusal}");
        }
    }
    assert_eq!(server.status_of(invited.slot).await, "created");
}

#[tokio::test]
async fn a_phone_enrolls_with_pin_and_email() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let reply = server.try_enroll(&by_pin("Ada@Example.COM", &invited.pin, 1)).await;
    assert_eq!(reply.status(), StatusCode::CREATED);
    assert_eq!(server.status_of(invited.slot).await, "pending");
}

#[tokio::test]
async fn wrong_credentials_get_the_same_answer_whatever_is_wrong() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let other = server.invite("bob@example.com").await;
    let mut details = Vec::new();
    for body in [
        by_token("a".repeat(32).as_str(), 1),
        by_token("", 1),
        by_pin(&invited.email, "00000000", 1),
        by_pin(&other.email, &invited.pin, 1),
        by_pin("nobody@example.com", &invited.pin, 1),
    ] {
        details.push(text(&problem(server.try_enroll(&body).await, 401, "credentials_invalid").await, "detail"));
    }
    details.dedup();
    assert_eq!(details.len(), 1);
}

#[tokio::test]
async fn a_replaced_invitation_enrolls_nothing_and_says_why() {
    let server = Server::start().await;
    let old = server.invite("ada@example.com").await;
    let new = server.invite("ada@example.com").await;
    for body in [by_token(&old.token, 1)] {
        let refusal = problem(server.try_enroll(&body).await, 410, "invitation_replaced").await;
        assert_eq!(refusal["reason"], "replaced");
    }
    assert_eq!(server.try_enroll(&by_pin(&old.email, &old.pin, 1)).await.status(), StatusCode::UNAUTHORIZED);
    server.enroll(&new.token, 1).await;
}

#[tokio::test]
async fn a_deactivated_invitation_enrolls_nothing_and_its_devices_stay() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    server.rollcall.deactivate(Actor::System, invited.invitation).await.unwrap();
    let refusal = problem(server.try_enroll(&by_token(&invited.token, 2)).await, 410, "invitation_deactivated").await;
    assert_eq!(refusal["reason"], "manual");
    assert_eq!(server.beat(&phone, &serde_json::json!({"seq": 1})).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn an_invitation_expires_at_its_time() {
    let server = Server::start().await;
    let end = Timestamp::parse_rfc3339(crate::harness::BEGIN).unwrap().plus_seconds(3600);
    let invited = server.invite_with("ada@example.com", Invite { send: false, expires_at: Some(end) }).await;
    server.clock.advance(Duration::from_secs(3599));
    server.enroll(&invited.token, 1).await;
    server.clock.advance(Duration::from_secs(1));
    let refusal = problem(server.try_enroll(&by_token(&invited.token, 2)).await, 410, "invitation_expired").await;
    assert_eq!(refusal["reason"], "expired");
}

#[tokio::test]
async fn a_right_pin_is_refused_while_guessing_is_locked_and_works_again_later() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let mut tries = 0;
    let locked = loop {
        let reply = server.try_enroll(&by_pin(&invited.email, "00000000", 1)).await;
        if reply.status() == StatusCode::TOO_MANY_REQUESTS {
            break reply;
        }
        assert_eq!(reply.status(), StatusCode::UNAUTHORIZED);
        tries += 1;
        assert!(tries < 50, "guessing is never stopped");
    };
    let wait: u64 = locked.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    problem(locked, 429, "too_many_attempts").await;
    problem(server.try_enroll(&by_pin(&invited.email, &invited.pin, 1)).await, 429, "too_many_attempts").await;
    server.clock.advance(Duration::from_secs(wait));
    assert_eq!(server.try_enroll(&by_pin(&invited.email, &invited.pin, 1)).await.status(), StatusCode::CREATED);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_enrollment_sent_twice_at_once_creates_one_device() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let body = by_token(&invited.token, 1);
    let (one, two) = tokio::join!(server.try_enroll(&body), server.try_enroll(&body));
    assert_eq!((one.status(), two.status()), (StatusCode::CREATED, StatusCode::CREATED));
    let (one, two) = (Phone::of(&one.json().await.unwrap()), Phone::of(&two.json().await.unwrap()));
    assert_eq!(one.id, two.id);
    let beat = serde_json::json!({"seq": 1});
    let works = [server.beat(&one, &beat).await.status(), server.beat(&two, &beat).await.status()];
    assert!(works.contains(&StatusCode::OK), "{works:?}");
    assert_eq!(server.rollcall.list_slots(SlotQuery::default()).await.unwrap().total, 1);
}

#[tokio::test]
async fn a_lost_answer_is_repaired_by_enrolling_again() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let lost = server.enroll(&invited.token, 1).await;
    let again = server.enroll(&invited.token, 1).await;
    assert_eq!(lost.id, again.id);
    assert_eq!(server.beat(&again, &serde_json::json!({"seq": 1})).await.status(), StatusCode::OK);
    let other = server.enroll(&invited.token, 2).await;
    assert_ne!(other.id, again.id);
    assert_eq!(server.rollcall.list_slots(SlotQuery::default()).await.unwrap().total, 2);
}
