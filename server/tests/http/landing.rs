//! The page that invited people open.

use crate::harness::{Server, by_token, facts, text};
use domain::{actor::Actor, invitation::InvitationState};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use service::{Invite, enrollment::landing::Landing};
use std::time::Duration;

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
    assert!(server.rollcall.writes_mails_to_files(), "this test has no mail server");
}

/// How many devices a page shows.
async fn devices(server: &Server, token: &str) -> usize {
    match server.rollcall.landing(token).await.unwrap() {
        Landing::Active(shown) => shown.devices.len(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_page_shows_the_devices_of_its_own_invitation_that_still_count() {
    let server = Server::start().await;
    let first = server.invite("ada@example.com").await;
    server.enroll(&first.token, 1).await;
    assert_eq!(devices(&server, &first.token).await, 1);
    // The same hardware, after a factory reset.
    server.clock.advance(Duration::from_hours(1));
    let mut again = by_token(&first.token, 2);
    again["device"]["serial"] = json!("SER-1");
    server.try_enroll(&again).await;
    again = by_token(&first.token, 3);
    again["device"]["serial"] = json!("SER-1");
    server.try_enroll(&again).await;
    assert_eq!(devices(&server, &first.token).await, 2);
    let second = server.invite("ada@example.com").await;
    assert_eq!(devices(&server, &second.token).await, 0);
}

#[tokio::test]
async fn each_invitation_is_returned_with_its_own_row() {
    let server = Server::start().await;
    let mut slots = Vec::new();
    for installation in 1..=3 {
        let invited = server.invite("ada@example.com").await;
        assert!(server.state_of(invited.invitation).await.is_active());
        let row = server.rollcall.slot(invited.slot).await.unwrap().item.row;
        assert_eq!((row.invitation_id, row.device.is_none()), (invited.invitation, true));
        slots.push(invited.slot);
        server.enroll(&invited.token, installation).await;
    }
    slots.dedup();
    assert_eq!(slots.len(), 3);
}

#[tokio::test]
async fn a_row_offers_credentials_while_they_enroll_and_nothing_is_enrolled() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let offers = async || server.rollcall.slot(invited.slot).await.unwrap().item.shows_credentials;
    assert!(offers().await);
    let phone = server.enroll(&invited.token, 1).await;
    assert!(offers().await, "pending");
    server.inventory(&phone, &facts()).await;
    server.progress(&phone, &json!({"step": "done"})).await;
    assert!(!offers().await, "enrolled");
    let other = server.invite("bob@example.com").await;
    server.enroll(&other.token, 2).await;
    server.rollcall.deactivate(Actor::System, other.invitation).await.unwrap();
    assert!(!server.rollcall.slot(other.slot).await.unwrap().item.shows_credentials, "deactivated");
}

#[tokio::test]
async fn a_head_request_is_not_even_noted() {
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
    // What browsers without Sec-Fetch-Site send for a page with “no-referrer”.
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
        assert!(!text.contains("ada"), "an inactive link shows nothing about the person");
        assert!(!texts[at + 1..].contains(text), "two kinds of invitation look the same");
    }
}

#[tokio::test]
async fn a_link_opens_the_page_with_what_a_mail_program_left_at_its_end() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let token = &invited.token;
    let upper = token.to_uppercase();
    for tail in ["/", ".", ")", ",", "]", "%3E", ";", "%2E", ".html", "!", "%22", "%E2%80%9D", "%20", "?utm_source=x"] {
        for token in [token, &upper] {
            let page = server.get(&format!("/e/{token}{tail}")).send().await.unwrap();
            assert_eq!(page.status(), StatusCode::OK, "{tail}");
            assert!(page.text().await.unwrap().contains(&format!("action=\"/e/{}\"", invited.token)), "{tail}");
        }
    }
    let form = [("ownership", "personal"), ("platform", "android")];
    let reply = server.post(&format!("/e/{token}.html")).form(&form).send().await.unwrap();
    assert_eq!(reply.headers()["location"].to_str().unwrap(), format!("/e/{token}?mine=1"));
    for cut in [&token[1..], &format!("{token}a"), &format!(".{token}")] {
        assert_eq!(server.get(&format!("/e/{cut}")).send().await.unwrap().status(), StatusCode::NOT_FOUND, "{cut}");
    }
}

