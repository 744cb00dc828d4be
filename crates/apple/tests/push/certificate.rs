//! Files that an admin uploads.

use apple::push_certificate::{
    EARLY, FileError, MAX_FILE, PushCertificate, PushCertificateError, key_to_pkcs8, read_key, read_request,
};
use proptest::prelude::*;
use time::{Duration, macros::datetime};

use crate::{NOW, TOPIC, vector};

fn key(name: &str) -> rsa::PrivateKey {
    read_key(&vector(name)).unwrap()
}

fn refused(file: &[u8]) -> PushCertificateError {
    PushCertificate::read(file).unwrap_err()
}

/// A section of PEM.
fn pem(label: &str, der: &[u8]) -> Vec<u8> {
    der::pem::encode_string(label, der::pem::LineEnding::CRLF, der).unwrap().into_bytes()
}

#[test]
fn what_apple_hands_out_is_read_in_pem_and_der() {
    let certificate = PushCertificate::read(&vector("certificate.der")).unwrap();
    assert_eq!(certificate.topic(), TOPIC);
    assert_eq!(certificate.certificate().der(), vector("certificate.der"));
    assert!(certificate.is_for(&key("certificate.key.der")));
    for file in [
        vector("certificate.pem"),
        [b"\xef\xbb\xbf".to_vec(), vector("certificate.pem")].concat(),
        [b"subject=UID\r\n".to_vec(), pem("CERTIFICATE", &vector("certificate.der"))].concat(),
    ] {
        assert_eq!(PushCertificate::read(&file).unwrap(), certificate);
    }
}

#[test]
fn issuers_beside_it_go_along_and_are_not_taken_for_it() {
    let issuer = pem("CERTIFICATE", &vector("authority.der"));
    let certificate = PushCertificate::read(&[issuer.clone(), vector("certificate.pem")].concat()).unwrap();
    let identity = certificate.identity(&key("certificate.key.der")).unwrap();
    assert_eq!(identity.certificates, [vector("certificate.der"), vector("authority.der")]);
    assert!(read_key(&identity.key).unwrap() == key("certificate.key.der"));
    assert_eq!(refused(&issuer), PushCertificateError::OnlyAuthorities);
    let twice = [vector("certificate.pem"), pem("CERTIFICATE", &vector("app.der"))].concat();
    assert_eq!(refused(&twice), PushCertificateError::Several);
}

#[test]
fn other_certificates_are_refused_for_what_they_are() {
    assert_eq!(refused(&vector("app.der")), PushCertificateError::OtherTopic);
    assert_eq!(refused(&vector("no-topic.der")), PushCertificateError::NoTopic);
    assert_eq!(refused(&vector("no-client.der")), PushCertificateError::Purpose);
    assert_eq!(refused(&vector("authority.der")), PushCertificateError::OnlyAuthorities);
    assert_eq!(refused(&vector("server.der")), PushCertificateError::NoTopic);
}

#[test]
fn other_files_are_refused_for_what_they_are() {
    let file = |file: &[u8]| match refused(file) {
        PushCertificateError::File(error) => error,
        other => panic!("{other}"),
    };
    assert_eq!(file(b""), FileError::Missing);
    assert_eq!(file(b"plain text"), FileError::Missing);
    assert_eq!(file(&pem("CERTIFICATE REQUEST", b"request")), FileError::Missing);
    assert_eq!(file(&pem("PRIVATE KEY", &vector("certificate.key.der"))), FileError::Missing);
    assert!(matches!(file(&vector("certificate.key.der")), FileError::Certificate(_)));
    assert_eq!(file(b"-----BEGIN CERTIFICATE-----\nMIIC\n"), FileError::Pem);
    assert_eq!(file(&vec![b' '; MAX_FILE + 1]), FileError::TooLong);
    assert_eq!(file(&vector("certificate.pem").repeat(9)), FileError::TooMany);
}

#[test]
fn dates_count_on_their_own() {
    let certificate = PushCertificate::read(&vector("certificate.der")).unwrap();
    let (from, until) = (certificate.not_before(), certificate.not_after());
    assert_eq!(from.date(), datetime!(2026-11-26 0:00 UTC).date());
    certificate.check_dates(from - EARLY).unwrap();
    certificate.check_dates(until - Duration::SECOND).unwrap();
    let early = certificate.check_dates(from - EARLY - Duration::SECOND);
    assert_eq!(early, Err(PushCertificateError::Early(from)));
    assert_eq!(certificate.check_dates(until), Err(PushCertificateError::Expired(until)));
    assert!(certificate.check_dates(NOW + Duration::DAY).is_ok());
}

#[test]
fn a_certificate_for_another_key_gives_no_identity() {
    let certificate = PushCertificate::read(&vector("certificate.der")).unwrap();
    let other = key("../signer.key.der");
    assert!(!certificate.is_for(&other));
    assert_eq!(certificate.identity(&other).err(), Some(PushCertificateError::OtherKey));
}

#[test]
fn keys_are_read_as_other_programs_write_them() {
    let key = key("certificate.key.der");
    let pkcs1 = rsa::pkcs1::EncodeRsaPrivateKey::to_pkcs1_der(&key).unwrap();
    let pkcs8 = key_to_pkcs8(&key).unwrap();
    for file in [
        pem("PRIVATE KEY", pkcs8.as_bytes()),
        pem("RSA PRIVATE KEY", pkcs1.as_bytes()),
        pkcs1.as_bytes().to_vec(),
        [vector("certificate.pem"), pem("PRIVATE KEY", pkcs8.as_bytes())].concat(),
    ] {
        assert!(read_key(&file).unwrap() == key);
    }
    let refused = |file: &[u8]| read_key(file).unwrap_err();
    assert_eq!(refused(&pem("ENCRYPTED PRIVATE KEY", b"nobody knows")), FileError::Encrypted);
    let older = b"-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: x\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";
    assert_eq!(refused(older), FileError::Encrypted);
    assert_eq!(refused(&vector("certificate.pem")), FileError::Missing);
    assert_eq!(refused(&vector("stranger.key.der")), FileError::Key);
    assert_eq!(refused(&vec![b' '; MAX_FILE + 1]), FileError::TooLong);
    assert_eq!(read_request(&pem("CERTIFICATE REQUEST", b"request")).unwrap(), b"request");
    assert_eq!(read_request(&vector("certificate.pem")), Err(FileError::Missing));
}

proptest! {
    #[test]
    fn damaged_files_are_refused_or_say_the_same(at in 0_usize..700, with: u8) {
        let mut file = vector("certificate.der");
        if let Some(byte) = file.get_mut(at) {
            *byte = with;
        }
        if let Ok(certificate) = PushCertificate::read(&file) {
            prop_assert!(certificate.topic().starts_with("com.apple.mgmt."));
        }
        prop_assert!(PushCertificate::read(file.get(..at).unwrap_or_default()).is_err());
    }
}
