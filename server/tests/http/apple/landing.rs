//! The page of an invitation on an iPhone, from the choice to the enrolled phone.

use super::phone::IPhone;
use crate::harness::{Invited, Server};
use domain::{actor::Actor, slot::attention::Cause};
use reqwest::StatusCode;
use serde_json::Value;
use std::time::Duration;

const CHROME: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) CriOS/130.0 Mobile/15E148 Safari/604.1";
const LANGUAGES: [&str; 3] = ["en", "de", "cs"];

/// The state and the sentence of the page in a language.
async fn status_in(server: &Server, invited: &Invited, language: &str) -> (String, String) {
    let path = format!("/e/{}/status?lang={language}", invited.token);
    let status: Value = server.get(&path).send().await.unwrap().json().await.unwrap();
    let field = |name: &str| status[name].as_str().unwrap().to_owned();
    (field("state"), field("text"))
}

async fn status(server: &Server, invited: &Invited) -> String {
    status_in(server, invited, "en").await.1
}

async fn page(server: &Server, invited: &Invited, user_agent: &str, language: &str) -> String {
    let path = format!("/e/{}?mine=1&lang={language}", invited.token);
    server.get(&path).header("user-agent", user_agent).send().await.unwrap().text().await.unwrap()
}

#[tokio::test]
async fn the_page_tells_each_step_from_the_profile_to_the_enrolled_phone() {
    let server = Server::start_for_phones().await;
    let invited = server.invite("p@example.com").await;
    server.accept(&invited, "company", "ios").await;
    assert_eq!(status(&server, &invited).await, "Waiting for your iPhone…");

    // A mail scanner is no phone.
    server.get(&format!("/e/{}/profile", invited.token)).header("user-agent", "Scanner").send().await.unwrap();
    assert_eq!(status(&server, &invited).await, "Waiting for your iPhone…");

    server.profile(&invited.token).await;
    assert!(status(&server, &invited).await.ends_with("within 8 minutes."), "{}", status(&server, &invited).await);
    server.clock.advance(Duration::from_secs(61));
    assert!(status(&server, &invited).await.ends_with("within 7 minutes."), "{}", status(&server, &invited).await);
    server.clock.advance(Duration::from_mins(7));
    assert!(status(&server, &invited).await.contains("Get it again"), "{}", status(&server, &invited).await);

    // It begins again with another download.
    let file = server.profile(&invited.token).await.bytes().await.unwrap();
    assert!(status(&server, &invited).await.ends_with("within 8 minutes."));
    let mut phone = IPhone::of_profile(&server, &file, 0).await;
    assert!(status(&server, &invited).await.ends_with("is installing the profile…"));
    server.clock.advance(Duration::from_mins(5) - Duration::from_secs(1));
    assert!(status(&server, &invited).await.ends_with("is installing the profile…"));
    server.clock.advance(Duration::from_secs(1));
    assert!(status(&server, &invited).await.ends_with("did not finish installing the profile. Get it again."));

    phone.authenticate().await;
    assert!(status(&server, &invited).await.starts_with("Your iPhone connected, but setup has not continued yet."));
    phone.tell_address().await;
    assert_eq!(status_in(&server, &invited, "en").await.0, "enrolling");
    phone.answer_all().await;
    assert_eq!(status_in(&server, &invited, "en").await.0, "done");
}

#[tokio::test]
async fn every_step_has_words_of_its_own_in_every_language() {
    let server = Server::start_for_phones().await;
    let invited = server.invite("p@example.com").await;
    server.accept(&invited, "company", "ios").await;
    let mut steps: Vec<Vec<String>> = Vec::new();
    let words = async || {
        let mut words = Vec::new();
        for language in LANGUAGES {
            words.push(status_in(&server, &invited, language).await.1);
        }
        words
    };
    steps.push(words().await);
    server.profile(&invited.token).await;
    steps.push(words().await);
    server.clock.advance(Duration::from_mins(8));
    steps.push(words().await);
    let file = server.profile(&invited.token).await.bytes().await.unwrap();
    IPhone::of_profile(&server, &file, 0).await;
    steps.push(words().await);
    server.clock.advance(Duration::from_mins(5));
    steps.push(words().await);
    for (at, words) in steps.iter().enumerate() {
        let others = steps.iter().enumerate().filter(|(other, _)| *other != at);
        let all: Vec<&String> = others.flat_map(|(_, words)| words).chain(words).collect();
        for word in words {
            assert_eq!(all.iter().filter(|known| **known == word).count(), 1, "{word}");
        }
    }
}

