use apple::{
    profile::{EnrollmentProfile, Profile, ProfileError, Right, Rights, WriteError, identifier},
    secret::Secret,
    xml,
};
use plist::{Dictionary, Value};
use proptest::prelude::*;
use uuid::Uuid;

use crate::TOPIC;

const SCEP_URL: &str = "https://rollcall.example/apple/scep";
const SERVER_URL: &str = "https://rollcall.example/apple/mdm";

/// Calls `check` with a profile that is in order.
fn with_profile<T>(check: impl FnOnce(Profile<'_>) -> T) -> T {
    let challenge = Secret::new("a challenge & more".to_owned());
    check(Profile {
        installation: Uuid::from_u128(7),
        identifier: "example.rollcall.rollcall.enroll",
        display_name: "Rollcall",
        organization: "Dvořák & Sons <Ltd>",
        description: "Manages this phone.",
        consent: "I agree.\nReally.",
        scep_url: SCEP_URL,
        challenge: &challenge,
        topic: TOPIC,
        server_url: SERVER_URL,
        rights: Rights::PERSONAL,
    })
}

fn written() -> Dictionary {
    xml::read(&with_profile(|profile| profile.write().unwrap())).unwrap()
}

/// A written profile after `change`, read as a phone does.
fn changed(change: impl FnOnce(&mut Dictionary)) -> Result<EnrollmentProfile, ProfileError> {
    let mut profile = written();
    change(&mut profile);
    EnrollmentProfile::read(&xml::write(profile).unwrap())
}

fn payload(profile: &mut Dictionary, at: usize) -> &mut Dictionary {
    let payloads = profile.get_mut("PayloadContent").and_then(Value::as_array_mut).unwrap();
    payloads[at].as_dictionary_mut().unwrap()
}

#[test]
fn a_phone_reads_what_is_written() {
    let profile = changed(|_| {}).unwrap();
    assert_eq!(profile.identifier, "example.rollcall.rollcall.enroll");
    assert_eq!(profile.consent.as_deref(), Some("I agree.\nReally."));
    assert_eq!((profile.scep_url.as_str(), profile.key_bits), (SCEP_URL, 2048));
    assert_eq!(profile.challenge.map(|it| it.expose().clone()).as_deref(), Some("a challenge & more"));
    assert_eq!((profile.topic.as_str(), profile.server_url.as_str()), (TOPIC, SERVER_URL));
    assert_eq!(profile.check_in_url, SERVER_URL);
    assert!(profile.sign_message && profile.check_out_when_removed);
    assert_eq!(profile.rights, Rights::PERSONAL);
    let name = |kind: &str, value: &str| (kind.to_owned(), value.to_owned());
    assert_eq!(profile.subject, [name("O", "Dvořák & Sons <Ltd>"), name("CN", "Rollcall device")]);
}

#[test]
fn the_profile_says_what_phones_need_and_no_more() {
    let mut profile = written();
    assert_eq!(profile.get("TargetDeviceType").and_then(Value::as_unsigned_integer), Some(1));
    let scep = payload(&mut profile, 0).get("PayloadContent").and_then(Value::as_dictionary).unwrap().clone();
    assert_eq!(scep.get("Key Usage").and_then(Value::as_unsigned_integer), Some(5));
    assert_eq!(scep.get("Key Type").and_then(Value::as_string), Some("RSA"));
    assert!(!scep.contains_key("CAFingerprint"));
    let mdm = payload(&mut profile, 1).clone();
    assert_eq!(mdm.get("AccessRights").and_then(Value::as_unsigned_integer), Some(1079));
    assert!(!mdm.contains_key("CheckInURL") && !mdm.contains_key("ServerCapabilities"));
}

#[test]
fn uuids_are_the_installations() {
    let uuids = |installation: u128, challenge: &str| {
        let challenge = Secret::new(challenge.to_owned());
        let bytes = with_profile(|profile| {
            let installation = Uuid::from_u128(installation);
            Profile { installation, challenge: &challenge, rights: Rights::COMPANY, ..profile }.write().unwrap()
        });
        let mut profile = xml::read(&bytes).unwrap();
        let of = |payload: &Dictionary| payload.get("PayloadUUID").and_then(Value::as_string).unwrap().to_owned();
        [of(&profile), of(payload(&mut profile, 0)), of(payload(&mut profile, 1))]
    };
    let first = uuids(7, "a");
    assert_eq!(first, uuids(7, "b"));
    let others = uuids(8, "a");
    assert!(first.iter().zip(&others).all(|(one, other)| one != other));
    assert!(first[0] != first[1] && first[1] != first[2] && first[0] != first[2]);
    assert!(first.iter().all(|uuid| Uuid::parse_str(uuid).unwrap().get_version_num() == 5));
}

#[test]
fn addresses_are_https_and_have_no_query() {
    for wrong in [
        "http://a.example/x",
        "http://localhost.example/x",
        "http://127.0.0.1.example/x",
        "http://localhost/x?y",
        "http://",
        "https://",
        "https:///x",
        "https://a.example/x?y",
        "https://a.example/x#y",
        "",
    ] {
        let server = with_profile(|profile| Profile { server_url: wrong, ..profile }.write());
        let scep = with_profile(|profile| Profile { scep_url: wrong, ..profile }.write());
        assert_eq!((server, scep), (Err(WriteError::Address), Err(WriteError::Address)), "{wrong}");
    }
}

#[test]
fn on_this_host_itself_simulated_phones_need_no_tls() {
    for here in ["http://localhost:3000/x", "http://127.0.0.1/x", "http://[::1]:3000/x"] {
        with_profile(|profile| Profile { server_url: here, scep_url: here, ..profile }.write()).unwrap();
    }
}

#[test]
fn a_profile_has_rights() {
    let none = Rights::from_bits(0);
    let written = with_profile(|profile| Profile { rights: none, ..profile }.write());
    assert_eq!(written, Err(WriteError::NoRights));
}

#[test]
fn a_phone_refuses_what_ios_would_not_take() {
    let without_identity = changed(|profile| {
        profile.get_mut("PayloadContent").and_then(Value::as_array_mut).unwrap().remove(0);
    });
    assert_eq!(without_identity, Err(ProfileError::Payload("com.apple.security.scep")));
    let twice = changed(|profile| {
        let payloads = profile.get_mut("PayloadContent").and_then(Value::as_array_mut).unwrap();
        payloads.push(payloads[1].clone());
    });
    assert_eq!(twice, Err(ProfileError::Payload("com.apple.mdm")));
    let foreign = changed(|profile| {
        payload(profile, 1).insert("IdentityCertificateUUID".into(), "other".into());
    });
    assert_eq!(foreign, Err(ProfileError::Identity));
    let flat = changed(|profile| {
        let scep = payload(profile, 0).get_mut("PayloadContent").and_then(Value::as_dictionary_mut).unwrap();
        scep.insert("Subject".into(), Value::Array(vec![Value::Array(vec!["CN".into(), "x".into()])]));
    });
    assert_eq!(flat, Err(ProfileError::Subject));
}

#[test]
fn the_identifier_is_the_host_in_reverse() {
    assert_eq!(identifier("Rollcall.Example.com"), "com.example.rollcall.rollcall.enroll");
    assert_eq!(identifier("192.0.2.7"), "192-0-2-7.rollcall.enroll");
    assert_eq!(identifier("[2001:db8::7]"), "2001-db8--7.rollcall.enroll");
}

#[test]
fn rights_are_those_of_the_ownership() {
    assert_eq!((Rights::COMPANY.bits(), Rights::PERSONAL.bits()), (7487, 1079));
    assert!(Rights::COMPANY.has(Right::Erase) && !Rights::PERSONAL.has(Right::Erase));
    assert!(Rights::PERSONAL.has(Right::Lock));
}

proptest! {
    #[test]
    fn rights_only_narrow(first in any::<u32>(), second in any::<u32>()) {
        let (first, second) = (Rights::from_bits(first), Rights::from_bits(second));
        let both = first.narrowed_to(second);
        prop_assert_eq!(both.bits() & !first.bits(), 0);
        prop_assert_eq!(both.bits() & !second.bits(), 0);
        prop_assert_eq!(first.narrowed_to(first), first);
        prop_assert_eq!(first.bits() & !Rights::COMPANY.bits(), 0);
        prop_assert_eq!(Rights::from_bits(first.bits()), first);
    }

    #[test]
    fn any_texts_make_a_profile(
        organization in proptest::collection::vec(any::<char>(), 0..40),
        consent in proptest::collection::vec(any::<char>(), 0..40),
    ) {
        let (organization, consent) = (String::from_iter(organization), String::from_iter(consent));
        let bytes = with_profile(|profile| {
            Profile { organization: &organization, consent: &consent, ..profile }.write().unwrap()
        });
        let read = EnrollmentProfile::read(&bytes);
        prop_assert!(read.is_ok(), "{:?}", read);
    }
}
