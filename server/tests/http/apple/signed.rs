//! Signed profiles.

use super::outside::{run, succeeded};
use crate::harness::{Invited, Server};
use apple::{cms, profile::EnrollmentProfile};
use service::ProfileSigning;
use std::{fs, path::PathBuf};
use tempfile::TempDir;

/// A server that signs with the files of a folder, and an invitation that was accepted on an iPhone.
struct Signing {
    server: Server,
    invited: Invited,
    folder: TempDir,
}

impl Signing {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (certificate, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
        let server = Server::start_for_phones_set(|settings| {
            settings.profile_signing = Some(ProfileSigning { certificate, key });
        })
        .await;
        let invited = server.invite("p@example.com").await;
        server.accept(&invited, "company", "ios").await;
        Self { server, invited, folder }
    }

    fn write(&self, certificate: &str, key: &str) {
        fs::copy(vector(certificate), self.folder.path().join("cert.pem")).unwrap();
        fs::copy(vector(key), self.folder.path().join("key.pem")).unwrap();
    }

    async fn profile(&self) -> Vec<u8> {
        let response = self.server.profile(&self.invited.token).await;
        assert_eq!(response.headers()["content-type"], "application/x-apple-aspen-config");
        response.bytes().await.unwrap().to_vec()
    }

    async fn is_signed(&self) -> bool {
        let profile = self.profile().await;
        let is_plain = EnrollmentProfile::read(&profile).is_ok();
        assert!(is_plain || profile.starts_with(b"\x30"), "a profile all the same");
        !is_plain
    }
}

fn vector(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../crates/apple/tests/vectors/profile");
    folder.join(name)
}

#[tokio::test]
async fn a_signed_profile_is_verified_by_openssl() {
    let signing = Signing::new().await;
    let plain = signing.profile().await;
    assert!(EnrollmentProfile::read(&plain).is_ok(), "there are no files yet");
    for kind in ["rsa", "p256"] {
        signing.write(&format!("{kind}.pem"), &format!("{kind}.key.pem"));
        let signed = signing.profile().await;
        if kind == "rsa" {
            let verified = cms::verify_attached(&signed).unwrap();
            assert_eq!(verified.content, plain);
            assert_eq!(verified.certificates.len(), 2, "with the issuer");
        }
        fs::write(signing.folder.path().join("signed"), &signed).unwrap();
        let trusted = vector("authority.pem");
        let arguments = ["cms", "-verify", "-binary", "-inform", "DER", "-in", "signed", "-purpose", "any", "-CAfile"];
        let arguments = [&arguments[..], &[trusted.to_str().unwrap()]].concat();
        let Some(output) = run("openssl", &arguments, signing.folder.path()).await else { return };
        assert_eq!(succeeded(output), plain, "{kind}");
    }
}

#[tokio::test]
async fn files_that_cannot_be_used_leave_the_profile_unsigned_until_they_can() {
    let signing = Signing::new().await;
    assert!(!signing.is_signed().await, "no files");
    signing.write("p256.pem", "p256.key.pem");
    assert!(signing.is_signed().await);
    for (certificate, key) in [
        ("p256.pem", "rsa.key.pem"),
        ("rsa.pem", "p256.key.pem"),
        ("expired.pem", "p256.key.pem"),
        ("p256.key.pem", "p256.key.pem"),
        ("p256.pem", "p256.pem"),
        ("make.sh", "make.sh"),
    ] {
        signing.write(certificate, key);
        assert!(!signing.is_signed().await, "{certificate} {key}");
        signing.write("rsa.pem", "rsa.key.pem");
        assert!(signing.is_signed().await, "and then renewed");
    }
}
