//! The page that invited people open.

use crate::harness::{Server, facts, text};
use domain::{invitation::InvitationState, journal::Actor};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

#[tokio::test]
async fn a_dozen_fetches_by_a_mail_scanner_leave_an_invitation_sent() {
    let server = Server::start().await;
    let invited = server.invite_by_mail("ada@example.com").await;
    assert_eq!(server.state_of(invited.invitation).await, InvitationState::Sent);
    let path = format!("/e/{}", invited.token);
    for _ in 0..12 {
        let page = server.get(&path).header("user-agent", "Mail Scanner/1.0").send().await.unwrap();
        assert_eq!(page.status(), StatusCode::OK);
        let head = server.request(Method::HEAD, &path).send().await.unwrap();
        assert_eq!(head.status(), StatusCode::OK);
        server.get(&format!("{path}/status")).send().await.unwrap();
    }
    assert_eq!(server.state_of(invited.invitation).await, InvitationState::Sent);
    let row = server.rollcall.invitation(invited.invitation).await.unwrap();
    assert!(row.invitation.fetched_at.is_some());
}

#[tokio::test]
async fn a_look_by_head_is_not_even_noted() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    server.request(Method::HEAD, &format!("/e/{}", invited.token)).send().await.unwrap();
    let row = server.rollcall.invitation(invited.invitation).await.unwrap();
    assert_eq!(row.invitation.fetched_at, None);
}

#[tokio::test]
async fn a_sign_of_a_person_opens_the_invitation() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let seen = server.post(&format!("/e/{}/seen", invited.token)).send().await.unwrap();
    assert_eq!(seen.status(), StatusCode::NO_CONTENT);
    assert_eq!(server.state_of(invited.invitation).await, InvitationState::Opened);
}

#[tokio::test]
async fn accepting_works_without_javascript_and_from_old_browsers() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let path = format!("/e/{}", invited.token);
    let accept = || server.post(&path).form(&[("ownership", "personal"), ("platform", "android")]);
    // What browsers that know no Sec-Fetch-Site send for a page with “no-referrer”.
    let reply = accept().header("origin", "null").send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::SEE_OTHER);
    assert!(reply.headers()["location"].to_str().unwrap().starts_with(&path));
    let row = server.rollcall.invitation(invited.invitation).await.unwrap();
    assert_eq!(row.invitation.acceptance.map(|chosen| chosen.platform.as_str()), Some("android"));
    let cross = accept().header("origin", "null").header("sec-fetch-site", "cross-site").send().await.unwrap();
    assert_eq!(cross.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_incomplete_form_accepts_nothing() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let path = format!("/e/{}", invited.token);
    for form in [vec![], vec![("ownership", "company")], vec![("ownership", "company"), ("platform", "toaster")]] {
        let reply = server.post(&path).form(&form).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::SEE_OTHER);
    }
    assert_eq!(server.state_of(invited.invitation).await, InvitationState::Created);
}

#[tokio::test]
async fn each_kind_of_invitation_has_its_own_page_and_status() {
    let server = Server::start().await;
    let replaced = server.invite("ada@example.com").await;
    let manual = server.invite("ada@example.com").await;
    let page = |token: &str| server.get(&format!("/e/{token}")).send();
    let mut pages = Vec::new();
    pages.push(page(&manual.token).await.unwrap());
    server.rollcall.deactivate(Actor::System, manual.invitation).await.unwrap();
    pages.push(page(&replaced.token).await.unwrap());
    pages.push(page(&manual.token).await.unwrap());
    pages.push(page(&"a".repeat(32)).await.unwrap());
    let statuses: Vec<u16> = pages.iter().map(|page| page.status().as_u16()).collect();
    assert_eq!(statuses, [200, 410, 410, 404]);
    let mut texts = Vec::new();
    for page in pages {
        let headers = page.headers().clone();
        assert_eq!(headers["cache-control"], "no-store");
        assert_eq!(headers["referrer-policy"], "no-referrer");
        assert_eq!(headers["x-robots-tag"], "noindex");
        assert!(headers["content-security-policy"].to_str().unwrap().contains("script-src 'self'"));
        texts.push(page.text().await.unwrap());
    }
    for (at, text) in texts.iter().enumerate().skip(1) {
        assert!(!text.contains("ada"), "an inactive link tells nothing about the person");
        assert!(!texts[at + 1..].contains(text), "two kinds of invitation look the same");
    }
}

#[tokio::test]
async fn the_page_follows_the_enrollment() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let path = format!("/e/{}/status", invited.token);
    let state = async || text(&server.get(&path).send().await.unwrap().json::<Value>().await.unwrap(), "state");
    assert_eq!(state().await, "waiting");
    let phone = server.enroll(&invited.token, 1).await;
    assert_eq!(state().await, "pending");
    server.inventory(&phone, &facts()).await;
    assert_eq!(state().await, "enrolling");
    server.progress(&phone, &json!({"step": "done"})).await;
    assert_eq!(state().await, "done");
    server.rollcall.deactivate(Actor::System, invited.invitation).await.unwrap();
    assert_eq!(state().await, "inactive");
    let unknown = server.get("/e/none/status").send().await.unwrap();
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_files_of_the_page_are_kept_for_ever() {
    let server = Server::start().await;
    for (path, kind) in [("/landing.css", "text/css; charset=utf-8"), ("/landing.js", "text/javascript; charset=utf-8")]
    {
        let file = server.get(path).send().await.unwrap();
        assert_eq!(file.headers()["content-type"], kind);
        assert!(file.headers()["cache-control"].to_str().unwrap().contains("immutable"));
    }
}
