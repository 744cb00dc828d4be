//! From the invitation to the enrolled phone.

use super::phone::{IPhone, TOPIC, request_identity};
use crate::harness::Server;
use apple::profile::{EnrollmentProfile, Rights};
use domain::{actor::Actor, device::command::CommandKind, list::SlotQuery, types::ids::DeviceId};
use reqwest::StatusCode;
use std::time::Duration;

#[tokio::test]
async fn a_row_turns_from_invitation_item_to_enrolled_phone() {
    let server = Server::start_for_phones().await;
    let invited = server.invite("p@example.com").await;
    server.accept(&invited, "company", "ios").await;
    let mut phone = IPhone::with_profile(&server, &invited, 0).await;
    assert_eq!(server.status_of(invited.slot).await, "opened", "a certificate is no contact");
    assert_eq!(phone.authenticate().await, StatusCode::OK);
    assert_eq!(server.status_of(invited.slot).await, "pending");
    assert_eq!(phone.tell_address().await, StatusCode::OK);
    assert_eq!(server.status_of(invited.slot).await, "enrolling");
    phone.answer_all().await;
    let detail = server.rollcall.slot(invited.slot).await.unwrap();
    assert_eq!(detail.item.row.status.to_string(), "active");
    let device = detail.item.row.device.unwrap();
    assert_eq!(device.name.as_deref(), Some("Apple iPhone 15"));
    assert_eq!(device.serial.as_deref(), Some("SER0000000"));
    let groups = detail.inventory.unwrap().groups;
    let fact = |group: &str, name: &str| {
        let group = groups.iter().find(|known| known.name == group).unwrap();
        group.facts.iter().find(|(known, _)| *known == name).unwrap().1.clone()
    };
    assert_eq!(fact("network", "phone_number"), "+420123456789");
    assert_eq!(fact("security", "passcode"), "true", "both answers are kept");
}

#[tokio::test]
async fn a_profile_says_what_the_person_chose_and_stays_the_same_until_it_was_used() {
    let server = Server::start_for_phones().await;
    let invited = server.invite("p@example.com").await;
    server.accept(&invited, "personal", "ipados").await;
    let response = server.profile(&invited.token).await;
    assert_eq!(response.headers()["content-type"], "application/x-apple-aspen-config");
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert!(!response.headers().contains_key("content-disposition"), "it would be saved and not installed");
    let file = response.bytes().await.unwrap();
    let profile = EnrollmentProfile::read(&file).unwrap();
    assert_eq!((profile.topic.as_str(), profile.rights), (TOPIC, Rights::PERSONAL));
    assert_eq!(profile.server_url, format!("{}/apple/mdm", server.base));
    assert_eq!(server.profile(&invited.token).await.bytes().await.unwrap(), file, "a fetch consumes nothing");
    let phone = IPhone::of_profile(&server, &file, 0).await;
    phone.enroll().await;
    let again = server.profile(&invited.token).await.bytes().await.unwrap();
    let again = EnrollmentProfile::read(&again).unwrap();
    assert_ne!(again.challenge, profile.challenge, "the invitation enrolls more phones");
    assert_eq!(again.uuid, profile.uuid, "by which iOS knows the profile");
}

#[tokio::test]
async fn whoever_gets_no_profile_is_led_to_the_page() {
    let server = Server::start_for_phones().await;
    let invited = server.invite("p@example.com").await;
    let led = async |token: &str| {
        let response = server.profile(token).await;
        (response.status(), response.headers().get("location").map(|to| to.to_str().unwrap().to_owned()))
    };
    let page = |token: &str| (StatusCode::SEE_OTHER, Some(format!("/e/{token}")));
    assert_eq!(led(&invited.token).await, page(&invited.token), "nothing was chosen");
    server.accept(&invited, "company", "android").await;
    assert_eq!(led(&invited.token).await, page(&invited.token), "another platform was chosen");
    server.accept(&invited, "company", "ios").await;
    server.sql("update apple_push_certs set state = 'replaced'").await;
    assert_eq!(led(&invited.token).await, page(&invited.token), "no push certificate");
    server.rollcall.deactivate(Actor::System, invited.invitation).await.unwrap();
    assert_eq!(led(&invited.token).await, (StatusCode::GONE, None), "the invitation has ended");
    assert_eq!(led("abcdefghijklmnopqrstuvwxyz234567").await, (StatusCode::NOT_FOUND, None));
}

