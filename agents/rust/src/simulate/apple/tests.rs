//! Phones of every course against a server made of the server's halves of the protocol.

use super::{
    course::{Course, Supervision},
    figures::Figures,
    life::Life,
    phone::{Keys, Origin, Phone, Shared, Web, now, seeded},
    plan::Plan,
};
use crate::{
    rng::Rng,
    simulate::{EnrollmentEnd, Pace, PhoneEvent},
    terminal::Log,
    testing::apple_server::{AppleServer, IDENTIFIER, TOPIC, profile},
};
use apple::{
    apns::Client,
    command::{LostNotice, Request},
    profile::{EnrollmentProfile, Rights},
    report::{LockResult, QUERIES, Report, Status},
    secret::Secret,
};
use domain::device::Ownership;
use pretended_apns::{PretendedApns, PretendedApple, Tls};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::mpsc::{self, UnboundedReceiver},
    time::timeout,
};

const PAGE: &str = "abcdefghijklmnopqrstuvwxyz234567";

/// A phone that has not begun, and all that it meets.
struct Scene {
    server: AppleServer,
    life: Life,
    events: UnboundedReceiver<PhoneEvent>,
}

fn information() -> Request {
    Request::DeviceInformation { queries: QUERIES.map(str::to_owned).to_vec() }
}

const ERASE: Request = Request::EraseDevice { preserve_data_plan: true };

fn remove() -> Request {
    Request::RemoveProfile { identifier: IDENTIFIER.to_owned() }
}

async fn scene(course: Course, supervision: Supervision, rights: Rights, commands: &[Request]) -> Scene {
    // 1. Apple's part.
    let (rng, now) = (&mut Rng::from_seed(5), now());
    let apple = PretendedApple::make(now, &mut seeded(rng)).unwrap();
    let tls = Tls::new(apple.server_identity(now, &mut seeded(rng)).unwrap(), apple.certificate().der());
    let apns = PretendedApns::start(([127, 0, 0, 1], 0).into(), tls).await.unwrap();
    let identity = apple.push_identity(TOPIC, PretendedApple::year_from(now), &mut seeded(rng)).unwrap();
    let client = Client::new(&apns.base(), identity, [apple.certificate().der()]).unwrap();
    // 2. The server.
    let server = AppleServer::start(rights, commands, Some(client)).await;
    // 3. The phone.
    let mut plan = Plan::new(7, 1, Some(course), supervision).unwrap();
    (plan.ownership, plan.has_passcode) = (Ownership::Company, true);
    let shared = Arc::new(Shared { keys: Keys::new(7), figures: Figures::new(), apns: Some(apns), pace: Pace::Fast });
    let phone = Phone {
        plan,
        shared,
        web: Web::new(&server.stub.server).unwrap(),
        rng: Rng::from_seed(9),
        log: Log::quiet(),
        is_locked: false,
        is_lost: false,
        managed: None,
    };
    let origin = Origin::Page(format!("{}/e/{PAGE}", server.stub.server).parse().unwrap());
    let (sender, events) = mpsc::unbounded_channel();
    Scene { server, life: Life { phone, origin, ask_every: None, events: sender }, events }
}

impl Scene {
    /// Enrolls and lives until the phone is not managed any more: why, and what the server saw.
    async fn play(mut self) -> (String, Vec<String>, Vec<Report>) {
        assert!(matches!(self.life.enroll().await, EnrollmentEnd::Enrolled));
        // A phone that waits for ever is a failure as well.
        let ended = timeout(Duration::from_mins(1), self.life.live()).await.unwrap();
        let known = self.server.known.lock().unwrap();
        (ended, known.log.clone(), known.reports.clone())
    }
}

async fn fine(commands: &[Request]) -> (String, Vec<String>, Vec<Report>) {
    scene(Course::Fine, Supervision::None, Rights::COMPANY, commands).await.play().await
}

const ENROLLED: [&str; 5] = ["ownership=company&platform=ios", "profile", "certificate", "Authenticate", "TokenUpdate"];

/// What happened after the enrollment.
fn after(log: &[String]) -> Vec<&str> {
    let log: Vec<&str> = log.iter().map(String::as_str).collect();
    assert!(log[0].starts_with("ownership=company&platform=i"), "{log:?}");
    assert_eq!(log[1..5], ENROLLED[1..], "{log:?}");
    log[5..].to_vec()
}

