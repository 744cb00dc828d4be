//! A phone as the server meets it.

use crate::harness::{Invited, Server};
use apple::{
    algorithm::Digest,
    authority::{self, Subject},
    certificate::Certificate,
    checkin::{Authenticate, CONTENT_TYPE, CheckIn, CheckOut, TokenUpdate},
    cms::{Cipher, RsaSigner, Signing},
    command::{Command, Request},
    csr, mdm_signature,
    profile::EnrollmentProfile,
    random::{Random, random},
    report::{DeviceInformation, Report, SecurityInfo, Status},
    scep::{Kind, Requester, Wish, ask},
    secret::Secret,
    udid::Udid,
};
use domain::{actor::Actor, audit::Origin, device::command::CommandKind, types::ids::DeviceId};
use pretended_apns::PretendedApple;
use reqwest::{Method, Response, StatusCode};
use service::{ApplePush, PushUpload, Settings, UploadRefusal};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    time::Duration,
};
use time::{OffsetDateTime, macros::datetime};

pub const TOPIC: &str = "com.apple.mgmt.External.test";
pub const NOW: OffsetDateTime = datetime!(2026-06-01 08:00 UTC);
const SAFARI: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1";

/// Keys that phones have made; making one takes long.
const KEYS: [&[u8]; 3] = [
    include_bytes!("../../../../crates/apple/tests/vectors/other.key.der"),
    include_bytes!("../../../../crates/apple/tests/vectors/signer.key.der"),
    include_bytes!("../../../../crates/apple/tests/vectors/authority.key.der"),
];

/// What stands in for Apple's certificate authority.
pub fn pretended_apple() -> PretendedApple {
    PretendedApple::read(include_bytes!("../../../../crates/apple/tests/vectors/authority.der"), KEYS[2]).unwrap()
}

/// A push service that proves itself by the pretended Apple.
pub fn push_at(url: &str) -> ApplePush {
    ApplePush { url: url.to_owned(), trusted: Arc::new(vec![pretended_apple().certificate().der().to_vec()]) }
}

pub fn seeded() -> Random {
    static NEXT: AtomicU8 = AtomicU8::new(0);
    random([NEXT.fetch_add(1, Ordering::Relaxed); 32])
}

impl Server {
    /// One that has a push certificate.
    pub async fn start_for_phones() -> Self {
        Self::start_for_phones_set(|_| {}).await
    }

    /// The same with settings of its own.
    pub async fn start_for_phones_set(change: impl FnOnce(&mut Settings)) -> Self {
        let server = Self::start_set(|settings| {
            settings.apple_push = push_at("https://127.0.0.1:9");
            change(settings);
        })
        .await;
        server.upload(TOPIC, "").await.unwrap();
        server
    }

    /// Uploads a push certificate of a topic, with its key.
    pub async fn upload(&self, topic: &str, confirmed: &str) -> Result<(), UploadRefusal> {
        self.upload_valid(topic, confirmed, datetime!(2090-01-01 00:00 UTC)).await
    }

    /// The same, valid until a time.
    pub async fn upload_valid(&self, topic: &str, confirmed: &str, end: OffsetDateTime) -> Result<(), UploadRefusal> {
        let key = authority::key_from_pkcs8(KEYS[1]).unwrap();
        let public_key = authority::public_key_der(&key).unwrap();
        let valid = datetime!(2026-01-01 00:00 UTC)..end;
        let certificate = pretended_apple().push_certificate(&public_key, topic, valid, &mut seeded()).unwrap();
        let upload = PushUpload {
            certificate: certificate.der().to_vec(),
            key: Some(Secret::new(KEYS[1].to_vec())),
            apple_id: "mdm@example.com".to_owned(),
            confirmed_topic: confirmed.to_owned(),
        };
        self.rollcall.upload_push_certificate(&Origin::command_line(), upload).await
    }

    /// The person chooses whose the phone is.
    pub async fn accept(&self, invited: &Invited, ownership: &str, platform: &str) {
        let form = [("ownership", ownership), ("platform", platform)];
        let accept = self.post(&format!("/e/{}", invited.token)).header("sec-fetch-site", "same-origin");
        let response = accept.form(&form).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
    }

    pub async fn profile(&self, token: &str) -> Response {
        self.get(&format!("/e/{token}/profile")).header("user-agent", SAFARI).send().await.unwrap()
    }

