//! Pushes to phones that wait, that are off, and that are gone; certificates as Apple's portal hands them out.
#![expect(clippy::unwrap_used, reason = "these are tests")]

use apple::{
    algorithm::Digest,
    apns::{Client, Push, Verdict},
    authority::{Subject, make_key, public_key_der},
    cms::RsaSigner,
    push_certificate::{PushCertificate, make_request, to_pem, wrap},
    random::random,
};
use pretended_apns::{PretendedApns, PretendedApple, Reply, Tls};
use time::{Duration, OffsetDateTime, macros::datetime};

const NOW: OffsetDateTime = datetime!(2026-11-26 12:00 UTC);
const TOPIC: &str = "com.apple.mgmt.External.one";
const TOKEN: [u8; 32] = [7; 32];

struct Place {
    service: PretendedApns,
    client: Client,
}

impl Place {
    async fn new() -> Self {
        let mut random = random([1; 32]);
        // The certificates have to be valid for the client, which reads the clock of the host.
        let now = OffsetDateTime::from_unix_timestamp(host_clock()).unwrap();
        let authority = PretendedApple::make(now, &mut random).unwrap();
        let tls = Tls::new(authority.server_identity(now, &mut random).unwrap(), authority.certificate().der());
        let service = PretendedApns::start(([127, 0, 0, 1], 0).into(), tls).await.unwrap();
        let identity = authority.push_identity(TOPIC, PretendedApple::year_from(now), &mut random).unwrap();
        let client = Client::new(&service.base(), identity, [authority.certificate().der()]).unwrap();
        Self { service, client }
    }

    async fn push(&self, magic: &str, topic: &str) -> Verdict {
        self.client.send(&Push::new(&TOKEN, magic, topic, NOW).unwrap()).await.unwrap().verdict()
    }
}

#[expect(clippy::disallowed_methods, reason = "TLS compares with the clock of the host")]
fn host_clock() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

#[tokio::test]
async fn a_push_reaches_the_phone_that_waits_for_it() {
    let place = Place::new().await;
    let (mut own, mut other) = (place.service.wait_for(&TOKEN, TOPIC), place.service.wait_for(&[8; 32], TOPIC));
    assert_eq!(place.push("magic", TOPIC).await, Verdict::Accepted);
    assert_eq!(own.next().await.unwrap().magic(), "magic");
    assert_eq!(place.service.arrived(), 1);
    // The other one got nothing: what comes first is its own.
    place.client.send(&Push::new(&[8; 32], "other", TOPIC, NOW).unwrap()).await.unwrap();
    assert_eq!(other.next().await.unwrap().magic(), "other");
}

#[tokio::test]
async fn a_phone_that_was_off_gets_the_latest_push_only() {
    let place = Place::new().await;
    drop(place.service.wait_for(&TOKEN, TOPIC));
    for magic in ["first", "second"] {
        assert_eq!(place.push(magic, TOPIC).await, Verdict::Accepted);
    }
    let mut pushes = place.service.wait_for(&TOKEN, TOPIC);
    assert_eq!(pushes.next().await.unwrap().magic(), "second");
    // What was taken is not kept.
    drop(pushes);
    assert_eq!(place.push("third", TOPIC).await, Verdict::Accepted);
    assert_eq!(place.service.wait_for(&TOKEN, TOPIC).next().await.unwrap().magic(), "third");
}

#[tokio::test]
async fn pushes_are_refused_as_apple_refuses_them() {
    let place = Place::new().await;
    assert_eq!(place.push("magic", "com.apple.mgmt.External.two").await, Verdict::OurCertificate);
    let _pushes = place.service.wait_for(&TOKEN, "com.apple.mgmt.External.two");
    assert_eq!(place.push("magic", TOPIC).await, Verdict::OtherTopic);
    place.service.reply_to(&TOKEN, Reply::refusal(503, "ServiceUnavailable"));
    assert_eq!(place.push("magic", TOPIC).await, Verdict::Later { after: None });
    place.service.unregister(&TOKEN, NOW);
    assert_eq!(place.push("magic", TOPIC).await, Verdict::TokenDead { since: Some(NOW) });
    assert_eq!(place.service.arrived(), 4);
}

#[test]
fn a_request_is_answered_with_a_push_certificate() {
    let mut random = random([2; 32]);
    let made = PretendedApple::make(NOW, &mut random).unwrap();
    let key = make_key(&mut random).unwrap();
    let subject = Subject { organization: "Example", common_name: "Push" };
    let request = make_request(&key, subject, &mut random).unwrap();
    // A vendor that the authority itself certified.
    let vendor = made.push_certificate(&public_key_der(&key).unwrap(), TOPIC, NOW..NOW + Duration::DAY, &mut random);
    let vendor = vendor.unwrap();
    let mut signer = RsaSigner { key: &key, certificate: &vendor, digest: Digest::Sha256, random: &mut random };
    let wrapped = wrap(&request, &mut signer, &[made.certificate().clone()]).unwrap();

    let stored = PretendedApple::read(made.certificate().der(), made.key_to_pkcs8().unwrap().as_bytes()).unwrap();
    let year = PretendedApple::year_from(NOW);
    for file in [wrapped, to_pem(&request).unwrap()] {
        let issued = stored.answer(file.as_bytes(), TOPIC, year.clone(), &mut random).unwrap();
        issued.check_issued_by(made.certificate()).unwrap();
        let certificate = PushCertificate::read(issued.der()).unwrap();
        assert_eq!(certificate.topic(), TOPIC);
        assert!(certificate.is_for(&key));
        certificate.check_dates(NOW).unwrap();
    }
    assert!(stored.answer(b"nothing", TOPIC, year, &mut random).is_err());
}