#[tokio::test]
async fn a_phone_enrolls_and_answers_when_it_is_pushed() {
    let (ended, log, reports) = fine(&[information(), Request::SecurityInfo, ERASE]).await;
    assert_eq!(ended, "erased");
    let acknowledged =
        ["Idle", "Acknowledged DeviceInformation", "Acknowledged SecurityInfo", "Acknowledged EraseDevice"];
    assert_eq!(after(&log), acknowledged);
    let facts = reports[1].information.clone().unwrap();
    assert_eq!((facts.supervised, facts.lost_mode), (Some(false), Some(false)));
    assert!(facts.battery.is_some() && facts.capacity > facts.available_capacity && facts.serial_number.is_some());
    assert_eq!(reports[2].security.as_ref().unwrap().passcode_present, Some(true));
}

#[tokio::test]
async fn a_phone_that_is_not_supervised_refuses_what_needs_supervision() {
    let notice = LostNotice::new(Some("Lost".to_owned()), None, None).unwrap();
    let commands = [
        Request::EnableLostMode(notice),
        Request::DeviceLocation,
        Request::PlayLostModeSound,
        Request::Other { kind: "Dance".to_owned() },
        Request::DeviceLock { message: None, phone_number: None },
        ERASE,
    ];
    let (_, log, reports) = fine(&commands).await;
    let refused = ["Error EnableLostMode", "Error DeviceLocation", "Error PlayLostModeSound", "Error Dance"];
    assert_eq!(after(&log)[1..5], refused);
    assert!(reports[1..5].iter().all(|report| report.errors[0].code == Some(12021)), "{reports:?}");
    assert_eq!(reports[5].lock, Some(LockResult::Success));
}

#[tokio::test]
async fn a_supervised_phone_goes_into_lost_mode_and_out_of_it() {
    let notice = || LostNotice::new(Some("Lost".to_owned()), None, None).unwrap();
    let commands = [
        Request::DeviceLocation,
        Request::EnableLostMode(notice()),
        Request::DeviceLocation,
        Request::PlayLostModeSound,
        information(),
        Request::DeviceLock { message: None, phone_number: None },
        Request::DisableLostMode,
        information(),
        ERASE,
    ];
    let scene = scene(Course::Fine, Supervision::All, Rights::COMPANY, &commands).await;
    let (_, log, reports) = scene.play().await;
    assert_eq!(after(&log)[1], "Error DeviceLocation");
    assert!(after(&log)[2..].iter().all(|line| line.starts_with("Acknowledged")), "{log:?}");
    assert!(reports[3].location.as_ref().unwrap().horizontal_accuracy.is_some());
    let lost = |at: usize| reports[at].information.as_ref().unwrap().lost_mode;
    assert_eq!((lost(5), lost(8)), (Some(true), Some(false)));
    assert_eq!(reports[6].lock, Some(LockResult::DeviceInLostMode));
}

#[tokio::test]
async fn rights_that_the_profile_lacks_are_refused() {
    let scene = scene(Course::Fine, Supervision::None, Rights::PERSONAL, &[information(), ERASE, remove()]).await;
    let (ended, log, reports) = scene.play().await;
    assert_eq!(ended, "removed by an admin");
    assert_eq!(after(&log)[2..], ["Error EraseDevice", "Acknowledged RemoveProfile", "CheckOut"]);
    assert_eq!(reports[2].errors[0].code, Some(12007));
}

#[tokio::test]
async fn a_locked_phone_puts_off_and_asks_by_itself() {
    let scene = scene(Course::NotNowWhileLocked, Supervision::None, Rights::COMPANY, &[information(), ERASE]).await;
    let (ended, log, _) = scene.play().await;
    let expected = ["Idle", "NotNow DeviceInformation", "Idle", "Acknowledged DeviceInformation"];
    assert_eq!(after(&log)[..4], expected);
    assert_eq!(ended, "erased");
}

#[tokio::test]
async fn an_answer_that_was_lost_is_given_again_when_the_command_is_offered_again() {
    let scene = scene(Course::LosesAnswers, Supervision::None, Rights::COMPANY, &[information(), ERASE]).await;
    let (_, log, _) = scene.play().await;
    let expected = ["Idle", "Idle", "Acknowledged DeviceInformation", "Acknowledged EraseDevice"];
    assert_eq!(after(&log), expected);
}

#[tokio::test]
async fn answers_come_twice() {
    let scene = scene(Course::AnswersTwice, Supervision::None, Rights::COMPANY, &[information(), ERASE]).await;
    let (_, log, _) = scene.play().await;
    let expected = ["Idle", "Acknowledged DeviceInformation", "Acknowledged", "Acknowledged EraseDevice"];
    assert_eq!(after(&log), expected);
}

