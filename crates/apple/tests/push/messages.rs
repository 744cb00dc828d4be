//! Requests and answers.

use std::time::Duration;

use apple::apns::{Answer, MAX_RETRY_AFTER, Push, PushError, Verdict};
use proptest::prelude::*;
use time::{OffsetDateTime, macros::datetime};

use crate::{NOW, TOPIC, push};

#[test]
fn a_request_says_what_apple_asks_for_and_nothing_else() {
    let push = push();
    assert_eq!(push.path(), format!("/3/device/{}", "ab".repeat(32)));
    let headers = [
        ("apns-topic", TOPIC.to_owned()),
        ("apns-push-type", "mdm".to_owned()),
        ("apns-priority", "10".to_owned()),
        ("apns-expiration", datetime!(2026-12-03 12:00 UTC).unix_timestamp().to_string()),
    ];
    assert_eq!(push.headers(), headers);
    assert_eq!(push.body(), br#"{"mdm":"magic"}"#);
    let shown = format!("{push:?}");
    assert!(!shown.contains("171") && !shown.contains("magic"), "{shown}");
}

#[test]
fn impossible_pushes_are_not_made() {
    let made = |token: &[u8], magic: &str, topic: &str| Push::new(token, magic, topic, NOW).unwrap_err();
    assert_eq!(made(&[0; 15], "magic", TOPIC), PushError::Token);
    assert_eq!(made(&[0; 129], "magic", TOPIC), PushError::Token);
    assert_eq!(made(&[0; 32], "", TOPIC), PushError::Magic);
    assert_eq!(made(&[0; 32], &"m".repeat(257), TOPIC), PushError::Magic);
    assert_eq!(made(&[0; 32], "magic", ""), PushError::Topic);
    assert_eq!(made(&[0; 32], "magic", "com.apple.mgmt\r\nx: y"), PushError::Topic);
    assert_eq!(made(&[0; 32], "magic", &"t".repeat(257)), PushError::Topic);
    let early = Push::new(&[0; 32], "magic", TOPIC, datetime!(1960-01-01 0:00 UTC)).unwrap_err();
    assert_eq!(early, PushError::Expiration);
}

/// Reads the usual push with one thing changed.
fn read(
    path: Option<&str>,
    header: Option<(&str, Option<&'static str>)>,
    body: Option<&str>,
) -> Result<Push, PushError> {
    let push = push();
    let headers = push.headers();
    let find = |name: &str| match header {
        Some((changed, value)) if changed == name => value,
        _ => headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str()),
    };
    let (own_path, own_body) = (push.path(), push.body());
    Push::read(path.unwrap_or(&own_path), find, body.map_or(&own_body, str::as_bytes))
}

#[test]
fn a_pretended_service_takes_what_apple_would() {
    assert!(read(None, None, None) == Ok(push()));
    let wrong = |path: &str| read(Some(path), None, None).unwrap_err();
    assert_eq!(wrong(&format!("{}a", push().path())), PushError::Token);
    assert_eq!(wrong(&format!("/3/device/{}", "zz".repeat(32))), PushError::Token);
    assert_eq!(wrong(&format!("/3/device/{}", "ä".repeat(32))), PushError::Token);
    assert_eq!(wrong(&format!("/2/device/{}", "ab".repeat(32))), PushError::Token);
    let wrong = |name, value| read(None, Some((name, value)), None).unwrap_err();
    assert_eq!(wrong("apns-push-type", Some("alert")), PushError::Kind);
    assert_eq!(wrong("apns-topic", None), PushError::Topic);
    assert_eq!(wrong("apns-expiration", Some("soon")), PushError::Expiration);
    for body in ["", "{}", "[]", r#"{"mdm":1}"#, r#"{"mdm":"magic","aps":{}}"#] {
        assert_eq!(read(None, None, Some(body)).unwrap_err(), PushError::Magic, "{body}");
    }
    let long = format!(r#"{{"mdm":"magic"{}}}"#, " ".repeat(4096));
    assert_eq!(read(None, None, Some(&long)).unwrap_err(), PushError::Magic);
}

proptest! {
    #[test]
    fn every_push_is_read_as_it_was_written(
        token in proptest::collection::vec(any::<u8>(), 16..=128),
        magic in "\\PC{1,40}",
        topic in "[!-~]{1,256}",
        now in 0_i64..4_000_000_000,
    ) {
        let now = OffsetDateTime::from_unix_timestamp(now).unwrap();
        let push = Push::new(&token, &magic, &topic, now).unwrap();
        let headers = push.headers();
        let find = |name: &str| headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
        prop_assert!(Push::read(&push.path(), find, &push.body()) == Ok(push.clone()));
    }

    #[test]
    fn every_answer_is_read(status: u16, pause in proptest::option::of(".{0,20}"), body: Vec<u8>) {
        let _ = Answer::read(status, pause.as_deref(), &body).verdict();
    }
}

fn verdict(status: u16, reason: &str) -> Verdict {
    Answer::read(status, None, format!(r#"{{"reason":"{reason}"}}"#).as_bytes()).verdict()
}

#[test]
fn a_dead_token_a_wrong_topic_and_a_bad_certificate_are_told_apart() {
    assert_eq!(Answer::read(200, None, b"").verdict(), Verdict::Accepted);
    let since = Some(datetime!(2026-11-20 08:00 UTC));
    let gone = Answer::read(410, None, br#"{"reason":"Unregistered","timestamp":1795161600999}"#);
    assert_eq!(gone.verdict(), Verdict::TokenDead { since });
    assert_eq!(verdict(410, "ExpiredToken"), Verdict::TokenDead { since: None });
    assert_eq!(Answer::read(410, None, b"<html>").verdict(), Verdict::TokenDead { since: None });
    assert_eq!(verdict(400, "DeviceTokenNotForTopic"), Verdict::OtherTopic);
    assert_eq!(verdict(400, "BadDeviceToken"), Verdict::OtherTopic);
    for reason in ["BadCertificate", "BadCertificateEnvironment", "Forbidden"] {
        assert_eq!(verdict(403, reason), Verdict::OurCertificate, "{reason}");
    }
    assert_eq!(verdict(400, "TopicDisallowed"), Verdict::OurCertificate);
    for (status, reason) in
        [(400, "BadExpirationDate"), (404, "BadPath"), (405, "MethodNotAllowed"), (413, "PayloadTooLarge")]
    {
        assert_eq!(verdict(status, reason), Verdict::Refused, "{reason}");
    }
}

#[test]
fn what_may_pass_is_tried_again_after_the_pause_that_was_asked_for() {
    let later = Verdict::Later { after: None };
    assert_eq!(verdict(400, "IdleTimeout"), later);
    assert_eq!(verdict(500, "InternalServerError"), later);
    assert_eq!(verdict(503, "Shutdown"), later);
    assert_eq!(Answer::read(302, None, b"").verdict(), later);
    let pause = |said| Answer::read(429, Some(said), b"").retry_after;
    assert_eq!(pause(" 30 "), Some(Duration::from_secs(30)));
    assert_eq!(pause("18446744073709551615"), Some(MAX_RETRY_AFTER));
    for none in ["", "-1", "tomorrow"] {
        assert_eq!(pause(none), None, "{none}");
    }
}

#[test]
fn an_answer_keeps_only_words() {
    let reason = |body: &str| Answer::read(400, None, body.as_bytes()).reason;
    assert_eq!(reason(r#"{"reason":"BadTopic"}"#).as_deref(), Some("BadTopic"));
    assert_eq!(reason(r#"{"reason":"a line\nand another"}"#), None);
    assert_eq!(reason(&format!(r#"{{"reason":"{}"}}"#, "x".repeat(65))), None);
}

#[test]
fn an_answer_is_read_as_it_was_written() {
    let since = Some(datetime!(2026-11-20 08:00 UTC));
    let gone = Answer { status: 410, reason: Some("Unregistered".to_owned()), since, retry_after: None };
    assert_eq!(Answer::read(410, None, &gone.body()), gone);
}
