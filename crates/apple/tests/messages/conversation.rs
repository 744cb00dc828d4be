//! One phone and one server, from the profile to the answer of a command. Each side has only what the other sent.

use std::{fs, path::PathBuf};

use apple::{
    algorithm::Digest,
    authority::{self, Authority, Subject},
    certificate::Certificate,
    checkin::{Authenticate, CheckIn, TokenUpdate},
    cms::{self, Cipher, RsaSigner, SignedError, Signing},
    command::{Command, Request, command_uuid},
    csr,
    profile::{EnrollmentProfile, Profile, Rights},
    random::{Random, random},
    report::{DeviceInformation, QUERIES, Report, Status},
    scep::{Kind, Message, Requester, Wish, ask},
    secret::Secret,
    udid::Udid,
};
use rsa::pkcs8::DecodePrivateKey as _;
use time::{OffsetDateTime, macros::datetime};
use uuid::Uuid;

use crate::{TOPIC, UDID};

const NOW: OffsetDateTime = datetime!(2026-12-01 10:00 UTC);
const CHALLENGE: &str = "8f1c-once";
const DEVICE: Subject<'_> = Subject { organization: "Example", common_name: "Rollcall device" };

fn vector(name: &str) -> Vec<u8> {
    fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(name)).unwrap()
}

fn seeded(seed: u8) -> Random {
    random([seed; 32])
}

struct Server {
    authority: Authority,
}

impl Server {
    fn new() -> Self {
        Self { authority: Authority::read(&vector("authority.der"), &vector("authority.key.der")).unwrap() }
    }

    fn profile() -> Vec<u8> {
        let challenge = Secret::new(CHALLENGE.to_owned());
        let profile = Profile {
            installation: Uuid::from_u128(7),
            identifier: "example.rollcall.rollcall.enroll",
            display_name: "Rollcall",
            organization: "Example",
            description: "",
            consent: "",
            scep_url: "https://rollcall.example/apple/scep",
            challenge: &challenge,
            topic: TOPIC,
            server_url: "https://rollcall.example/apple/mdm",
            rights: Rights::COMPANY,
        };
        profile.write().unwrap()
    }

    /// The answer to a `PKIOperation`, and the hash of the certificate in it.
    fn issue(&self, body: &[u8]) -> (Vec<u8>, [u8; 32]) {
        let message = Message::read(body).unwrap();
        let operation = message.open(&self.authority, &mut seeded(11)).unwrap();
        assert_eq!(operation.request.challenge(), Some(CHALLENGE));
        let issued = self.authority.issue(operation.request.public_key_der(), DEVICE, NOW, &mut seeded(12)).unwrap();
        let reply = message.grant(&self.authority, &issued, operation.cipher, NOW, &mut seeded(13)).unwrap();
        (reply, issued.hash())
    }
}

struct Phone {
    key: rsa::PrivateKey,
    identity: Certificate,
    profile: EnrollmentProfile,
}

impl Phone {
    /// Takes the profile and gets its identity.
    fn enroll(profile: &[u8], server: &Server) -> (Self, [u8; 32]) {
        let profile = EnrollmentProfile::read(profile).unwrap();
        let key = rsa::PrivateKey::from_pkcs8_der(&vector("other.key.der")).unwrap();
        let own = authority::self_signed(&key, DEVICE, NOW, &mut seeded(21)).unwrap();
        let public_key = authority::public_key_der(&key).unwrap();
        let challenge = profile.challenge.as_ref().map(|challenge| challenge.expose().as_str());
        let csr = csr::make(&key, &public_key, &DEVICE.to_der(), challenge, &mut seeded(22)).unwrap();
        let requester = Requester { key: &key, certificate: &own };
        let wish = Wish {
            kind: Kind::PkcsReq,
            authority: server.authority.certificate(),
            csr: &csr,
            cipher: Cipher::Aes128,
            digest: Digest::Sha256,
            at: Some(NOW),
        };
        let (body, asked) = ask(requester, &wish, &mut seeded(23)).unwrap();
        let (reply, hash) = server.issue(&body);
        let identity = asked.read(&reply, requester, &mut seeded(24)).unwrap();
        (Self { key, identity, profile }, hash)
    }

    /// The value of `Mdm-Signature`, before base64.
    fn sign(&self, body: &[u8]) -> Vec<u8> {
        let mut random = seeded(25);
        let (key, certificate) = (&self.key, &self.identity);
        let mut signer = RsaSigner { key, certificate, digest: Digest::Sha256, random: &mut random };
        cms::sign_detached(body, &mut signer, &Signing { at: Some(NOW), ..Signing::default() }).unwrap()
    }
}

#[test]
fn a_phone_enrolls_and_answers_a_command() {
    let server = Server::new();
    let (phone, issued) = Phone::enroll(&Server::profile(), &server);
    assert!(phone.profile.sign_message);
    let (udid, topic) = (Udid::parse(UDID).unwrap(), phone.profile.topic.clone());
    let heard = |body: &[u8]| {
        let signed = cms::verify_detached(&phone.sign(body), body).unwrap();
        assert_eq!(signed.signer.hash(), issued, "the certificate names the phone");
        body.to_vec()
    };

    let hello = CheckIn::Authenticate(Authenticate {
        udid: udid.clone(),
        topic: topic.clone(),
        device_name: None,
        model: None,
        model_name: None,
        product_name: Some("iPhone15,4".into()),
        os_version: Some("18.5".into()),
        build_version: None,
        serial_number: None,
        imei: None,
        meid: None,
    });
    assert_eq!(CheckIn::read(&heard(&hello.write().unwrap())), Ok(hello));
    let reached = CheckIn::TokenUpdate(TokenUpdate {
        udid: udid.clone(),
        topic,
        token: Secret::new(vec![7; 32]),
        magic: Secret::new("magic".into()),
        unlock_token: None,
        awaiting_configuration: false,
    });
    assert_eq!(CheckIn::read(&heard(&reached.write().unwrap())), Ok(reached));

    let idle = Report::new(udid.clone(), Status::Idle, None);
    assert_eq!(Report::read(&heard(&idle.write().unwrap())).unwrap().status, Status::Idle);
    let queries = QUERIES.map(str::to_owned).to_vec();
    let sent =
        Command { uuid: command_uuid([9; 16]), request: Request::DeviceInformation { queries } }.write().unwrap();

    let command = Command::read(&sent).unwrap();
    let Request::DeviceInformation { queries } = &command.request else { panic!("{}", command.request.kind()) };
    let facts = DeviceInformation { battery: Some(0.5), supervised: Some(true), ..DeviceInformation::default() };
    let mut answer = Report::new(udid, Status::Acknowledged, Some(command.uuid));
    answer.information = Some(facts.only(queries));
    let read = Report::read(&heard(&answer.write().unwrap())).unwrap();
    assert_eq!((read.command, read.information), (Some(command_uuid([9; 16])), Some(facts)));
}

#[test]
fn a_message_that_was_changed_on_the_way_is_not_read() {
    let server = Server::new();
    let (phone, _) = Phone::enroll(&Server::profile(), &server);
    let body = Report::new(Udid::parse(UDID).unwrap(), Status::Idle, None).write().unwrap();
    let signature = phone.sign(&body);
    let changed = String::from_utf8(body).unwrap().replace("Idle", "NotNow");
    let verified = cms::verify_detached(&signature, changed.as_bytes());
    assert_eq!(verified.map(|_| ()), Err(SignedError::Digest));
}
