//! A server of Apple's protocol for tests, made of the server's halves of the crate `apple`: it hands out profiles, issues
//! certificates, and keeps one queue of commands.

use super::stub::{ReceivedRequest, Reply, StubServer};
use apple::{
    apns::{Client, Push},
    authority::{Authority, Subject},
    certificate::Certificate,
    checkin::CheckIn,
    command::{Command, Request, command_uuid},
    mdm_signature,
    profile::{Profile, Rights},
    random::random,
    report::{Report, Status},
    scep::{CAPABILITIES, Message},
    secret::Secret,
};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex},
};
use time::{OffsetDateTime, macros::datetime};
use uuid::Uuid;

pub const TOPIC: &str = "com.apple.mgmt.External.test";
pub const IDENTIFIER: &str = "example.rollcall.enroll";
const NOW: OffsetDateTime = datetime!(2026-12-01 10:00 UTC);
const CHALLENGE: &str = "let-me-in";
const DEVICE: Subject<'_> = Subject { organization: "Example", common_name: "Rollcall device" };

/// What the server knows.
pub struct Known {
    authority: Authority,
    /// Commands that wait, each with its number.
    queue: VecDeque<(u8, Request)>,
    numbered: u8,
    /// A command that comes when a phone says for the second time how it is reached.
    pub when_back: Option<Request>,
    /// What happened, in words.
    pub log: Vec<String>,
    /// Reports that came.
    pub reports: Vec<Report>,
    /// Whose a certificate is.
    owners: HashMap<[u8; 32], Option<String>>,
    rights: Rights,
    pushes: Vec<Push>,
}

/// The server.
pub struct AppleServer {
    pub stub: StubServer,
    pub known: Arc<Mutex<Known>>,
}

impl AppleServer {
    /// A server with commands that wait from the beginning.
    pub async fn start(rights: Rights, commands: &[Request], client: Option<Client>) -> Self {
        let known = Arc::new(Mutex::new(Known {
            authority: Authority::make(DEVICE, NOW, &mut random([1; 32])).unwrap(),
            queue: VecDeque::new(),
            numbered: 0,
            when_back: None,
            log: Vec::new(),
            reports: Vec::new(),
            owners: HashMap::new(),
            rights,
            pushes: Vec::new(),
        }));
        for command in commands {
            known.lock().unwrap().enqueue(command.clone());
        }
        let shared = known.clone();
        let stub = StubServer::start(move |_, request| {
            let mut known = shared.lock().unwrap();
            let reply = known.answer(request);
            for push in std::mem::take(&mut known.pushes) {
                if let Some(client) = client.clone() {
                    tokio::spawn(async move { client.send(&push).await.unwrap() });
                }
            }
            reply
        })
        .await;
        Self { stub, known }
    }

    /// What happened so far, in words.
    pub fn log(&self) -> Vec<String> {
        self.known.lock().unwrap().log.clone()
    }
}

impl Known {
    /// Adds a command.
    pub fn enqueue(&mut self, request: Request) {
        self.numbered += 1;
        self.queue.push_back((self.numbered, request));
    }

    fn answer(&mut self, request: &ReceivedRequest) -> Reply {
        let host = request.header("host");
        let path = request.target.trim_start_matches("/base");
        match (request.method.as_str(), path) {
            ("GET", "/apple/scep?operation=GetCACaps") => Reply::new(200).body(CAPABILITIES),
            ("GET", "/apple/scep?operation=GetCACert") => Reply::new(200).body(self.authority.certificate().der()),
            ("POST", "/apple/scep?operation=PKIOperation") => self.issue(&request.bytes),
            ("PUT", "/apple/mdm") => self.message(request),
            ("GET", path) if path.ends_with("/profile") => {
                self.log.push("profile".to_owned());
                let profile = profile(host, self.rights, TOPIC);
                Reply::new(200).header("Content-Type", apple::profile::CONTENT_TYPE).body(profile)
            }
            ("GET", path) if path.starts_with("/e/") => Reply::new(200),
            ("POST", path) if path.starts_with("/e/") => {
                self.log.push(String::from_utf8(request.bytes.clone()).unwrap());
                Reply::new(303).header("Location", path)
            }
            _ => Reply::new(404),
        }
    }