#[tokio::test]
async fn a_second_phone_is_offered_its_own_enrollment() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    server.inventory(&phone, &facts()).await;
    server.progress(&phone, &json!({"step": "done"})).await;
    let page = async |query: &str| {
        let path = format!("/e/{}{query}", invited.token);
        server.get(&path).send().await.unwrap().text().await.unwrap()
    };
    let (followed, opened) = (page("?mine=1").await, page("").await);
    assert!(followed.contains("You’re done"), "{followed}");
    assert!(!opened.contains("You’re done") && opened.contains("Enroll this device"), "{opened}");
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
async fn a_page_is_in_the_persons_language_or_without_a_person_the_browsers() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let hostile = format!("<script>,{}cs;q=0.5", "fr;q=0.9,".repeat(1000));
    let unknown = "a".repeat(32);
    for (token, query, accepted, expected) in [
        (invited.token.as_str(), "", "de", "en"),
        (&invited.token, "?lang=cs", "de", "cs"),
        (&invited.token, "?lang=<script>", "de", "en"),
        (&unknown, "", "de-AT,de;q=0.9", "de"),
        (&unknown, "?lang=cs", "de", "cs"),
        (&unknown, "", &hostile, "en"),
    ] {
        let page = server.get(&format!("/e/{token}{query}")).header("accept-language", accepted).send().await.unwrap();
        let html = page.text().await.unwrap();
        assert!(html.contains(&format!("<html lang=\"{expected}\">")), "{query} {accepted:.20}: {html}");
        assert!(!html.contains("<script>"), "{html}");
    }
}

#[tokio::test]
async fn a_chosen_language_survives_the_form_and_the_end_of_the_invitation() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let path = format!("/e/{}?lang=de", invited.token);
    let answered = [("ownership", "personal"), ("platform", "android")];
    for (form, expected) in [(&answered[..], "?mine=1&lang=de"), (&answered[..1], "?change=1&incomplete=1&lang=de")] {
        let reply = server.post(&path).form(form).send().await.unwrap();
        assert!(reply.headers()["location"].to_str().unwrap().ends_with(expected), "{:?}", reply.headers());
    }
    let status = format!("/e/{}/status?lang=de", invited.token);
    let status_text = async || text(&server.get(&status).send().await.unwrap().json::<Value>().await.unwrap(), "text");
    assert_eq!(status_text().await, "Wir warten auf Ihr Smartphone …");
    server.rollcall.deactivate(Actor::System, invited.invitation).await.unwrap();
    assert_eq!(status_text().await, "Diese Einladung wurde deaktiviert.");
}

#[tokio::test]
async fn the_files_of_the_page_are_cached_forever() {
    let server = Server::start().await;
    for (path, kind) in [("/landing.css", "text/css; charset=utf-8"), ("/landing.js", "text/javascript; charset=utf-8")]
    {
        let file = server.get(path).send().await.unwrap();
        assert_eq!(file.headers()["content-type"], kind);
        assert!(file.headers()["cache-control"].to_str().unwrap().contains("immutable"));
    }
}

#[tokio::test]
async fn an_invitation_ends_at_its_end() {
    let server = Server::start().await;
    let expires_at = Some(server.rollcall.clock().now().plus_seconds(3600));
    let invited = server.invite_with("ada@example.com", Invite { send: false, expires_at }).await;
    let is_active = async || server.rollcall.invitation(invited.invitation).await.unwrap().invitation.state.is_active();
    server.clock.advance(Duration::from_secs(3599));
    server.rollcall.sweep().await.unwrap();
    assert!(is_active().await);
    server.clock.advance(Duration::from_secs(1));
    server.rollcall.sweep().await.unwrap();
    assert!(!is_active().await);
}
