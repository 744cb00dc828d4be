//! Clients of other people get certificates: what our own client does may be wrong in the same way as the server. Each is
//! skipped with a loud line where it is not installed; CONTRIBUTING.md names the packages.

use super::{
    outside::{run, skipped, succeeded},
    phone::IPhone,
};
use crate::harness::Server;
use apple::{certificate::Certificate, profile::EnrollmentProfile};
use std::{fs, path::Path};
use tempfile::TempDir;

/// The interpreter that Debian's packages of Python belong to; another one may be first on the path.
const PYTHON: &str = "/usr/bin/python3";

/// A server, a challenge of it, and a folder for files with the authority's certificate.
struct Asked {
    server: Server,
    url: String,
    challenge: String,
    authority: Certificate,
    folder: TempDir,
}

impl Asked {
    async fn new() -> Self {
        let server = Server::start_for_phones().await;
        let invited = server.invite("p@example.com").await;
        server.accept(&invited, "company", "ios").await;
        let file = server.profile(&invited.token).await.bytes().await.unwrap();
        let profile = EnrollmentProfile::read(&file).unwrap();
        let authority = server.get("/apple/scep?operation=GetCACert").send().await.unwrap().bytes().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("authority.der"), &authority).unwrap();
        let authority = Certificate::from_der(&authority).unwrap();
        let challenge = profile.challenge.unwrap().expose().clone();
        Self { server, url: profile.scep_url, challenge, authority, folder }
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Checks a certificate that a client got, in DER.
    async fn check(&self, certificate: &[u8], issued: u64) {
        let certificate = Certificate::from_der(certificate).unwrap();
        certificate.check_issued_by(&self.authority).unwrap();
        assert_eq!(self.server.sql("update apple_identities set serial = serial").await, issued);
    }
}

/// A client in Go, of the family that most servers for phones use: SHA-1 and DES.
#[tokio::test]
async fn scepclient_gets_a_certificate() {
    let asked = Asked::new().await;
    let arguments = ["-server-url", &asked.url, "-challenge", &asked.challenge];
    let arguments = [&arguments[..], &["-private-key", "key.pem", "-certificate", "certificate.pem"]].concat();
    let Some(output) = run("scepclient", &arguments, asked.folder()).await else { return };
    succeeded(output);
    let pem = fs::read(asked.folder().join("certificate.pem")).unwrap();
    let certificates = apple::push_certificate::read_certificates(&pem).unwrap();
    asked.check(certificates[0].der(), 1).await;
}

/// A strict client in C.
#[tokio::test]
async fn strongswan_gets_a_certificate() {
    let asked = Asked::new().await;
    fs::write(asked.folder().join("key.der"), IPhone::key(0)).unwrap();
    for (digest, issued) in [("sha256", 1), ("sha512", 1)] {
        let arguments = ["--scep", "--url", &asked.url, "--password", &asked.challenge, "--in", "key.der"];
        let more = ["--dn", "CN=independent", "--cacert-enc", "authority.der", "--cacert-sig", "authority.der"];
        // Its version 5.9.8 misses its own word for AES among the capabilities.
        let how = ["--cipher", "des3", "--digest", digest];
        let Some(output) = run("pki", &[&arguments[..], &more, &how].concat(), asked.folder()).await else { return };
        asked.check(&succeeded(output), issued).await;
    }
}

/// A client of some lines on asn1crypto. It sends BER, and checks every part of the answer.
#[tokio::test]
async fn a_client_in_python_gets_a_certificate() {
    let asked = Asked::new().await;
    let Some(there) = run(PYTHON, &["-c", "import asn1crypto, cryptography"], asked.folder()).await else { return };
    if !there.status.success() {
        return skipped("the Python packages asn1crypto and cryptography are missing");
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/http/apple/scep_client.py");
    let arguments = [script, &asked.url, &asked.challenge, "certificate.der"];
    let Some(output) = run(PYTHON, &arguments, asked.folder()).await else { return };
    succeeded(output);
    let certificate = fs::read(asked.folder().join("certificate.der")).unwrap();
    asked.check(&certificate, 1).await;
    // And none without a challenge.
    let arguments = [script, &asked.url, "guessed", "certificate.der"];
    let Some(refused) = run(PYTHON, &arguments, asked.folder()).await else { return };
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("refused"));
}
