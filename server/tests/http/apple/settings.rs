//! Settings → Apple devices: from the request to the push certificate, and what is refused.

use super::phone::{IPhone, TOPIC, pretended_apple, seeded};
use crate::harness::Server;
use apple::authority::{key_from_pkcs8, public_key_der};
use domain::audit::AuditEvent;
use reqwest::{Response, StatusCode};
use server::cli::{
    args::{AppleCommand, PushRequestCommand, SignArgs},
    commands::apple as command,
};
use std::{ops::Range, path::PathBuf};
use time::{OffsetDateTime, macros::datetime};

const VALID: Range<OffsetDateTime> = datetime!(2026-01-01 00:00 UTC)..datetime!(2026-07-01 00:00 UTC);
const OTHER: &str = "com.apple.mgmt.External.other";

/// An admin's browser.
struct Admin<'a> {
    server: &'a Server,
    cookie: String,
}

impl<'a> Admin<'a> {
    async fn of(server: &'a Server) -> Self {
        Self { server, cookie: server.signed_in().await }
    }

    async fn get(&self, path: &str) -> Response {
        self.server.get(path).header("cookie", &self.cookie).header("accept", "text/html").send().await.unwrap()
    }

    async fn page(&self, path: &str) -> String {
        let response = self.get(path).await;
        assert_eq!(response.status(), StatusCode::OK);
        response.text().await.unwrap()
    }

    async fn post(&self, path: &str, content_type: &str, body: Vec<u8>) -> String {
        let request = self.server.post(path).header("cookie", &self.cookie).header("content-type", content_type);
        let response = request.header("sec-fetch-site", "same-origin").body(body).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        response.headers()["location"].to_str().unwrap().to_owned()
    }

    /// Makes a request and returns its file.
    async fn request(&self) -> String {
        let content_type = "application/x-www-form-urlencoded";
        assert_eq!(self.post("/settings/apple/request", content_type, Vec::new()).await, "/settings/apple");
        let file = self.get("/settings/apple/request.csr").await;
        assert_eq!(file.headers()["cache-control"], "no-store");
        file.text().await.unwrap()
    }

