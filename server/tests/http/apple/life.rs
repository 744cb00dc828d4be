//! What an enrolled phone is asked, and how it leaves.

use super::phone::IPhone;
use crate::harness::Server;
use apple::{
    command::Request,
    report::{ErrorItem, LockResult, Report, Status},
    udid::Udid,
};
use domain::{
    actor::Actor,
    device::{
        command::{CommandKind, CommandNote, CommandState},
        lost::{LostState, LostText},
    },
};
use reqwest::StatusCode;
use service::ServiceError;
use std::time::Duration;

async fn latest(server: &Server, device: domain::types::ids::DeviceId) -> domain::views::CommandView {
    server.rollcall.device_commands(device).await.unwrap().remove(0)
}

#[tokio::test]
async fn a_phone_locks_itself_puts_things_off_and_says_why_it_cannot() {
    let server = Server::start_for_phones().await;
    let invited = server.invite("p@example.com").await;
    let mut phone = server.active_phone(&invited, "company", false).await;
    let device = server.device_of(&invited).await;
    server.ask(device, CommandKind::Lock {}).await;
    let lock = phone.idle().await.unwrap();
    assert_eq!(lock.request.kind(), "DeviceLock");
    server.clock.advance(Duration::from_secs(1));
    assert_eq!(phone.answer(&lock, Status::NotNow).await, None);
    assert_eq!(latest(&server, device).await.state, CommandState::Delivered);
    server.clock.advance(Duration::from_secs(1));
    assert_eq!(phone.idle().await.map(|command| command.uuid), Some(lock.uuid), "it is offered again");
    phone.carry_out(&lock).await;
    assert_eq!(latest(&server, device).await.state, CommandState::Completed);
    assert_eq!(latest(&server, device).await.note, None);
    // A lock that keeps nobody out.
    server.ask(device, CommandKind::Lock {}).await;
    let lock = phone.idle().await.unwrap();
    let mut report = Report::new(Udid::parse(&phone.udid).unwrap(), Status::Acknowledged, Some(lock.uuid));
    report.lock = Some(LockResult::NoPasscodeSet);
    assert_eq!(phone.report(&report).await, None);
    let locked = latest(&server, device).await;
    assert_eq!((locked.state, locked.note), (CommandState::Completed, Some(CommandNote::NoPasscode)));
    // What it does not understand.
    server.clock.advance(Duration::from_secs(1));
    server.ask(device, CommandKind::Inventory {}).await;
    let command = phone.idle().await.unwrap();
    let mut report = Report::new(Udid::parse(&phone.udid).unwrap(), Status::Error, Some(command.uuid));
    let (domain, english) = (Some("MCMDMErrorDomain".to_owned()), Some("Unknown command.".to_owned()));
    report.errors.push(ErrorItem { code: Some(12021), domain, localized: None, english });
    assert_eq!(phone.report(&report).await, None);
    let failed = latest(&server, device).await;
    assert_eq!(failed.state, CommandState::Failed);
    assert_eq!(failed.error.unwrap().message, "Unknown command.");
    assert_eq!(server.status_of(invited.slot).await, "active");
}

#[tokio::test]
async fn only_a_supervised_phone_can_be_lost_and_only_one_of_the_organisation_erased() {
    let server = Server::start_for_phones().await;
    let (theirs, ours) = (server.invite("p@example.com").await, server.invite("q@example.com").await);
    server.active_phone(&theirs, "personal", false).await;
    let personal = server.device_of(&theirs).await;
    let lost = CommandKind::LostMode(LostText { message: "Please call".to_owned(), phone: Some("+420 1".to_owned()) });
    let refused = async |kind| server.rollcall.request_command(Actor::System, personal, kind).await.unwrap_err();
    for kind in [CommandKind::Wipe { external: false }, lost.clone(), CommandKind::Ring { seconds: 9 }] {
        assert!(matches!(refused(kind).await, ServiceError::Refused(_)));
    }
    server.accept(&ours, "company", "ios").await;
    let mut phone = IPhone::with_profile(&server, &ours, 1).await;
    phone.supervised = true;
    phone.enroll().await;
    phone.answer_all().await;
    let device = server.device_of(&ours).await;
    server.ask(device, lost).await;
    let enable = phone.idle().await.unwrap();
    let Request::EnableLostMode(notice) = &enable.request else { panic!("{}", enable.request.kind()) };
    assert_eq!((notice.message(), notice.phone_number()), (Some("Please call"), Some("+420 1")));
    let locate = phone.carry_out(&enable).await.unwrap();
    assert_eq!(locate.request.kind(), "DeviceLocation");
    assert_eq!(phone.carry_out(&locate).await, None);
    let detail = server.rollcall.slot(ours.slot).await.unwrap();
    assert!(matches!(detail.item.row.device.unwrap().lost, LostState::On { .. }));
    assert_eq!(detail.report.unwrap().report.location.unwrap().latitude.to_string(), "50.08");
    server.ask(device, CommandKind::Wipe { external: false }).await;
    let erase = phone.idle().await.unwrap();
    assert_eq!(erase.request, Request::EraseDevice { preserve_data_plan: true });
    assert_eq!(phone.carry_out(&erase).await, None);
    assert_eq!(server.status_of(ours.slot).await, "wiped");
}