    fn issue(&mut self, body: &[u8]) -> Reply {
        let message = Message::read(body).unwrap();
        let operation = message.open(&self.authority, &mut random([2; 32])).unwrap();
        assert_eq!(operation.request.challenge(), Some(CHALLENGE));
        self.log.push("certificate".to_owned());
        let seed = [u8::try_from(self.log.len()).unwrap(); 32];
        let key = operation.request.public_key_der();
        let issued = self.authority.issue(key, DEVICE, NOW, &mut random(seed)).unwrap();
        self.owners.insert(issued.hash(), None);
        let reply = message.grant(&self.authority, &issued, operation.cipher, NOW, &mut random([3; 32])).unwrap();
        Reply::new(200).body(reply)
    }

    fn message(&mut self, request: &ReceivedRequest) -> Reply {
        let signed = mdm_signature::verify(request.header(mdm_signature::HEADER).as_bytes(), &request.bytes).unwrap();
        if request.header("content-type") == apple::checkin::CONTENT_TYPE {
            return self.check_in(&CheckIn::read(&request.bytes).unwrap(), &signed.signer);
        }
        let report = Report::read(&request.bytes).unwrap();
        if !self.is_owner(&signed.signer, report.udid.as_str()) {
            self.log.push("stranger".to_owned());
            return Reply::new(400);
        }
        self.report(report)
    }

    fn check_in(&mut self, message: &CheckIn, signer: &Certificate) -> Reply {
        match message {
            CheckIn::Authenticate(hello) => {
                assert!(self.is_owner(signer, hello.udid.as_str()));
                self.log.push("Authenticate".to_owned());
            }
            CheckIn::TokenUpdate(reached) => {
                assert!(self.is_owner(signer, reached.udid.as_str()));
                if self.log.iter().any(|line| line == "TokenUpdate")
                    && let Some(command) = self.when_back.take()
                {
                    self.enqueue(command);
                }
                self.log.push("TokenUpdate".to_owned());
                let push = Push::new(reached.token.expose(), reached.magic.expose(), TOPIC, NOW).unwrap();
                self.pushes.push(push);
            }
            CheckIn::CheckOut(_) => self.log.push("CheckOut".to_owned()),
            CheckIn::Other { kind } => panic!("{kind}"),
        }
        Reply::new(200)
    }

    /// Whether a certificate is that of the phone, which it becomes with the first message.
    fn is_owner(&mut self, signer: &Certificate, udid: &str) -> bool {
        let owner = self.owners.get_mut(&signer.hash()).expect("a certificate of ours");
        owner.get_or_insert_with(|| udid.to_owned()) == udid
    }

    fn report(&mut self, report: Report) -> Reply {
        let done = self.queue.iter().position(|(number, _)| report.command == Some(uuid(*number)));
        let kind = done.and_then(|at| self.queue.get(at)).map_or("", |(_, request)| request.kind());
        self.log.push(format!("{} {kind}", report.status.as_str()).trim().to_owned());
        let was_put_off = report.status == Status::NotNow;
        if let Some(at) = done.filter(|_| !was_put_off) {
            self.queue.remove(at);
        }
        self.reports.push(report);
        match self.queue.front().filter(|_| !was_put_off) {
            Some((number, request)) => {
                let command = Command { uuid: uuid(*number), request: request.clone() };
                Reply::new(200).body(command.write().unwrap())
            }
            None => Reply::new(200),
        }
    }
}

/// The profile, for the server at this host.
pub fn profile(host: &str, rights: Rights, topic: &str) -> Vec<u8> {
    let challenge = Secret::new(CHALLENGE.to_owned());
    let base = format!("http://{host}/base/apple");
    let profile = Profile {
        installation: Uuid::from_u128(7),
        identifier: IDENTIFIER,
        display_name: "Rollcall",
        organization: "Example",
        description: "",
        consent: "",
        scep_url: &format!("{base}/scep"),
        challenge: &challenge,
        topic,
        server_url: &format!("{base}/mdm"),
        rights,
    };
    profile.write().unwrap()
}

fn uuid(number: u8) -> Uuid {
    command_uuid([number; 16])
}
