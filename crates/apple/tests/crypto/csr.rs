//! Requests for certificates.

use apple::{
    algorithm::{Digest, SignatureAlgorithm},
    authority::{Subject, public_key_der},
    ber::{self, tag},
    cms::Signer as _,
    csr::{CsrError, Request, make},
};
use der::asn1::ObjectIdentifier;
use rsa::pkcs8::EncodePublicKey as _;

use crate::support::{Identity, seeded, vector};

const CHALLENGE: &str = "1.2.840.113549.1.9.7";
const EXTENSION_REQUEST: &str = "1.2.840.113549.1.9.14";
const SUBJECT: Subject<'_> = Subject { organization: "Räder & Söhne", common_name: "Rollcall device" };

fn attribute(named: &str, values: &[u8]) -> Vec<u8> {
    let named = ObjectIdentifier::new(named).unwrap();
    ber::sequence(&[&ber::object_identifier(named), &ber::tlv(tag::SET, values)])
}

/// A request signed by the signer of the vectors, with its attributes as they are given.
fn request(public_key: &[u8], attributes: &[u8]) -> Vec<u8> {
    let identity = Identity::read("signer");
    let parts = [&ber::integer(0), &SUBJECT.to_der(), public_key, &ber::explicit(0, attributes)];
    let signed = ber::sequence(&parts);
    let signature = identity.signer(Digest::Sha256, &mut seeded(1)).sign(&signed).unwrap();
    let bits = ber::tlv(tag::BIT_STRING, &[&[0], signature.as_slice()].concat());
    // sha256WithRSAEncryption
    let algorithm = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
    assert_ne!(SignatureAlgorithm::Rsa(Some(Digest::Sha256)), SignatureAlgorithm::EcdsaSha256);
    ber::sequence(&[&signed, &ber::sequence(&[&ber::object_identifier(algorithm), &ber::null()]), &bits])
}

fn own_key() -> Vec<u8> {
    Identity::read("signer").certificate.public_key_der().to_vec()
}

#[test]
fn a_request_of_another_implementation_is_read() {
    let read = Request::read(&vector("request.der")).unwrap();
    assert_eq!(read.challenge(), Some("open sesame"));
    assert_eq!(read.public_key_der(), own_key());
    assert!(!format!("{read:?}").contains("sesame"));
}

#[test]
fn unsorted_attributes_are_verified_as_they_came() {
    let challenge = attribute(CHALLENGE, &ber::printable_string("secret"));
    let extensions = attribute(EXTENSION_REQUEST, &ber::sequence(&[]));
    let mut sorted = [extensions.clone(), challenge.clone()];
    sorted.sort();
    let unsorted = [&sorted[1], &sorted[0]].map(Vec::as_slice).concat();
    assert_ne!(unsorted, ber::set_of(vec![extensions, challenge]));
    assert_eq!(Request::read(&request(&own_key(), &unsorted)).unwrap().challenge(), Some("secret"));
}

#[test]
fn only_keys_of_the_right_kind_and_size_are_taken() {
    let mut random = seeded(6);
    let small = rsa::PrivateKey::new_with_exp(&mut random, 1024, 65_537_u64.into()).unwrap();
    let small = public_key_der(&small).unwrap();
    assert_eq!(Request::read(&request(&small, &[])), Err(CsrError::KeySize(1024)));
    let number = Identity::read("signer").key;
    let other = rsa::PublicKey::new(rsa::traits::PublicKeyParts::n(&number).as_ref().clone(), 3_u64.into()).unwrap();
    let other = other.to_public_key_der().unwrap();
    assert_eq!(Request::read(&request(other.as_bytes(), &[])), Err(CsrError::Exponent));
    let foreign = Identity::read("other").certificate;
    assert_eq!(Request::read(&request(foreign.public_key_der(), &[])), Err(CsrError::Signature));
}

#[test]
fn a_challenge_is_one_short_text() {
    let long = attribute(CHALLENGE, &ber::printable_string(&"x".repeat(256)));
    let bytes = attribute(CHALLENGE, &ber::octet_string(b"x"));
    let twice = attribute(CHALLENGE, &ber::printable_string("x")).repeat(2);
    for attributes in [long, bytes, twice] {
        assert_eq!(Request::read(&request(&own_key(), &attributes)), Err(CsrError::Challenge));
    }
    assert_eq!(Request::read(&request(&own_key(), &[])).unwrap().challenge(), None);
}

#[test]
fn what_was_made_is_read() {
    let identity = Identity::read("signer");
    let der = make(&identity.key, &own_key(), &SUBJECT.to_der(), Some("Sesam öffne dich"), &mut seeded(7)).unwrap();
    assert_eq!(Request::read(&der).unwrap().challenge(), Some("Sesam öffne dich"));
    for at in 0..der.len() {
        let mut changed = der.clone();
        changed[at] ^= 1 << (at % 8);
        assert!(Request::read(&changed).is_err(), "{at}");
        assert!(Request::read(&der[..at]).is_err(), "{at}");
    }
}