#[tokio::test]
async fn a_renewed_certificate_takes_over_and_the_old_one_ends() {
    let server = Server::start_for_phones().await;
    let invited = server.invite("p@example.com").await;
    let mut phone = server.active_phone(&invited, "company", false).await;
    let device = server.device_of(&invited).await;
    server.ask(device, CommandKind::Renew {}).await;
    let install = phone.idle().await.unwrap();
    let Request::InstallProfile { payload } = &install.request else { panic!("{}", install.request.kind()) };
    let mut renewed = IPhone::of_profile(&server, payload.expose(), 1).await;
    assert_eq!(renewed.profile.rights, phone.profile.rights);
    assert_eq!(renewed.profile.uuid, phone.profile.uuid);
    renewed.udid = phone.udid.clone();
    assert_eq!(phone.carry_out(&install).await, None);
    assert_eq!(latest(&server, device).await.state, CommandState::Acknowledged);
    assert_eq!(phone.idle().await, None, "the old certificate works until the new one was seen");
    assert_eq!(renewed.idle().await, None);
    assert_eq!(latest(&server, device).await.state, CommandState::Completed);
    assert_eq!(phone.tell_address().await, StatusCode::BAD_REQUEST);
    // Some systems begin anew when their profile is replaced.
    assert_eq!(renewed.authenticate().await, StatusCode::OK);
    assert_eq!(server.status_of(invited.slot).await, "active", "and nothing else changes");
}

#[tokio::test]
async fn a_phone_leaves_by_itself_or_is_removed_and_told() {
    let server = Server::start_for_phones().await;
    let (first, second) = (server.invite("p@example.com").await, server.invite("q@example.com").await);
    let phone = server.active_phone(&first, "company", false).await;
    assert_eq!(phone.leave().await, StatusCode::OK);
    assert_eq!(server.status_of(first.slot).await, "unenrolled");
    assert_eq!(phone.send(b"<plist/>".to_vec(), None).await.status(), StatusCode::BAD_REQUEST);
    server.accept(&second, "company", "ios").await;
    let mut phone = IPhone::with_profile(&server, &second, 1).await;
    phone.enroll().await;
    phone.answer_all().await;
    let device = server.device_of(&second).await;
    server.ask(device, CommandKind::Unenroll {}).await;
    let remove = phone.idle().await.unwrap();
    assert_eq!(remove.request, Request::RemoveProfile { identifier: phone.profile.identifier.clone() });
    assert_eq!(phone.carry_out(&remove).await, None);
    assert_eq!(server.status_of(second.slot).await, "unenrolled");
    let told = phone.send(b"<plist/>".to_vec(), None).await;
    assert_eq!(told.status(), StatusCode::FORBIDDEN);
    assert_eq!(told.headers()["content-type"], "application/json");
    assert_eq!(told.json::<serde_json::Value>().await.unwrap()["code"], "com.apple.unrecognized.device");
}

#[tokio::test]
async fn a_phone_that_is_deleted_is_told_that_it_is_not_managed() {
    let server = Server::start_for_phones().await;
    let invited = server.invite("p@example.com").await;
    let phone = server.active_phone(&invited, "company", false).await;
    let device = server.device_of(&invited).await;
    server.rollcall.delete_device(Actor::System, device, false).await.unwrap();
    assert_eq!(phone.send(b"<plist/>".to_vec(), None).await.status(), StatusCode::FORBIDDEN);
    // Its person may enroll it again.
    let mut again = IPhone::with_profile(&server, &invited, 1).await;
    again.udid = phone.udid.clone();
    again.enroll().await;
    again.answer_all().await;
    assert_eq!(server.status_of(invited.slot).await, "active");
}

#[tokio::test]
async fn an_expired_certificate_is_let_in_to_be_renewed() {
    let server = Server::start_for_phones().await;
    let invited = server.invite("p@example.com").await;
    let mut phone = server.active_phone(&invited, "company", false).await;
    server.clock.advance(Duration::from_hours(3 * 365 * 24));
    let device = server.device_of(&invited).await;
    server.ask(device, CommandKind::Renew {}).await;
    let install = phone.idle().await.unwrap();
    assert_eq!(install.request.kind(), "InstallProfile");
    phone.carry_out(&install).await;
}
