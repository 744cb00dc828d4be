//! What is written here, read by OpenSSL. Skipped where its command is absent.

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Output},
};

use apple::{
    algorithm::{Digest, NoSignature, SignatureAlgorithm},
    authority::{Authority, Subject},
    certificate::Certificate,
    cms::{self, Cipher, Signer, Signing},
    csr,
};

use crate::support::{Identity, authority, now, path, seeded};

/// Runs `openssl` in `folder`; `None` and a loud line where there is none.
fn openssl(folder: &Path, arguments: &[&str]) -> Option<Output> {
    match Command::new("openssl").args(arguments).current_dir(folder).output() {
        Ok(output) => Some(output),
        Err(error) => {
            let line = format!("\n*** SKIPPED: openssl cannot be run ({error}); nothing was compared with it ***\n\n");
            std::io::stderr().write_all(line.as_bytes()).unwrap();
            None
        }
    }
}

/// The output of a run that has to succeed.
fn succeeded(output: &Output) -> &[u8] {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    &output.stdout
}

#[test]
fn signed_messages_are_verified_by_openssl() {
    let folder = tempfile::tempdir().unwrap();
    let identity = Identity::read("signer");
    let mut random = seeded(1);
    fs::write(folder.path().join("content"), "A body").unwrap();
    let certificate = path("signer.der");
    let verify = ["cms", "-verify", "-binary", "-inform", "DER", "-in", "message", "-purpose", "any", "-CAfile"];
    let pem = ["x509", "-inform", "DER", "-in", certificate.to_str().unwrap(), "-out", "ca.pem"];
    let Some(output) = openssl(folder.path(), &pem) else { return };
    succeeded(&output);
    for digest in [Digest::Sha1, Digest::Sha256, Digest::Sha384, Digest::Sha512] {
        let signing = Signing { at: Some(now()), ..Signing::default() };
        let attached = cms::sign_attached(b"A body", &mut identity.signer(digest, &mut random), &signing).unwrap();
        fs::write(folder.path().join("message"), attached).unwrap();
        let Some(output) = openssl(folder.path(), &[&verify[..], &["ca.pem"]].concat()) else { return };
        assert_eq!(succeeded(&output), b"A body");
        let detached = cms::sign_detached(b"A body", &mut identity.signer(digest, &mut random), &signing).unwrap();
        fs::write(folder.path().join("message"), detached).unwrap();
        let content = ["ca.pem", "-content", "content"];
        let Some(output) = openssl(folder.path(), &[&verify[..], &content].concat()) else { return };
        succeeded(&output);
    }
}

/// A key of another kind than RSA, in another place: here it is OpenSSL that signs.
struct Elsewhere<'a> {
    folder: &'a Path,
    certificate: Certificate,
}

impl Signer for Elsewhere<'_> {
    fn certificate(&self) -> &Certificate {
        &self.certificate
    }
    fn digest(&self) -> Digest {
        Digest::Sha256
    }
    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::EcdsaSha256
    }
    fn sign(&mut self, message: &[u8]) -> Result<Vec<u8>, NoSignature> {
        fs::write(self.folder.join("to-sign"), message).unwrap();
        let output = openssl(self.folder, &["dgst", "-sha256", "-sign", "key.pem", "to-sign"]).unwrap();
        Ok(succeeded(&output).to_vec())
    }
}

#[test]
fn a_message_signed_by_a_key_of_p256_is_verified_by_openssl() {
    let folder = tempfile::tempdir().unwrap();
    let make = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out cert.pem -subj /CN=x";
    let Some(output) = openssl(folder.path(), &make.split(' ').collect::<Vec<_>>()) else { return };
    succeeded(&output);
    let output = openssl(folder.path(), &["x509", "-in", "cert.pem", "-outform", "DER"]).unwrap();
    let certificate = Certificate::from_der(succeeded(&output)).unwrap();
    let mut signer = Elsewhere { folder: folder.path(), certificate };
    let message = cms::sign_attached(b"A profile", &mut signer, &Signing::default()).unwrap();
    assert!(cms::verify_attached(&message).is_err(), "only RSA is verified here");
    fs::write(folder.path().join("message"), message).unwrap();
    let verify = "cms -verify -binary -inform DER -in message -purpose any -CAfile cert.pem";
    let output = openssl(folder.path(), &verify.split(' ').collect::<Vec<_>>()).unwrap();
    assert_eq!(succeeded(&output), b"A profile");
}

#[test]
fn encrypted_messages_are_decrypted_by_openssl() {
    let folder = tempfile::tempdir().unwrap();
    let identity = Identity::read("authority");
    let key = path("authority.key.der");
    for cipher in [Cipher::Des, Cipher::TripleDes, Cipher::Aes128, Cipher::Aes192, Cipher::Aes256] {
        let message = cms::encrypt(b"A request", &identity.certificate, cipher, &mut seeded(2)).unwrap();
        fs::write(folder.path().join("message"), message).unwrap();
        let decrypt = ["cms", "-decrypt", "-binary", "-inform", "DER", "-in", "message", "-keyform", "DER", "-inkey"];
        let providers = [key.to_str().unwrap(), "-provider", "legacy", "-provider", "default"];
        let Some(output) = openssl(folder.path(), &[&decrypt[..], &providers].concat()) else { return };
        assert_eq!(succeeded(&output), b"A request", "{cipher:?}");
    }
}

#[test]
fn certificates_and_requests_are_verified_by_openssl() {
    let folder = tempfile::tempdir().unwrap();
    let subject = Subject { organization: "Räder & Söhne", common_name: "Rollcall" };
    let made = Authority::make(subject, now(), &mut seeded(3)).unwrap();
    let key = Identity::read("signer");
    let public_key = key.certificate.public_key_der();
    let issued = made.issue(public_key, subject, now(), &mut seeded(4)).unwrap();
    for (name, certificate) in [("ca", made.certificate()), ("device", &issued)] {
        fs::write(folder.path().join(name), certificate.der()).unwrap();
        let output = openssl(folder.path(), &["x509", "-inform", "DER", "-in", name, "-out", &format!("{name}.pem")]);
        let Some(output) = output else { return };
        succeeded(&output);
    }
    let at = (now().unix_timestamp() + 60).to_string();
    let verify = ["verify", "-x509_strict", "-attime", &at, "-purpose", "sslclient", "-CAfile", "ca.pem", "device.pem"];
    let Some(output) = openssl(folder.path(), &verify) else { return };
    succeeded(&output);

    let request = csr::make(&key.key, public_key, &subject.to_der(), Some("sesame"), &mut seeded(5)).unwrap();
    fs::write(folder.path().join("request"), request).unwrap();
    let read = ["req", "-inform", "DER", "-in", "request", "-verify", "-noout", "-text", "-nameopt", "utf8"];
    let Some(output) = openssl(folder.path(), &read) else { return };
    let text = String::from_utf8_lossy(succeeded(&output));
    assert!(text.contains("sesame") && text.contains("Räder & Söhne"), "{text}");
}

#[test]
fn a_bundle_of_certificates_is_read_by_openssl() {
    let folder = tempfile::tempdir().unwrap();
    let authority = authority();
    fs::write(folder.path().join("bundle"), cms::certificates_only(&[authority.certificate()])).unwrap();
    let read = ["pkcs7", "-inform", "DER", "-in", "bundle", "-print_certs"];
    let Some(output) = openssl(folder.path(), &read) else { return };
    assert!(String::from_utf8_lossy(succeeded(&output)).contains("BEGIN CERTIFICATE"));
}
