//! Limits on guessing passwords, and who they do not keep out.

use crate::harness::{ADMIN, PASSWORD, Server, cookie_of};
use futures::future::join_all;
use reqwest::{Response, StatusCode};
use std::time::Duration;

const WRONG: &str = "wrong wrong wrong";

/// Signs in as a script does, from an address.
async fn sign_in_from(server: &Server, address: &str, cookie: &str, email: &str, password: &str) -> Response {
    server
        .post("/fn/account/sign-in")
        .header("sec-fetch-site", "same-origin")
        .header("accept", "application/json")
        .header("x-forwarded-for", address)
        .header("cookie", cookie)
        .form(&[("email", email), ("password", password)])
        .send()
        .await
        .unwrap()
}

fn is_let_in(reply: &Response) -> bool {
    reply.headers().get_all("set-cookie").iter().any(|cookie| cookie.to_str().unwrap().starts_with("rollcall="))
}

/// The cookie by which the browser is known from now on.
fn known_cookie(reply: &Response) -> String {
    let mut cookies = reply.headers().get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap());
    cookies.find(|cookie| cookie.starts_with("rollcall-known=")).unwrap().split(';').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_fifty_guesses_at_once_ten_are_judged_at_most() {
    let server = Server::start_behind_proxy().await;
    server.rollcall.create_account(ADMIN, PASSWORD).await.unwrap();
    let guesses = (0..50).map(|_| sign_in_from(&server, "198.51.100.7", "", ADMIN, WRONG));
    let statuses: Vec<_> = join_all(guesses).await.iter().map(Response::status).collect();
    let judged = statuses.iter().filter(|status| **status == StatusCode::CONFLICT).count();
    assert!((1..=10).contains(&judged), "{statuses:?}");
    let refused = [StatusCode::CONFLICT, StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE];
    assert!(statuses.iter().all(|status| refused.contains(status)), "{statuses:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_line_is_answered_at_once_and_says_when_to_come_back() {
    let server = Server::start_behind_proxy().await;
    let guesses = (0..40).map(|n| {
        let (server, email) = (&server, format!("nobody{n}@example.com"));
        async move { sign_in_from(server, "198.51.100.7", "", &email, WRONG).await }
    });
    let replies = join_all(guesses).await;
    let full: Vec<_> = replies.iter().filter(|reply| reply.status() == StatusCode::SERVICE_UNAVAILABLE).collect();
    assert!(!full.is_empty());
    assert!(full.iter().all(|reply| reply.headers()["retry-after"] == "2"));
}

#[tokio::test]
async fn a_known_browser_signs_in_whatever_others_guess() {
    let server = Server::start_behind_proxy().await;
    server.rollcall.create_account(ADMIN, PASSWORD).await.unwrap();
    let first = sign_in_from(&server, "198.51.100.7", "", ADMIN, PASSWORD).await;
    let known = known_cookie(&first);
    server.rollcall.create_account("other@example.com", PASSWORD).await.unwrap();
    let of_other = known_cookie(&sign_in_from(&server, "198.51.100.7", "", "other@example.com", PASSWORD).await);
    // 10 wrong passwords from each of 10 networks, one of them the admin's own: strangers are locked out everywhere.
    for network in 0..11 {
        for _ in 0..10 {
            sign_in_from(&server, &format!("198.51.{}.9", 100 + network), "", ADMIN, WRONG).await;
        }
    }
    let stranger = sign_in_from(&server, "203.0.113.1", "", ADMIN, PASSWORD).await;
    assert_eq!(stranger.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(is_let_in(&sign_in_from(&server, "198.51.100.7", &known, ADMIN, PASSWORD).await));
    // The cookie opens nothing, is for one account, and has a limit of its own.
    for cookie in [known.replace('.', "0."), of_other] {
        assert!(!is_let_in(&sign_in_from(&server, "203.0.113.1", &cookie, ADMIN, PASSWORD).await), "{cookie}");
    }
    for _ in 0..10 {
        let wrong = sign_in_from(&server, "203.0.113.1", &known, ADMIN, WRONG).await;
        assert_eq!(wrong.status(), StatusCode::CONFLICT);
    }
    let guessing = sign_in_from(&server, "203.0.113.1", &known, ADMIN, PASSWORD).await;
    assert_eq!(guessing.status(), StatusCode::TOO_MANY_REQUESTS);
    server.clock.advance(Duration::from_mins(15));
    assert!(is_let_in(&sign_in_from(&server, "203.0.113.1", "", ADMIN, PASSWORD).await));
}

#[tokio::test]
async fn a_password_that_is_too_long_locks_nobody_out() {
    let server = Server::start_behind_proxy().await;
    server.rollcall.create_account(ADMIN, PASSWORD).await.unwrap();
    let long = "x".repeat(2000);
    for n in 0..120 {
        let reply = sign_in_from(&server, &format!("198.51.{}.9", n % 12), "", ADMIN, &long).await;
        assert_eq!(reply.status(), StatusCode::CONFLICT);
    }
    assert!(is_let_in(&sign_in_from(&server, "198.51.0.9", "", ADMIN, PASSWORD).await));
}

#[tokio::test]
async fn addresses_of_one_ipv6_network_count_together() {
    let server = Server::start_behind_proxy().await;
    server.rollcall.create_account(ADMIN, PASSWORD).await.unwrap();
    for n in 0..10 {
        sign_in_from(&server, &format!("2001:db8::{n}"), "", ADMIN, WRONG).await;
    }
    let same = sign_in_from(&server, "2001:db8::ffff:1", "", ADMIN, PASSWORD).await;
    assert_eq!(same.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(is_let_in(&sign_in_from(&server, "2001:db8:0:1::1", "", ADMIN, PASSWORD).await));
}

#[tokio::test]
async fn after_a_failure_the_email_is_in_the_form_and_not_in_the_url() {
    let server = Server::start().await;
    let reply = server.sign_in("Ada.Secret+x@example.com", WRONG).await;
    let place = reply.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(place, "/sign-in?next=%2Fpeople&failed=credentials");
    let form = server.get(&place).header("cookie", cookie_of(&reply)).send().await.unwrap().text().await.unwrap();
    assert!(form.contains("value=\"Ada.Secret+x@example.com\""), "{form}");
    assert!(form.contains("Email or password is incorrect."), "{form}");
    // A header holds no more than 4 kB.
    let reply = server.sign_in(&"ř".repeat(20_000), WRONG).await;
    assert!(cookie_of(&reply).len() < 4096);
}