    /// Uploads a certificate; returns where that leads.
    async fn upload(&self, certificate: &[u8], key: &[u8], topic: &str) -> String {
        let mut body = Vec::new();
        let fields: [(&str, &[u8]); 4] =
            [("certificate", certificate), ("account", b"mdm@example.com"), ("key", key), ("topic", topic.as_bytes())];
        for (name, value) in fields {
            body.extend(format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n").as_bytes());
            body.extend(value);
            body.extend(b"\r\n");
        }
        body.extend(b"--x--\r\n");
        self.post("/settings/apple/upload", "multipart/form-data; boundary=x", body).await
    }

    /// Requests a certificate, and gets it from the pretended Apple.
    async fn certificate(&self, topic: &str, valid: Range<OffsetDateTime>) -> Vec<u8> {
        let request = self.request().await;
        pretended_apple().answer(request.as_bytes(), topic, valid, &mut seeded()).unwrap().der().to_vec()
    }
}

/// Signs a request as an organisation that is a vendor.
async fn sign(request: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| -> PathBuf {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let apple_key = pretended_apple().key_to_pkcs8().unwrap();
    let vendor = pretended_apple().certificate().der().to_vec();
    let args = SignArgs {
        csr: file("request.csr", request.as_bytes()),
        vendor_cert: file("vendor.der", &vendor),
        vendor_key: file("vendor-key.der", apple_key.as_bytes()),
        chain: None,
        out: folder.path().join("signed.txt"),
    };
    let wish = || AppleCommand::PushRequest(PushRequestCommand::Sign(args.clone()));
    command::run(wish()).await.unwrap();
    assert!(command::run(wish()).await.unwrap_err().to_string().contains("signed.txt"), "it overwrites nothing");
    std::fs::read(&args.out).unwrap()
}

#[tokio::test]
async fn an_admin_gets_a_push_certificate_from_request_to_upload() {
    let server = Server::start().await;
    let admin = Admin::of(&server).await;
    assert!(admin.page("/settings/apple").await.contains("There is no push certificate."));
    assert_eq!(
        admin.get("/settings/apple/request.csr").await.headers()["location"],
        "/settings/apple?outcome=no-request"
    );
    let signed = sign(&admin.request().await).await;
    let certificate = pretended_apple().answer(&signed, TOPIC, VALID, &mut seeded()).unwrap();
    assert_eq!(admin.upload(certificate.der(), b"", "").await, "/settings/apple?outcome=saved");
    let serial = certificate.serial().iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().concat();
    let page = admin.page("/settings/apple?outcome=saved").await;
    assert!(page.contains(&serial));
    for shown in [TOPIC, "mdm@example.com", "2026-07-01", "The push certificate is in use.", "expires in 30 days"] {
        assert!(page.contains(shown), "{shown}");
    }
    assert!(!page.contains("request.csr\""), "a request that was answered waits no longer");
    assert_eq!(server.rollcall.apple_topic().await.unwrap().as_deref(), Some(TOPIC));
    let entries = server.rollcall.audit_trail(None, 100).await.unwrap().entries;
    let changes: Vec<_> =
        entries.into_iter().map(|it| it.entry).filter(|it| it.event == AuditEvent::SettingsChanged).collect();
    let subjects: Vec<_> = changes.iter().map(|it| it.subject.as_str()).collect();
    assert_eq!(subjects, ["push certificate uploaded", "push certificate requested"]);
    assert!(changes.iter().all(|it| it.address.is_some()), "with the address of the browser");
}

#[tokio::test]
async fn a_certificate_that_does_not_fit_is_refused_and_changes_nothing() {
    let server = Server::start().await;
    let admin = Admin::of(&server).await;
    let expired = datetime!(2025-01-01 00:00 UTC)..datetime!(2025-06-01 00:00 UTC);
    let expired = admin.certificate(TOPIC, expired).await;
    let app = admin.certificate("com.example.app", VALID).await;
    let key = key_from_pkcs8(IPhone::key(0)).unwrap();
    let public_key = public_key_der(&key).unwrap();
    let foreign = pretended_apple().push_certificate(&public_key, TOPIC, VALID, &mut seeded()).unwrap();
    let foreign = foreign.der();
    let cases: [(&str, &[u8], &[u8]); 7] = [
        ("no-certificate", b"hello", b""),
        ("no-certificate", b"", b""),
        ("no-certificate", &app, b""),
        ("bad-dates", &expired, b""),
        ("other-key", foreign, b""),
        ("other-key", foreign, IPhone::key(1)),
        ("bad-key", foreign, b"hello"),
    ];
    for (outcome, certificate, key) in cases {
        let place = admin.upload(certificate, key, "").await;
        assert_eq!(place, format!("/settings/apple?outcome={outcome}"));
        assert!(admin.page(&place).await.contains("role=\"alert\""), "{outcome}");
    }
    let long = vec![b'a'; 100 * 1024];
    assert_eq!(admin.upload(&long, b"", "").await, "/settings/apple?outcome=broken");
    assert_eq!(server.rollcall.apple_topic().await.unwrap(), None);
    // With its own key it is taken.
    assert_eq!(admin.upload(foreign, IPhone::key(0), "").await, "/settings/apple?outcome=saved");
}

#[tokio::test]
async fn another_topic_is_taken_only_from_who_types_it() {
    let server = Server::start_for_phones().await;
    let admin = Admin::of(&server).await;
    let invited = server.invite("p@example.com").await;
    server.active_phone(&invited, "company", false).await;
    server.clock.advance(std::time::Duration::from_secs(1));
    let other = admin.certificate(OTHER, VALID).await;
    let place = admin.upload(&other, b"", "").await;
    assert_eq!(place, format!("/settings/apple?outcome=other-topic&topic={OTHER}"));
    let page = admin.page(&place).await;
    assert!(page.contains(&format!("another topic ({OTHER}). 1 phone is enrolled")), "the count is shown");
    assert!(page.contains("name=\"topic\""), "the topic is asked for");
    assert_eq!(server.rollcall.apple_topic().await.unwrap().as_deref(), Some(TOPIC));
    assert_eq!(admin.upload(&other, b"", OTHER).await, "/settings/apple?outcome=saved");
    assert_eq!(server.rollcall.apple_topic().await.unwrap().as_deref(), Some(OTHER));
}

#[tokio::test]
async fn a_link_cannot_make_the_page_say_what_its_author_wants() {
    let server = Server::start().await;
    let admin = Admin::of(&server).await;
    for topic in ["Call+us+at+once", "com.apple.mgmt.Call+us+at+once", "com.apple.mgmt."] {
        let page = admin.page(&format!("/settings/apple?outcome=other-topic&topic={topic}")).await;
        assert!(!page.contains("name=\"topic\"") && !page.contains("another topic ("), "{topic}");
    }
    let page = admin.page("/settings/apple?outcome=saved").await;
    assert!(!page.contains("The push certificate is in use."), "there is none");
}

#[tokio::test]
async fn strangers_and_other_sites_change_nothing() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    for path in ["/settings/apple/request", "/settings/apple/upload"] {
        let stranger = server.post(path).header("sec-fetch-site", "same-origin").send().await.unwrap();
        assert_eq!(stranger.headers()["location"], "/sign-in?next=/settings/apple");
        let other_site = server.post(path).header("cookie", &cookie).header("sec-fetch-site", "cross-site");
        assert_eq!(other_site.send().await.unwrap().status(), StatusCode::FORBIDDEN);
    }
    let stranger = server.get("/settings/apple/request.csr").send().await.unwrap();
    assert_eq!(stranger.headers()["location"], "/sign-in?next=/settings/apple");
    assert!(server.rollcall.push_overview().await.unwrap().request.is_none());
}

#[tokio::test]
async fn the_page_says_when_the_certificate_has_expired() {
    let server = Server::start().await;
    let admin = Admin::of(&server).await;
    let from = datetime!(2026-01-01 00:00 UTC);
    let short = admin.certificate(TOPIC, from..datetime!(2026-06-01 12:00 UTC)).await;
    admin.upload(&short, b"", "").await;
    assert!(admin.page("/settings/apple").await.contains("expires in 1 day."));
    server.clock.advance(std::time::Duration::from_hours(5));
    assert!(admin.page("/settings/apple").await.contains("The push certificate has expired."));
}