#[tokio::test]
async fn a_challenge_issues_few_certificates_and_the_same_one_for_the_same_key() {
    let server = Server::start_for_phones().await;
    let invited = server.invite("p@example.com").await;
    server.accept(&invited, "company", "ios").await;
    let file = server.profile(&invited.token).await.bytes().await.unwrap();
    let first = IPhone::of_profile(&server, &file, 0).await;
    let again = IPhone::of_profile(&server, &file, 0).await;
    assert_eq!(first.identity, again.identity);
    let other = IPhone::of_profile(&server, &file, 1).await;
    assert_ne!(first.identity, other.identity, "iOS tries again with a new key");
    server.sql("update apple_challenges set issued = 5").await;
    let profile = EnrollmentProfile::read(&file).unwrap();
    let refused = async |key: usize| request_identity(&server, &profile, IPhone::key(key)).await.is_none();
    assert!(refused(2).await, "too many");
    server.sql("update apple_challenges set issued = 0").await;
    first.enroll().await;
    assert!(refused(2).await, "spent");
    assert_eq!(other.authenticate().await, StatusCode::BAD_REQUEST, "what no phone has used is void");
}

#[tokio::test]
async fn phones_that_enroll_by_one_link_at_once_do_not_disturb_each_other() {
    let server = Server::start_for_phones().await;
    let invited = server.invite("p@example.com").await;
    server.accept(&invited, "company", "ios").await;
    let mut phones = Vec::new();
    for key in 0..3 {
        phones.push(IPhone::with_profile(&server, &invited, key).await);
        server.clock.advance(Duration::from_secs(3));
    }
    for phone in &mut phones {
        phone.enroll().await;
        phone.answer_all().await;
    }
    let rows = server.rollcall.list_slots(SlotQuery::default()).await.unwrap().rows;
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|item| item.row.status.to_string() == "active"));
}

#[tokio::test]
async fn an_invitation_that_ends_meanwhile_enrolls_nothing_and_the_row_stays() {
    let server = Server::start_for_phones().await;
    let invited = server.invite("p@example.com").await;
    server.accept(&invited, "company", "ios").await;
    let file = server.profile(&invited.token).await.bytes().await.unwrap();
    let phone = IPhone::of_profile(&server, &file, 0).await;
    server.rollcall.deactivate(Actor::System, invited.invitation).await.unwrap();
    assert_eq!(phone.authenticate().await, StatusCode::BAD_REQUEST);
    let profile = EnrollmentProfile::read(&file).unwrap();
    assert!(request_identity(&server, &profile, IPhone::key(1)).await.is_none());
}

#[tokio::test]
async fn a_phone_that_is_enrolled_for_another_person_is_one_device() {
    let server = Server::start_for_phones().await;
    let (first, second) = (server.invite("p@example.com").await, server.invite("q@example.com").await);
    let phone = server.active_phone(&first, "company", false).await;
    let device = server.device_of(&first).await;
    server.accept(&second, "company", "ios").await;
    let mut moved = IPhone::with_profile(&server, &second, 1).await;
    moved.udid = phone.udid.clone();
    moved.enroll().await;
    moved.answer_all().await;
    assert_eq!(server.status_of(first.slot).await, "unenrolled");
    assert_eq!(server.status_of(second.slot).await, "active");
    assert_ne!(server.device_of(&second).await, device);
    assert_eq!(phone.authenticate().await, StatusCode::BAD_REQUEST, "its certificate is void");
}

#[tokio::test]
async fn a_phone_that_enrolls_again_is_the_same_device_and_old_commands_are_gone() {
    let server = Server::start_for_phones().await;
    let invited = server.invite("p@example.com").await;
    let phone = server.active_phone(&invited, "company", false).await;
    let device: DeviceId = server.device_of(&invited).await;
    server.ask(device, CommandKind::Lock {}).await;
    let mut again = IPhone::with_profile(&server, &invited, 1).await;
    again.udid = phone.udid.clone();
    assert_eq!(again.authenticate().await, StatusCode::OK);
    assert_eq!(server.status_of(invited.slot).await, "pending");
    assert_eq!(again.tell_address().await, StatusCode::OK);
    let first = again.idle().await.unwrap();
    assert_eq!(first.request.kind(), "DeviceInformation", "and not the lock of before");
    again.answer_all().await;
    assert_eq!(server.device_of(&invited).await, device);
    assert_eq!(server.status_of(invited.slot).await, "active");
    let old = phone.send(b"<plist/>".to_vec(), None).await;
    assert_eq!(old.status(), StatusCode::BAD_REQUEST, "the certificate of before is void");
}

#[tokio::test]
async fn a_profile_that_is_installed_again_needs_no_new_arrival() {
    let server = Server::start_for_phones().await;
    let invited = server.invite("p@example.com").await;
    let phone = server.active_phone(&invited, "company", false).await;
    let mut again = IPhone::with_profile(&server, &invited, 1).await;
    again.udid = phone.udid.clone();
    assert_eq!(again.tell_address().await, StatusCode::OK);
    assert_eq!(server.status_of(invited.slot).await, "active", "nothing else changed");
    assert_eq!(phone.tell_address().await, StatusCode::BAD_REQUEST, "the other certificate is void");
    let mut unknown = IPhone::with_profile(&server, &invited, 2).await;
    unknown.udid = "00008120-00000000000000FF".to_owned();
    assert_eq!(unknown.tell_address().await, StatusCode::BAD_REQUEST, "which phone is that?");
}
