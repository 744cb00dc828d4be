//! Requests for a certificate, as clients of several kinds make them, and what should not be answered with one.

use super::phone::{IPhone, NOW, seeded};
use crate::harness::{Invited, Server};
use apple::{
    algorithm::Digest,
    authority::{self, Subject},
    certificate::Certificate,
    cms::Cipher,
    csr,
    profile::EnrollmentProfile,
    scep::{Asked, CAPABILITIES, ClientError, Kind, Requester, Wish, ask, message_to_query},
};
use reqwest::StatusCode;
use std::{collections::BTreeSet, time::Duration};

const PATH: &str = "/apple/scep?operation=PKIOperation";
const SUBJECT: Subject<'static> = Subject { organization: "", common_name: "phone" };

/// What a client asks with.
struct Client {
    key: Vec<u8>,
    own: Certificate,
}

impl Client {
    fn new(key: &[u8]) -> Self {
        let read = authority::key_from_pkcs8(key).unwrap();
        let own = authority::self_signed(&read, SUBJECT, NOW, &mut seeded()).unwrap();
        Self { key: key.to_vec(), own }
    }

    /// With a key that nobody else has.
    fn with_new_key() -> Self {
        let key = authority::make_key(&mut seeded()).unwrap();
        Self::new(authority::key_to_pkcs8(&key).unwrap().as_bytes())
    }

    /// A request, and what has to come back.
    fn request(
        &self,
        authority: &Certificate,
        challenge: Option<&str>,
        cipher: Cipher,
        digest: Digest,
    ) -> (Vec<u8>, Asked) {
        let key = authority::key_from_pkcs8(&self.key).unwrap();
        let public_key = authority::public_key_der(&key).unwrap();
        let csr = csr::make(&key, &public_key, &SUBJECT.to_der(), challenge, &mut seeded()).unwrap();
        let wish = Wish { kind: Kind::PkcsReq, authority, csr: &csr, cipher, digest, at: Some(NOW) };
        ask(Requester { key: &key, certificate: &self.own }, &wish, &mut seeded()).unwrap()
    }

    fn read(&self, asked: &Asked, answer: &[u8]) -> Result<Certificate, ClientError> {
        let key = authority::key_from_pkcs8(&self.key).unwrap();
        asked.read(answer, Requester { key: &key, certificate: &self.own }, &mut seeded())
    }
}

impl Server {
    async fn authority(&self) -> Certificate {
        let response = self.get("/apple/scep?operation=GetCACert").send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "application/x-x509-ca-cert");
        Certificate::from_der(&response.bytes().await.unwrap()).unwrap()
    }

    /// The challenge of a new invitation.
    async fn challenge(&self, email: &str) -> (Invited, String) {
        let invited = self.invite(email).await;
        self.accept(&invited, "company", "ios").await;
        let file = self.profile(&invited.token).await.bytes().await.unwrap();
        let challenge = EnrollmentProfile::read(&file).unwrap().challenge.unwrap().expose().clone();
        (invited, challenge)
    }

    async fn pki(&self, message: Vec<u8>) -> (StatusCode, Vec<u8>) {
        let response = self.post(PATH).body(message).send().await.unwrap();
        (response.status(), response.bytes().await.unwrap().to_vec())
    }

    async fn issued(&self) -> u64 {
        self.sql("update apple_identities set serial = serial").await
    }
}

#[tokio::test]
async fn what_phones_need_is_among_the_capabilities() {
    let server = Server::start_for_phones().await;
    let response = server.get("/apple/scep?operation=GetCACaps").send().await.unwrap();
    assert!(response.headers()["content-type"].to_str().unwrap().starts_with("text/plain"));
    assert_eq!(response.text().await.unwrap(), CAPABILITIES);
    assert_eq!(server.authority().await, server.authority().await);
    for unknown in ["", "?operation=", "?operation=GetCert", "?message=AAAA", "?operation=PKIOperation"] {
        let status = server.get(&format!("/apple/scep{unknown}")).send().await.unwrap().status();
        assert_eq!(status, StatusCode::BAD_REQUEST, "{unknown}");
    }
}

#[tokio::test]
async fn every_cipher_and_digest_of_a_client_is_answered_in_kind() {
    let server = Server::start_for_phones().await;
    let (_, challenge) = server.challenge("p@example.com").await;
    let authority = server.authority().await;
    let client = Client::new(IPhone::key(0));
    let ciphers = [Cipher::Des, Cipher::TripleDes, Cipher::Aes128, Cipher::Aes192, Cipher::Aes256];
    let digests = [Digest::Sha1, Digest::Sha256, Digest::Sha384, Digest::Sha512, Digest::Sha1];
    for (cipher, digest) in ciphers.into_iter().zip(digests) {
        let (message, asked) = client.request(&authority, Some(&challenge), cipher, digest);
        let (status, answer) = server.pki(message).await;
        assert_eq!(status, StatusCode::OK, "{cipher:?} {digest:?}");
        assert!(client.read(&asked, &answer).is_ok(), "{cipher:?} {digest:?}");
        assert_eq!(apple::cms::verify_attached(&answer).unwrap().digest, digest);
    }
    assert_eq!(server.issued().await, 1, "for the same key the same certificate");
}

