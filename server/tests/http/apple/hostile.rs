//! What should not be taken, and what happens to it.

use super::phone::IPhone;
use crate::harness::{Invited, Server};
use apple::{
    checkin::{CONTENT_TYPE, CheckIn, CheckOut},
    report::{Report, Status},
    udid::Udid,
};
use domain::{device::command::CommandKind, journal::EventKind, list::SlotQuery};
use reqwest::{Method, StatusCode};
use std::time::Duration;
use uuid::Uuid;

#[tokio::test]
async fn what_is_not_signed_by_a_known_certificate_is_refused_and_never_with_401() {
    let server = Server::start_for_phones().await;
    let invited = server.invite("p@example.com").await;
    let phone = server.active_phone(&invited, "company", false).await;
    let body = Report::new(Udid::parse(&phone.udid).unwrap(), Status::Idle, None).write().unwrap();
    let signature = phone.sign(&body);
    let other = Report::new(Udid::parse(&phone.udid).unwrap(), Status::NotNow, None).write().unwrap();
    for (body, signature) in
        [(body.clone(), ""), (body.clone(), "####"), (body.clone(), "AAAA"), (other, signature.as_str())]
    {
        let refused = phone.send_signed(body, None, signature).await;
        assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    }
    // A certificate that somebody made, and that of another installation.
    let elsewhere = Server::start_for_phones().await;
    let there = elsewhere.invite("p@example.com").await;
    let mut stranger = elsewhere.active_phone(&there, "company", false).await;
    stranger.server = &server;
    stranger.udid = phone.udid.clone();
    assert_eq!(stranger.send(body.clone(), None).await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(stranger.authenticate().await, StatusCode::BAD_REQUEST);
    assert_eq!(phone.idle().await, None, "and the phone is not disturbed");
    let huge = vec![b'x'; 1024 * 1024 + 1];
    assert_eq!(phone.send(huge, None).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn no_request_to_the_routes_of_phones_is_answered_401() {
    let server = Server::start_for_phones().await;
    for path in ["/apple/mdm", "/apple/scep", "/apple/scep?operation=PKIOperation", "/apple/scep?operation=GetCACaps"] {
        for method in [Method::GET, Method::PUT, Method::POST, Method::DELETE, Method::HEAD, Method::OPTIONS] {
            for body in ["", "x", "<plist version=\"1.0\"><dict/></plist>"] {
                let request = server.request(method.clone(), path).bearer_auth("x").header("cookie", "session=x");
                let status = request.body(body).send().await.unwrap().status();
                assert!(![401, 403].contains(&status.as_u16()), "{method} {path}: {status}");
            }
        }
    }
}

#[tokio::test]
async fn a_certificate_names_one_phone() {
    let server = Server::start_for_phones().await;
    let invited = server.invite("p@example.com").await;
    let mut phone = server.active_phone(&invited, "company", false).await;
    phone.udid = "00008120-00000000000000EE".to_owned();
    let idle = Report::new(Udid::parse(&phone.udid).unwrap(), Status::Idle, None).write().unwrap();
    assert_eq!(phone.send(idle, None).await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(phone.tell_address().await, StatusCode::BAD_REQUEST);
    assert_eq!(phone.leave().await, StatusCode::BAD_REQUEST);
    assert_eq!(phone.authenticate().await, StatusCode::BAD_REQUEST);
    assert_eq!(server.status_of(invited.slot).await, "active");
    assert_eq!(
        server.rollcall.list_slots(SlotQuery::default()).await.unwrap().total,
        1,
        "and no other device is enrolled"
    );
    assert_eq!(misuses(&server, &invited).await, 1, "once, however often it tries");
    server.clock.advance(Duration::from_hours(24));
    assert_eq!(phone.tell_address().await, StatusCode::BAD_REQUEST);
    assert_eq!(misuses(&server, &invited).await, 2);
}

/// How often the timeline of a row says that another phone used the certificate.
async fn misuses(server: &Server, invited: &Invited) -> usize {
    let timeline = server.rollcall.slot(invited.slot).await.unwrap().timeline;
    timeline.iter().filter(|entry| entry.event.kind == EventKind::CertificateMisused).count()
}

#[tokio::test]
async fn another_topic_is_refused() {
    let server = Server::start_for_phones().await;
    let invited = server.invite("p@example.com").await;
    server.accept(&invited, "company", "ios").await;
    let mut phone = IPhone::with_profile(&server, &invited, 0).await;
    phone.profile.topic = "com.apple.mgmt.External.other".to_owned();
    assert_eq!(phone.authenticate().await, StatusCode::BAD_REQUEST);
    assert_eq!(server.status_of(invited.slot).await, "opened");
}

#[tokio::test]
async fn a_report_that_cannot_be_read_or_answers_nothing_is_not_sent_for_ever() {
    let server = Server::start_for_phones().await;
    let invited = server.invite("p@example.com").await;
    let phone = server.active_phone(&invited, "company", false).await;
    let device = server.device_of(&invited).await;
    server.ask(device, CommandKind::Lock {}).await;
    let levels = format!("<plist version=\"1.0\">{}{}</plist>", "<array>".repeat(30_000), "</array>".repeat(30_000));
    for body in [b"not a property list".to_vec(), levels.into_bytes()] {
        let answer = phone.send(body, None).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert!(!answer.bytes().await.unwrap().is_empty(), "the next command");
    }
    let unknown = Report::new(Udid::parse(&phone.udid).unwrap(), Status::Acknowledged, Some(Uuid::from_u128(9)));
    assert_eq!(phone.report(&unknown).await.map(|next| next.request.kind().to_owned()).as_deref(), Some("DeviceLock"));
}

#[tokio::test]
async fn a_message_of_another_kind_is_refused_and_a_check_out_of_nobody_too() {
    let server = Server::start_for_phones().await;
    let invited = server.invite("p@example.com").await;
    server.accept(&invited, "company", "ios").await;
    let phone = IPhone::with_profile(&server, &invited, 0).await;
    for kind in ["DeclarativeManagement", "GetBootstrapToken", "UserAuthenticate"] {
        let body = CheckIn::Other { kind: kind.to_owned() }.write().unwrap();
        assert_eq!(phone.send(body, Some(CONTENT_TYPE)).await.status(), StatusCode::BAD_REQUEST);
    }
    let udid = Udid::parse(&phone.udid).unwrap();
    let leave = CheckIn::CheckOut(CheckOut { udid, topic: phone.profile.topic.clone() }).write().unwrap();
    assert_eq!(phone.send(leave, Some(CONTENT_TYPE)).await.status(), StatusCode::BAD_REQUEST);
}
