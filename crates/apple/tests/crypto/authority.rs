//! The certificate authority.

use apple::{
    authority::{AUTHORITY_LIFE, Authority, AuthorityError, DEVICE_LIFE, Subject, make_key, public_key_der},
    certificate::{Certificate, CertificateError},
};
use der::Decode as _;
use time::Duration;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages};

use crate::support::{Identity, authority, now, seeded, vector};

const DEVICE: Subject<'_> = Subject { organization: "Räder & Söhne, \"Nord\"+", common_name: "Rollcall device" };

fn issue(authority: &Authority, seed: u8) -> Certificate {
    let key = Identity::read("signer").certificate;
    authority.issue(key.public_key_der(), DEVICE, now(), &mut seeded(seed)).unwrap()
}

#[test]
fn a_new_authority_survives_being_stored() {
    let subject = Subject { organization: "Räder & Söhne", common_name: "Rollcall" };
    let made = Authority::make(subject, now(), &mut seeded(1)).unwrap();
    let own = made.certificate();
    own.check_issued_by(own).unwrap();
    assert_eq!(own.not_after().unwrap(), now() + AUTHORITY_LIFE);
    let parsed = x509_cert::Certificate::from_der(own.der()).unwrap();
    let (critical, constraints) = parsed.tbs_certificate().get_extension::<BasicConstraints>().unwrap().unwrap();
    assert!(critical && constraints.ca && constraints.path_len_constraint == Some(0));
    let key = made.key_to_pkcs8().unwrap();
    let read = Authority::read(own.der(), key.as_bytes()).unwrap();
    issue(&read, 2).check_issued_by(own).unwrap();
    let other = Authority::read(&vector("authority.der"), key.as_bytes());
    assert!(matches!(other, Err(AuthorityError::OtherKey)));
}

#[test]
fn a_certificate_says_what_the_authority_says() {
    let issued = issue(&authority(), 3);
    let key = Identity::read("signer").certificate;
    assert_eq!(issued.public_key_der(), key.public_key_der());
    assert_eq!(issued.subject(), DEVICE.to_der());
    assert_eq!(issued.not_after().unwrap(), now() + DEVICE_LIFE);
    assert_eq!(issued.not_before().unwrap(), now() - Duration::hours(1));
    assert_eq!(issued.serial().len(), 16);
    let parsed = x509_cert::Certificate::from_der(issued.der()).unwrap();
    let fields = parsed.tbs_certificate();
    let (critical, usage) = fields.get_extension::<KeyUsage>().unwrap().unwrap();
    assert!(critical && usage == KeyUsage(KeyUsages::DigitalSignature | KeyUsages::KeyEncipherment));
    let (_, purposes) = fields.get_extension::<ExtendedKeyUsage>().unwrap().unwrap();
    assert_eq!(purposes.0.iter().map(ToString::to_string).collect::<Vec<_>>(), ["1.3.6.1.5.5.7.3.2"]);
    assert!(!fields.get_extension::<BasicConstraints>().unwrap().unwrap().1.ca);
    assert!(issued.key_identifier().is_some());
}

#[test]
fn no_two_serials_are_the_same() {
    let authority = authority();
    assert_ne!(issue(&authority, 4).serial(), issue(&authority, 5).serial());
}

#[test]
fn a_certificate_never_outlives_the_authority() {
    let made = Authority::make(DEVICE, now(), &mut seeded(6)).unwrap();
    let end = made.certificate().not_after().unwrap();
    let key = public_key_der(&make_key(&mut seeded(7)).unwrap()).unwrap();
    let late = made.issue(&key, DEVICE, end - Duration::days(30), &mut seeded(8)).unwrap();
    assert_eq!(late.not_after().unwrap(), end);
    assert!(matches!(made.issue(&key, DEVICE, end, &mut seeded(9)), Err(AuthorityError::Expired)));
}

#[test]
fn the_issuers_signature_is_verified_over_the_bytes_as_they_came() {
    let authority = authority();
    let issued = issue(&authority, 10);
    let stranger = Identity::read("other").certificate;
    assert_eq!(issued.check_issued_by(&stranger), Err(CertificateError::Issuer));
    for at in 0..issued.der().len() {
        let mut changed = issued.der().to_vec();
        changed[at] ^= 1 << (at % 8);
        let accepted = Certificate::from_der(&changed).and_then(|read| read.check_issued_by(authority.certificate()));
        assert!(accepted.is_err(), "{at}");
    }
}