#[tokio::test]
async fn a_request_in_the_address_is_answered_like_one_in_the_body() {
    let server = Server::start_for_phones().await;
    let (_, challenge) = server.challenge("p@example.com").await;
    let authority = server.authority().await;
    let client = Client::new(IPhone::key(0));
    for name in ["usual", "escaped", "URL-safe", "without padding"] {
        // Long enough that every character of the alphabet is in it.
        let (message, asked) = client.request(&authority, Some(&challenge), Cipher::TripleDes, Digest::Sha256);
        let usual = message_to_query(&message);
        let url_safe = usual.replace('+', "-").replace('/', "_");
        let written = match name {
            "usual" => usual,
            "escaped" => usual.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D"),
            "URL-safe" => url_safe,
            _ => url_safe.replace('=', ""),
        };
        let response = server.get(&format!("{PATH}&message={written}")).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{name}");
        assert!(client.read(&asked, &response.bytes().await.unwrap()).is_ok(), "{name}");
    }
    let response = server.get(&format!("{PATH}&message=%24%24")).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn whoever_has_no_usable_challenge_gets_a_signed_refusal() {
    let server = Server::start_for_phones().await;
    let (_, used) = server.challenge("p@example.com").await;
    let (_, expired) = server.challenge("q@example.com").await;
    let authority = server.authority().await;
    let client = Client::new(IPhone::key(0));
    server.sql("update apple_challenges set issued = 5 where rowid = 1").await;
    server.sql("update apple_challenges set expires_at = 0 where rowid = 2").await;
    let unknown = "00112233445566778899aabbccddeeff";
    let long = "x".repeat(255);
    for challenge in [None, Some(unknown), Some(used.as_str()), Some(expired.as_str()), Some(long.as_str())] {
        let (message, asked) = client.request(&authority, challenge, Cipher::Aes128, Digest::Sha256);
        let (status, answer) = server.pki(message).await;
        assert_eq!(status, StatusCode::OK, "{challenge:?}");
        assert!(matches!(client.read(&asked, &answer), Err(ClientError::Refused(_))), "{challenge:?}");
    }
    assert_eq!(server.issued().await, 0);
}

#[tokio::test]
async fn a_message_that_is_cut_or_changed_brings_no_certificate() {
    let server = Server::start_for_phones().await;
    let (_, challenge) = server.challenge("p@example.com").await;
    let authority = server.authority().await;
    let client = Client::new(IPhone::key(0));
    let (message, asked) = client.request(&authority, Some(&challenge), Cipher::Aes128, Digest::Sha256);
    // Each beginning of it.
    for end in 0..message.len() {
        let (status, answer) = server.pki(message[..end].to_vec()).await;
        assert_eq!((status, answer.len()), (StatusCode::BAD_REQUEST, 0), "{end}");
    }
    assert_eq!(server.issued().await, 0);
    // One bit changed, now here, now there. What is signed cannot change, nor can the signature; of what the sender says of
    // itself some things may, and the answer is what it was.
    let envelope = apple::cms::verify_attached(&message).unwrap().content;
    let begin = message.windows(envelope.len()).position(|window| window == envelope).unwrap();
    let is_signed = |at: usize| (begin..begin + envelope.len()).contains(&at) || at + 256 >= message.len();
    for at in (0..message.len()).step_by(7) {
        let mut changed = message.clone();
        changed[at] ^= 1 << (at % 8);
        let (status, answer) = server.pki(changed).await;
        match status {
            StatusCode::BAD_REQUEST => assert!(answer.is_empty(), "{at}"),
            StatusCode::OK => assert!(!is_signed(at), "{at}"),
            other => panic!("{at}: {other}"),
        }
    }
    assert!(server.issued().await <= 1, "of the one key that asked");
    for body in
        [vec![0x30, 0x80], vec![0x30, 0x84, 0xff, 0xff, 0xff, 0xff], [0x30, 0x80].repeat(30_000), vec![b'x'; 65_536]]
    {
        assert_eq!(server.pki(body).await.0, StatusCode::BAD_REQUEST);
    }
    assert_eq!(server.pki(vec![b'x'; 65_537]).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    let (status, answer) = server.pki(message).await;
    assert_eq!(status, StatusCode::OK);
    assert!(client.read(&asked, &answer).is_ok(), "nothing was spoilt");
}

#[tokio::test]
async fn requests_that_come_at_once_get_no_more_certificates_than_a_challenge_issues() {
    let server = Server::start_for_phones().await;
    let (_, challenge) = server.challenge("p@example.com").await;
    let authority = server.authority().await;
    let known = (0..3).map(|number| Client::new(IPhone::key(number)));
    let clients: Vec<Client> = known.chain((0..4).map(|_| Client::with_new_key())).collect();
    let requests = clients.iter().map(async |client| {
        let (message, asked) = client.request(&authority, Some(&challenge), Cipher::Aes128, Digest::Sha256);
        let (status, answer) = server.pki(message).await;
        assert_eq!(status, StatusCode::OK);
        client.read(&asked, &answer)
    });
    let answers = futures::future::join_all(requests).await;
    let serials: BTreeSet<_> = answers.iter().flatten().map(|certificate| certificate.serial().to_vec()).collect();
    assert_eq!((answers.iter().flatten().count(), serials.len()), (5, 5));
    assert_eq!(server.issued().await, 5);
    assert!(answers.iter().all(|answer| matches!(answer, Ok(_) | Err(ClientError::Refused(_)))));
}

#[tokio::test]
async fn whoever_goes_on_asking_with_a_challenge_has_to_wait() {
    let server = Server::start_for_phones().await;
    let (_, challenge) = server.challenge("p@example.com").await;
    let authority = server.authority().await;
    let client = Client::new(IPhone::key(0));
    let asks = async || {
        let (message, asked) = client.request(&authority, Some(&challenge), Cipher::Aes128, Digest::Sha256);
        client.read(&asked, &server.pki(message).await.1)
    };
    for _ in 0..60 {
        assert!(asks().await.is_ok());
    }
    assert!(matches!(asks().await, Err(ClientError::Refused(_))));
    server.clock.advance(Duration::from_hours(1));
    assert!(asks().await.is_ok());
}