    /// A phone that was enrolled and gave its first information.
    pub async fn active_phone(&self, invited: &Invited, ownership: &str, supervised: bool) -> IPhone<'_> {
        self.accept(invited, ownership, "ios").await;
        let mut phone = IPhone::with_profile(self, invited, 0).await;
        phone.supervised = supervised;
        phone.enroll().await;
        phone.answer_all().await;
        assert_eq!(self.status_of(invited.slot).await, "active");
        phone
    }

    pub async fn ask(&self, device: DeviceId, kind: CommandKind) {
        // So that it is the latest one.
        self.clock.advance(Duration::from_secs(1));
        self.rollcall.request_command(Actor::System, device, kind).await.unwrap();
    }

    /// The device of a row.
    pub async fn device_of(&self, invited: &Invited) -> DeviceId {
        self.rollcall.slot(invited.slot).await.unwrap().item.row.device.unwrap().id
    }
}

/// A phone with its identity.
pub struct IPhone<'a> {
    pub server: &'a Server,
    pub udid: String,
    pub key: &'static [u8],
    pub identity: Certificate,
    pub profile: EnrollmentProfile,
    pub supervised: bool,
    pub lost: bool,
}

impl<'a> IPhone<'a> {
    /// One that took the profile of an invitation and got its identity.
    pub async fn with_profile(server: &'a Server, invited: &Invited, key: usize) -> Self {
        let response = server.profile(&invited.token).await;
        assert_eq!(response.status(), StatusCode::OK);
        let file = response.bytes().await.unwrap();
        Self::of_profile(server, &file, key).await
    }

    pub async fn of_profile(server: &'a Server, file: &[u8], key: usize) -> Self {
        let profile = EnrollmentProfile::read(file).unwrap();
        let reply = request_identity(server, &profile, KEYS[key]).await.unwrap();
        let udid = format!("00008120-{key:016X}");
        Self { server, udid, key: KEYS[key], identity: reply, profile, supervised: false, lost: false }
    }

