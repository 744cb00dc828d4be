//! Limits on guessing PINs, and who they do not keep out.

use crate::harness::{Server, by_pin, by_token};
use futures::future::join_all;
use reqwest::StatusCode;
use serde_json::Value;

async fn enroll_from(server: &Server, address: &str, body: &Value) -> StatusCode {
    let request = server.post("/agent/v1/enroll").header("x-forwarded-for", address).json(body);
    request.send().await.unwrap().status()
}

/// A PIN that is not the right one, another one for each `n`.
fn other_pin(pin: &str, n: u32) -> String {
    let right: u32 = pin.replace(' ', "").parse().unwrap();
    format!("{:08}", (right + 1 + n) % 100_000_000)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_guesses_at_once_from_everywhere_five_are_looked_at() {
    let server = Server::start_behind_proxy().await;
    let invited = server.invite("ada@example.com").await;
    let guesses = (0..200_u32).map(|n| {
        let (address, body) = (format!("10.{n}.0.7"), by_pin(&invited.email, &other_pin(&invited.pin, n), n.into()));
        let server = &server;
        async move { enroll_from(server, &address, &body).await }
    });
    let statuses = join_all(guesses).await;
    assert_eq!(statuses.iter().filter(|status| **status == StatusCode::UNAUTHORIZED).count(), 5);
    assert_eq!(statuses.iter().filter(|status| **status == StatusCode::TOO_MANY_REQUESTS).count(), 195);
    let right = by_pin(&invited.email, &invited.pin, 999);
    assert_eq!(enroll_from(&server, "10.250.0.7", &right).await, StatusCode::TOO_MANY_REQUESTS);
    let other = server.invite("bob@example.com").await;
    let right = by_pin(&other.email, &other.pin, 999);
    assert_eq!(enroll_from(&server, "10.250.0.7", &right).await, StatusCode::CREATED);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn right_pins_at_once_are_all_let_in() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    // The same device each time: what is tested is the limit.
    let body = by_pin(&invited.email, &invited.pin, 1);
    let statuses = join_all((0..20).map(|_| enroll_from(&server, "", &body))).await;
    assert!(!statuses.contains(&StatusCode::TOO_MANY_REQUESTS), "{statuses:?}");
}

#[tokio::test]
async fn wrong_tokens_and_wrong_pins_do_not_keep_right_tokens_out() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    for n in 0..40 {
        let wrong = by_token(&format!("{n:032}").replace('0', "a"), n);
        assert_eq!(enroll_from(&server, "", &wrong).await, StatusCode::UNAUTHORIZED);
    }
    for n in 0..30 {
        let wrong = by_pin(&format!("nobody{n}@example.com"), "00000001", n);
        assert_eq!(enroll_from(&server, "", &wrong).await, StatusCode::UNAUTHORIZED);
    }
    let right = by_pin(&invited.email, &invited.pin, 1);
    assert_eq!(enroll_from(&server, "", &right).await, StatusCode::TOO_MANY_REQUESTS, "PINs of this network");
    assert_eq!(enroll_from(&server, "", &by_token(&invited.token, 1)).await, StatusCode::CREATED);
}

#[tokio::test]
async fn what_is_no_pin_is_no_guess() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    for n in 0..40 {
        let typo = by_pin(&invited.email, "1234567", n);
        assert_eq!(enroll_from(&server, "", &typo).await, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(enroll_from(&server, "", &by_pin(&invited.email, &invited.pin, 1)).await, StatusCode::CREATED);
}

#[tokio::test]
async fn one_ipv6_site_cannot_take_everybodys_places() {
    let server = Server::start_behind_proxy().await;
    let invited = server.invite("ada@example.com").await;
    // Each guess comes from another network of the site, and is for another email: no other limit is near.
    for n in 0..300 {
        let wrong = by_pin(&format!("nobody{n}@example.com"), "00000001", n);
        assert_eq!(enroll_from(&server, &format!("2001:db8:1:{n:x}::1"), &wrong).await, StatusCode::UNAUTHORIZED);
    }
    let right = by_pin(&invited.email, &invited.pin, 1);
    assert_eq!(enroll_from(&server, "2001:db8:1:ffff::1", &right).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(enroll_from(&server, "2001:db8:2::1", &right).await, StatusCode::CREATED);
}