#[tokio::test]
async fn an_installation_can_stop_on_its_way() {
    for (course, seen) in [(Course::StopsAfterScep, 3), (Course::StopsAfterAuthenticate, 4)] {
        let mut scene = scene(course, Supervision::None, Rights::COMPANY, &[]).await;
        assert!(matches!(scene.life.enroll().await, EnrollmentEnd::Stuck(_)));
        assert_eq!(scene.server.log()[1..], ENROLLED[1..seen]);
    }
}

#[tokio::test]
async fn phones_leave_with_and_without_a_word() {
    for (course, last) in [(Course::LeavesWithCheckOut, "CheckOut"), (Course::LeavesWithoutCheckOut, "Idle")] {
        let scene = scene(course, Supervision::None, Rights::COMPANY, &[information()]).await;
        let apns = scene.life.phone.shared.clone();
        let (_, log, _) = scene.play().await;
        let expected: Vec<&str> = match last {
            "CheckOut" => vec!["Idle", "Acknowledged DeviceInformation", "CheckOut"],
            _ => vec!["Idle", "Acknowledged DeviceInformation"],
        };
        assert_eq!(after(&log), expected);
        assert_eq!(apns.apns.as_ref().unwrap().arrived(), 1);
    }
}

#[tokio::test]
async fn an_erased_phone_comes_back_as_the_same_one() {
    let scene = scene(Course::ErasedAndBack, Supervision::None, Rights::COMPANY, &[information()]).await;
    scene.server.known.lock().unwrap().when_back = Some(ERASE);
    let (ended, log, reports) = scene.play().await;
    assert_eq!(ended, "erased");
    assert_eq!(log.iter().filter(|line| *line == "Authenticate").count(), 2);
    assert!(reports.iter().all(|report| report.udid == reports[0].udid));
}

#[tokio::test]
async fn a_replaced_profile_brings_a_new_certificate_with_and_without_a_new_beginning() {
    for (course, said) in [
        (Course::RenewedWithAuthenticate, &["certificate", "Authenticate", "TokenUpdate"][..]),
        (Course::RenewedWithoutAuthenticate, &["certificate", "TokenUpdate"][..]),
    ] {
        let scene = scene(course, Supervision::None, Rights::COMPANY, &[information()]).await;
        let host = scene.server.stub.server.authority().to_owned();
        {
            let mut known = scene.server.known.lock().unwrap();
            for rights in [Rights::PERSONAL, Rights::COMPANY] {
                let payload = Secret::new(profile(&host, rights, TOPIC));
                known.enqueue(Request::InstallProfile { payload });
            }
            let payload = Secret::new(profile(&host, Rights::PERSONAL, "com.apple.mgmt.External.other"));
            known.enqueue(Request::InstallProfile { payload });
            known.enqueue(remove());
        }
        let (ended, log, _) = scene.play().await;
        let replaced = [said, &["Acknowledged InstallProfile"]].concat();
        let log = after(&log);
        assert_eq!(log[2..2 + replaced.len()], replaced, "{log:?}");
        // More rights than before, and another topic, are refused.
        let rest = ["Error InstallProfile", "Error InstallProfile", "Acknowledged RemoveProfile", "CheckOut"];
        assert_eq!(log[2 + replaced.len()..], rest);
        assert_eq!(ended, "removed by an admin");
    }
}

#[tokio::test]
async fn another_phone_with_the_same_certificate_is_noticed() {
    let mut scene = scene(Course::RestoredOnAnother, Supervision::None, Rights::COMPANY, &[information()]).await;
    let known = scene.server.known.clone();
    assert!(matches!(scene.life.enroll().await, EnrollmentEnd::Enrolled));
    let living = tokio::spawn(scene.life.live());
    let said = loop {
        if let PhoneEvent::Answered(said) = scene.events.recv().await.unwrap() {
            break said;
        }
    };
    assert_eq!(said, "Another phone with its certificate was refused");
    assert_eq!(known.lock().unwrap().log.last().unwrap(), "stranger");
    assert!(!living.is_finished());
    living.abort();
}

#[tokio::test]
async fn a_profile_that_was_downloaded_before_does_as_well() {
    let mut scene = scene(Course::Fine, Supervision::None, Rights::COMPANY, &[ERASE]).await;
    let host = scene.server.stub.server.authority().to_owned();
    let file = profile(&host, Rights::COMPANY, TOPIC);
    assert_eq!(EnrollmentProfile::read(&file).unwrap().identifier, IDENTIFIER);
    scene.life.origin = Origin::File(file);
    let (ended, log, reports) = scene.play().await;
    assert_eq!(ended, "erased");
    assert_eq!(log[..3], ENROLLED[2..]);
    assert_eq!(reports[0].status, Status::Idle);
}
