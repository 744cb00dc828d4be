//! Signing in, cookies, and what needs a session.

use crate::harness::{ADMIN, PASSWORD, Server, cookie_of, problem};
use reqwest::StatusCode;
use serde_json::json;

#[tokio::test]
async fn signing_in_gives_a_cookie_that_scripts_cannot_read() {
    let server = Server::start().await;
    server.rollcall.create_account(ADMIN, PASSWORD).await.unwrap();
    let reply = server.sign_in(ADMIN, PASSWORD).await;
    assert!(reply.status().is_redirection(), "{}", reply.status());
    assert_eq!(reply.headers()["location"], "/people");
    let cookie = reply.headers()["set-cookie"].to_str().unwrap().to_owned();
    for flag in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(flag), "{cookie}");
    }
    assert!(cookie.starts_with("rollcall=") && !cookie.contains("Secure"), "plain http on loopback: {cookie}");
    let page = server.get("/devices").header("cookie", cookie_of(&reply)).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);
    assert_eq!(page.headers()["cache-control"], "no-store");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_account_look_the_same() {
    let server = Server::start().await;
    server.rollcall.create_account(ADMIN, PASSWORD).await.unwrap();
    let mut answers = Vec::new();
    for email in [ADMIN, "nobody@example.com"] {
        let form = [("email", email), ("password", "wrong wrong wrong")];
        let reply = server
            .post("/fn/account/sign-in")
            .header("sec-fetch-site", "same-origin")
            .header("accept", "application/json")
            .form(&form)
            .send()
            .await
            .unwrap();
        assert!(!reply.headers().contains_key("set-cookie"));
        answers.push((reply.status(), reply.text().await.unwrap()));
    }
    assert!(!answers[0].0.is_success());
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn guessing_a_password_is_stopped() {
    let server = Server::start().await;
    server.rollcall.create_account(ADMIN, PASSWORD).await.unwrap();
    for _ in 0..10 {
        server.sign_in(ADMIN, "wrong wrong wrong").await;
    }
    let reply = server.sign_in(ADMIN, PASSWORD).await;
    assert_eq!(reply.headers()["location"], "/sign-in?next=%2Fpeople&failed=attempts");
    assert!(!cookie_of(&reply).starts_with("rollcall="));
}

#[tokio::test]
async fn a_page_without_a_session_leads_to_sign_in_and_back() {
    let server = Server::start().await;
    let reply = server.get("/devices?status=sent&search=a%26b").send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::SEE_OTHER);
    assert_eq!(reply.headers()["location"], "/sign-in?next=/devices?status=sent%26search=a%2526b");
    let cookie = server.signed_in().await;
    let sign_in = reply.headers()["location"].to_str().unwrap();
    let back = server.get(sign_in).header("cookie", &cookie).send().await.unwrap();
    assert_eq!(back.headers()["location"], "/devices?status=sent&search=a%26b");
    let evil = server.get("/sign-in?next=//evil.example/").header("cookie", &cookie).send().await.unwrap();
    assert_eq!(evil.headers()["location"], "/devices");
}

#[tokio::test]
async fn another_site_cannot_use_a_signed_in_browser() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    let request = || server.post("/fn/people/add").header("cookie", &cookie).json(&json!({}));
    let cross = request().header("sec-fetch-site", "cross-site").send().await.unwrap();
    problem(cross, 403, "cross_site_request").await;
    let old_browser = request().header("origin", "https://evil.example").send().await.unwrap();
    problem(old_browser, 403, "cross_site_request").await;
    let own = request().header("sec-fetch-site", "same-origin").send().await.unwrap();
    assert_ne!(own.status(), StatusCode::FORBIDDEN);
    let own_origin = request().header("origin", &server.base).send().await.unwrap();
    assert_ne!(own_origin.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn signing_in_ends_the_earlier_session_of_the_browser() {
    let server = Server::start().await;
    let (earlier, other) = (server.signed_in().await, cookie_of(&server.sign_in(ADMIN, PASSWORD).await));
    let form = server.post("/fn/account/sign-in").header("cookie", &earlier).header("accept", "text/html");
    let form = form.header("sec-fetch-site", "same-origin").form(&[("email", ADMIN), ("password", PASSWORD)]);
    let now = cookie_of(&form.send().await.unwrap());
    let open = async |cookie: &str| server.get("/devices").header("cookie", cookie).send().await.unwrap().status();
    assert_eq!(open(&earlier).await, StatusCode::SEE_OTHER);
    assert_eq!(open(&now).await, StatusCode::OK);
    assert_eq!(open(&other).await, StatusCode::OK, "that of another browser");
}

#[tokio::test]
async fn a_forged_or_revoked_cookie_opens_nothing() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    let open = |cookie: String| server.get("/devices").header("cookie", cookie).send();
    assert_eq!(open("rollcall=0000".to_owned()).await.unwrap().status(), StatusCode::SEE_OTHER);
    assert_eq!(open(cookie.clone()).await.unwrap().status(), StatusCode::OK);
    server.rollcall.sign_out(cookie.split_once('=').unwrap().1, None).await.unwrap();
    assert_eq!(open(cookie).await.unwrap().status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_unknown_address_is_404_for_a_signed_in_browser() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    let page = server.get("/nowhere").header("cookie", cookie).header("accept", "text/html").send().await.unwrap();
    assert_eq!(page.status(), StatusCode::NOT_FOUND);
    assert!(page.text().await.unwrap().contains("<html"));
    let file = server.get("/favicon.ico").send().await.unwrap();
    assert_eq!(file.status(), StatusCode::NOT_FOUND);
}