#[tokio::test]
async fn without_a_push_certificate_the_page_says_so_in_every_language() {
    let server = Server::start().await;
    let invited = server.invite("p@example.com").await;
    server.accept(&invited, "company", "ios").await;
    let others = ["Choose another device", "Ein anderes Gerät wählen", "Vybrat jiné zařízení"];
    for (language, other) in LANGUAGES.into_iter().zip(others) {
        let html = page(&server, &invited, CHROME, language).await;
        assert!(html.contains(&format!(">{other}")), "{html}");
        assert!(!html.contains("/profile"), "{html}");
    }
    server.upload(super::phone::TOPIC, "").await.unwrap();
    let html = page(&server, &invited, CHROME, "en").await;
    assert!(html.contains("/profile") && html.contains("x-safari-"), "{html}");
}

#[tokio::test]
async fn the_profile_of_a_dead_link_is_the_page_that_says_why() {
    let server = Server::start_for_phones().await;
    let invited = server.invite("p@example.com").await;
    let path = format!("/e/{}/profile", invited.token);
    server.accept(&invited, "company", "ios").await;
    server.rollcall.deactivate(Actor::System, invited.invitation).await.unwrap();
    let unknown = path.replace(&invited.token[..4], "aaaa");
    for (path, status) in [(path, StatusCode::GONE), (unknown, StatusCode::NOT_FOUND)] {
        let answer = server.get(&path).header("user-agent", CHROME).send().await.unwrap();
        assert_eq!(answer.status(), status);
        assert_eq!(answer.headers()["cache-control"], "no-store");
        let page = server.get(path.trim_end_matches("/profile")).send().await.unwrap();
        assert_eq!(page.status(), status);
        let (html, page) = (answer.text().await.unwrap(), page.text().await.unwrap());
        assert!(html.contains("<h1>") && html == page, "{html}");
    }
}

/// Why the row of an invitation is stuck.
async fn cause(server: &Server, invited: &Invited) -> Option<Cause> {
    server.rollcall.slot(invited.slot).await.unwrap().item.attention.map(|attention| attention.cause)
}

#[tokio::test]
async fn who_chose_an_iphone_before_there_is_a_push_certificate_is_seen_until_there_is_one() {
    let server = Server::start().await;
    let invited = server.invite("p@example.com").await;
    server.accept(&invited, "company", "android").await;
    assert_eq!(cause(&server, &invited).await, None);
    server.accept(&invited, "company", "ios").await;
    assert_eq!(cause(&server, &invited).await, Some(Cause::PushCertificate));
    server.accept(&invited, "company", "linux").await;
    assert_eq!(cause(&server, &invited).await, None);
    server.accept(&invited, "company", "ipados").await;
    let others = server.invite("q@example.com").await;
    server.accept(&others, "personal", "ios").await;

    server.upload(super::phone::TOPIC, "").await.unwrap();
    for invited in [&invited, &others] {
        assert_eq!(cause(&server, invited).await, None);
    }
}

#[tokio::test]
async fn opening_the_page_again_notes_that_the_push_certificate_is_gone_and_that_it_is_back() {
    let server = Server::start_for_phones().await;
    let invited = server.invite("p@example.com").await;
    server.accept(&invited, "company", "ios").await;
    page(&server, &invited, CHROME, "en").await;
    assert_eq!(cause(&server, &invited).await, None);
    let gone = "update apple_push_certs set state = 'replaced'";
    let back = "update apple_push_certs set state = 'active'";
    for (statement, expected) in [(gone, Some(Cause::PushCertificate)), (back, None)] {
        server.sql(statement).await;
        page(&server, &invited, CHROME, "en").await;
        assert_eq!(cause(&server, &invited).await, expected);
    }
}
