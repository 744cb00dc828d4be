//! The client and a pretended service.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use apple::apns::{Answer, Client, ClientError, Failure, Identity, Push, REQUEST_TIME, Verdict};
use reqwest::Version;
use time::macros::datetime;

use crate::{
    NOW, TOPIC,
    pretended::{Pretended, Reply},
    push, vector,
};

const ACCEPTED: Answer = Answer { status: 200, reason: None, since: None, retry_after: None };

fn identity(name: &str) -> Identity {
    Identity { certificates: vec![vector(&format!("{name}.der"))], key: vector(&format!("{name}.key.der")) }
}

fn client(service: &Pretended) -> Client {
    Client::new(&service.base, identity("certificate"), [vector("root.der")]).unwrap()
}

#[tokio::test]
async fn a_push_arrives_with_the_certificate_over_one_connection() {
    let mut service = Pretended::start(Reply::Answer(ACCEPTED)).await;
    let client = client(&service);
    let second = Push::new(&[1; 100], "quote \" and \\", TOPIC, NOW).unwrap();
    for push in [push(), second] {
        let answer = client.send(&push).await.unwrap();
        assert_eq!(answer.verdict(), Verdict::Accepted);
        let arrived = service.arrived.recv().await.unwrap();
        assert!(arrived.push == push, "another push than was sent");
        assert_eq!(arrived.push.expires_at(), datetime!(2026-12-03 12:00 UTC));
        assert_eq!(arrived.certificate, vector("certificate.der"));
        assert_eq!((arrived.version, arrived.connection, arrived.headers), (Version::HTTP_2, 1, 4));
    }
}

#[tokio::test]
async fn a_refusal_says_what_it_is_about() {
    let gone = Answer {
        status: 410,
        reason: Some("Unregistered".to_owned()),
        since: Some(datetime!(2026-11-20 08:00 UTC)),
        retry_after: None,
    };
    let busy = Answer {
        status: 429,
        reason: Some("TooManyRequests".to_owned()),
        since: None,
        retry_after: Some(Duration::from_mins(2)),
    };
    for answer in [gone, busy] {
        let service = Pretended::start(Reply::Answer(answer.clone())).await;
        assert_eq!(client(&service).send(&push()).await.unwrap(), answer);
    }
}

#[tokio::test]
async fn a_certificate_that_the_service_refuses_is_no_matter_of_the_network() {
    const VERSIONS: [&[&rustls::SupportedProtocolVersion]; 2] =
        [&[&rustls::version::TLS12], &[&rustls::version::TLS13]];
    for version in VERSIONS {
        let service = Pretended::start_with(Reply::Answer(ACCEPTED), version).await;
        let client = Client::new(&service.base, identity("stranger"), [vector("root.der")]).unwrap();
        let failure = client.send(&push()).await.unwrap_err();
        assert!(matches!(failure, Failure::OurCertificate(_)), "{version:?}: {failure}");
    }
}

#[tokio::test]
async fn somebody_else_in_the_place_of_the_service_gets_nothing() {
    let mut service = Pretended::start(Reply::Answer(ACCEPTED)).await;
    let client = Client::new(&service.base, identity("certificate"), [vector("stranger.der")]).unwrap();
    let failure = client.send(&push()).await.unwrap_err();
    assert!(matches!(failure, Failure::Unreachable(_)), "{failure}");
    let (said, token) = (format!("{failure} {failure:?}"), "ab".repeat(32));
    assert!(said.contains("certificate") && !said.contains(&token), "{said}");
    service.arrived.try_recv().err().unwrap();
}

#[tokio::test]
async fn a_service_that_falls_silent_is_given_up() {
    let mut service = Pretended::start(Reply::Silence).await;
    let client = client(&service);
    let mut sending = tokio::spawn(async move { client.send(&push()).await });
    tokio::select! {
        arrived = service.arrived.recv() => drop(arrived.unwrap()),
        answer = &mut sending => panic!("{:?} before the push arrived", answer.unwrap()),
    }
    tokio::time::pause();
    tokio::time::advance(REQUEST_TIME.checked_sub(Duration::from_secs(1)).unwrap()).await;
    assert!(!sending.is_finished());
    tokio::time::advance(Duration::from_secs(2)).await;
    let given_up = tokio::time::timeout(REQUEST_TIME, sending).await.unwrap();
    let failure = given_up.unwrap().unwrap_err();
    assert!(matches!(&failure, Failure::Unreachable(error) if error.is_timeout()), "{failure}");
}

#[tokio::test]
async fn an_answer_that_is_much_too_long_is_cut() {
    let whole = Arc::new(AtomicBool::new(false));
    let service = Pretended::start(Reply::Long(503, whole.clone())).await;
    let answer = client(&service).send(&push()).await.unwrap();
    assert_eq!(answer.verdict(), Verdict::Later { after: None });
    assert!(!whole.load(Ordering::Relaxed), "all of it was read");
}

#[tokio::test]
async fn the_certificate_is_not_carried_elsewhere() {
    let mut other = Pretended::start(Reply::Answer(ACCEPTED)).await;
    let service = Pretended::start(Reply::Elsewhere(format!("{}{}", other.base, push().path()))).await;
    let answer = client(&service).send(&push()).await.unwrap();
    assert_eq!((answer.status, answer.verdict()), (307, Verdict::Later { after: None }));
    other.arrived.try_recv().err().unwrap();
}

#[test]
fn a_client_is_made_of_what_can_be_used() {
    let made = |base: &str, identity, trusted: &[u8]| Client::new(base, identity, [trusted]);
    let root = vector("root.der");
    made("https://127.0.0.1", identity("certificate"), &root).unwrap();
    let failed = made("http://127.0.0.1", identity("certificate"), &root).unwrap_err();
    assert!(matches!(failed, ClientError::Address), "{failed}");
    let failed = made("https://127.0.0.1", identity("certificate"), b"no certificate").unwrap_err();
    assert!(matches!(failed, ClientError::NoAuthorities), "{failed}");
    let mixed = Identity { key: vector("stranger.key.der"), ..identity("certificate") };
    let failed = made("https://127.0.0.1", mixed, &root).unwrap_err();
    assert!(matches!(failed, ClientError::Identity(_)), "{failed}");
}