    /// The key of that number.
    pub fn key(number: usize) -> &'static [u8] {
        KEYS[number]
    }

    pub async fn enroll(&self) {
        assert_eq!(self.authenticate().await, StatusCode::OK);
        assert_eq!(self.tell_address().await, StatusCode::OK);
    }

    fn udid(&self) -> Udid {
        Udid::parse(&self.udid).unwrap()
    }

    pub async fn authenticate(&self) -> StatusCode {
        let message = CheckIn::Authenticate(Authenticate {
            udid: self.udid(),
            topic: self.profile.topic.clone(),
            device_name: None,
            model: None,
            model_name: Some("iPhone".to_owned()),
            product_name: Some("iPhone15,4".to_owned()),
            os_version: Some("18.5".to_owned()),
            build_version: None,
            serial_number: Some(format!("SER{}", &self.udid[18..])),
            imei: None,
            meid: None,
        });
        self.check_in(&message).await
    }

    pub async fn tell_address(&self) -> StatusCode {
        let message = CheckIn::TokenUpdate(TokenUpdate {
            udid: self.udid(),
            topic: self.profile.topic.clone(),
            token: Secret::new(b"THE-TOKEN-THE-TOKEN-THE-TOKEN-01".to_vec()),
            magic: Secret::new("THE-PUSH-MAGIC".to_owned()),
            unlock_token: Some(Secret::new(b"THE-UNLOCK-TOKEN".to_vec())),
            awaiting_configuration: false,
        });
        self.check_in(&message).await
    }

    pub async fn leave(&self) -> StatusCode {
        let message = CheckIn::CheckOut(CheckOut { udid: self.udid(), topic: self.profile.topic.clone() });
        self.check_in(&message).await
    }

    async fn check_in(&self, message: &CheckIn) -> StatusCode {
        self.send(message.write().unwrap(), Some(CONTENT_TYPE)).await.status()
    }

    /// Sends a body, signed.
    pub async fn send(&self, body: Vec<u8>, kind: Option<&str>) -> Response {
        let signature = self.sign(&body);
        self.send_signed(body, kind, &signature).await
    }

    pub fn sign(&self, body: &[u8]) -> String {
        let (key, mut random) = (authority::key_from_pkcs8(self.key).unwrap(), seeded());
        let mut signer =
            RsaSigner { key: &key, certificate: &self.identity, digest: Digest::Sha256, random: &mut random };
        mdm_signature::sign(body, &mut signer, &Signing { at: Some(NOW), ..Signing::default() }).unwrap()
    }

    pub async fn send_signed(&self, body: Vec<u8>, kind: Option<&str>, signature: &str) -> Response {
        let mut request = self.server.request(Method::PUT, "/apple/mdm").header(mdm_signature::HEADER, signature);
        if let Some(kind) = kind {
            request = request.header("content-type", kind);
        }
        let response = request.body(body).send().await.unwrap();
        assert_ne!(response.status(), StatusCode::UNAUTHORIZED, "by which a phone would leave");
        response
    }

    /// Reports, and takes the next command.
    pub async fn report(&self, report: &Report) -> Option<Command> {
        let response = self.send(report.write().unwrap(), None).await;
        assert_eq!(response.status(), StatusCode::OK);
        let body = response.bytes().await.unwrap();
        (!body.is_empty()).then(|| Command::read(&body).unwrap())
    }

    pub async fn idle(&self) -> Option<Command> {
        self.report(&Report::new(self.udid(), Status::Idle, None)).await
    }

    pub async fn answer(&self, command: &Command, status: Status) -> Option<Command> {
        self.report(&Report::new(self.udid(), status, Some(command.uuid))).await
    }

    /// Does what is asked, as a phone would.
    pub async fn carry_out(&mut self, command: &Command) -> Option<Command> {
        let mut report = Report::new(self.udid(), Status::Acknowledged, Some(command.uuid));
        match &command.request {
            Request::DeviceInformation { queries } => report.information = Some(self.information().only(queries)),
            Request::SecurityInfo => {
                report.security = Some(SecurityInfo { passcode_present: Some(true), ..SecurityInfo::default() });
            }
            Request::EnableLostMode(_)
            | Request::DisableLostMode
            | Request::PlayLostModeSound
            | Request::DeviceLocation
                if !self.supervised =>
            {
                report.status = Status::Error;
            }
            Request::EnableLostMode(_) => self.lost = true,
            Request::DisableLostMode => self.lost = false,
            Request::DeviceLocation => {
                report.location = Some(apple::report::Location {
                    latitude: 50.08,
                    longitude: 14.42,
                    horizontal_accuracy: Some(12.0),
                    vertical_accuracy: None,
                    altitude: None,
                    speed: None,
                    course: None,
                    at: Some(NOW),
                });
            }
            _ => {}
        }
        self.report(&report).await
    }

    /// Asks for commands and does them, until there are none.
    pub async fn answer_all(&mut self) {
        let mut next = self.idle().await;
        while let Some(command) = next {
            next = self.carry_out(&command).await;
        }
    }

    fn information(&self) -> DeviceInformation {
        DeviceInformation {
            serial_number: Some(format!("SER{}", &self.udid[18..])),
            os_version: Some("18.5".to_owned()),
            product_name: Some("iPhone15,4".to_owned()),
            capacity: Some(128.0),
            available_capacity: Some(64.0),
            battery: Some(0.5),
            supervised: Some(self.supervised),
            lost_mode: Some(self.lost),
            phone_number: Some("+420123456789".to_owned()),
            ..DeviceInformation::default()
        }
    }
}

/// Asks for a certificate as a phone does: first the authority's, then one of its own.
pub async fn request_identity(server: &Server, profile: &EnrollmentProfile, key: &[u8]) -> Option<Certificate> {
    let path = profile.scep_url.strip_prefix(&server.base).unwrap();
    let authority = server.get(&format!("{path}?operation=GetCACert")).send().await.unwrap();
    let authority = Certificate::from_der(&authority.bytes().await.unwrap()).unwrap();
    let key = authority::key_from_pkcs8(key).unwrap();
    let subject = Subject { organization: "", common_name: "phone" };
    let own = authority::self_signed(&key, subject, NOW, &mut seeded()).unwrap();
    let challenge = profile.challenge.as_ref().map(|challenge| challenge.expose().as_str());
    let public_key = authority::public_key_der(&key).unwrap();
    let csr = csr::make(&key, &public_key, &subject.to_der(), challenge, &mut seeded()).unwrap();
    let requester = Requester { key: &key, certificate: &own };
    let wish = Wish {
        kind: Kind::PkcsReq,
        authority: &authority,
        csr: &csr,
        cipher: Cipher::Aes128,
        digest: Digest::Sha256,
        at: Some(NOW),
    };
    let (body, asked) = ask(requester, &wish, &mut seeded()).unwrap();
    let response = server.post(&format!("{path}?operation=PKIOperation")).body(body).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["content-type"], "application/x-pki-message");
    asked.read(&response.bytes().await.unwrap(), requester, &mut seeded()).ok()
}
