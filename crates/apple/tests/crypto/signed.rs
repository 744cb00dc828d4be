//! Signed data.

use apple::{
    algorithm::{Digest, NoSignature, SignatureAlgorithm, oid},
    ber::{self, tag},
    certificate::Certificate,
    cms::{
        Attribute, RsaSigner, SignedError, Signer, Signing, certificates_only, read_certificates, sign_attached,
        sign_detached, verify_attached, verify_detached,
    },
};
use proptest::prelude::*;

use crate::support::{Identity, now, seeded, vector};

const DIGESTS: [(&str, Digest); 4] =
    [("sha1", Digest::Sha1), ("sha256", Digest::Sha256), ("sha384", Digest::Sha384), ("sha512", Digest::Sha512)];

#[test]
fn a_detached_signature_is_verified_with_every_digest() {
    let content = vector("content.txt");
    for (name, digest) in DIGESTS {
        let message = vector(&format!("detached-{name}.der"));
        let verified = verify_detached(&message, &content).unwrap();
        assert_eq!((verified.digest, verified.signer.der()), (digest, vector("signer.der").as_slice()));
        assert_eq!(verify_detached(&message, b"another body"), Err(SignedError::Digest));
        assert_eq!(verify_attached(&message), Err(SignedError::Content));
    }
}

#[test]
fn attached_content_is_verified_in_every_form() {
    for name in ["attached", "attached-ber", "key-identifier", "no-attributes", "two-certificates"] {
        let message = vector(&format!("{name}.der"));
        let verified = verify_attached(&message).unwrap();
        assert_eq!(verified.content, vector("content.txt"), "{name}");
        assert_eq!(verified.signer.der(), vector("signer.der"), "{name}");
        assert_eq!(verify_detached(&message, &vector("content.txt")), Err(SignedError::Content), "{name}");
    }
    assert_eq!(verify_attached(&vector("two-certificates.der")).unwrap().certificates.len(), 2);
}

#[test]
fn exactly_one_known_signer_is_needed() {
    assert_eq!(verify_attached(&vector("two-signers.der")), Err(SignedError::Signers(2)));
    assert_eq!(verify_attached(&vector("certificates-only.der")), Err(SignedError::Content));
    assert_eq!(verify_detached(&vector("certificates-only.der"), b""), Err(SignedError::Signers(0)));
    assert_eq!(verify_attached(&vector("no-certificates.der")), Err(SignedError::UnknownSigner));
    assert_eq!(verify_attached(&vector("enveloped-des.der")), Err(SignedError::NotSigned));
}

#[test]
fn one_changed_bit_is_refused_or_changes_nothing_that_is_used() {
    for name in ["attached", "attached-ber", "key-identifier", "no-attributes", "detached-sha1", "detached-sha512"] {
        let message = vector(&format!("{name}.der"));
        let content = vector("content.txt");
        let verify = |message: &[u8]| {
            if name.starts_with("detached") { verify_detached(message, &content) } else { verify_attached(message) }
        };
        let right = verify(&message).unwrap();
        for at in 0..message.len() {
            let mut changed = message.clone();
            changed[at] ^= 1 << (at % 8);
            // Changed parts of a certificate that nobody looked at do not matter: the certificate is found by its hash.
            if let Ok(verified) = verify(&changed) {
                assert_eq!(verified.content, right.content, "{name} {at}");
                assert_eq!(verified.attributes, right.attributes, "{name} {at}");
                assert_eq!(verified.signer.public_key_der(), right.signer.public_key_der(), "{name} {at}");
            }
        }
        for end in 0..message.len() {
            assert!(verify(&message[..end]).is_err(), "{name} {end}");
        }
    }
}

#[test]
fn the_signing_time_has_four_digits_of_the_year_when_two_do_not_suffice() {
    let identity = Identity::read("signer");
    for (at, tag, text) in [(2_524_607_999, 0x17, "491231235959Z"), (2_524_608_000, 0x18, "20500101000000Z")] {
        let at = Some(time::OffsetDateTime::from_unix_timestamp(at).unwrap());
        let mut random = seeded(9);
        let mut signer = identity.signer(Digest::Sha256, &mut random);
        let message = sign_attached(b"x", &mut signer, &Signing { at, ..Signing::default() }).unwrap();
        let verified = verify_attached(&message).unwrap();
        assert_eq!(verified.attributes.value(oid::SIGNING_TIME, tag), Some(text.as_bytes()));
    }
}

/// Signs like the identity in it, with another signature.
struct Changed<'a>(RsaSigner<'a>, fn(Vec<u8>) -> Vec<u8>);

impl Signer for Changed<'_> {
    fn certificate(&self) -> &Certificate {
        self.0.certificate
    }
    fn digest(&self) -> Digest {
        self.0.digest
    }
    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::Rsa(Some(self.0.digest))
    }
    fn sign(&mut self, message: &[u8]) -> Result<Vec<u8>, NoSignature> {
        assert_eq!(message.first(), Some(&tag::SET));
        self.0.sign(message).map(self.1)
    }
}

#[test]
fn a_signer_of_another_kind_can_be_brought_along() {
    let identity = Identity::read("signer");
    let mut random = seeded(1);
    let mut signer = Changed(identity.signer(Digest::Sha384, &mut random), |signature| signature);
    let message = sign_attached(b"profile", &mut signer, &Signing::default()).unwrap();
    assert_eq!(verify_attached(&message).unwrap().content, b"profile");
    let mut signer = Changed(identity.signer(Digest::Sha384, &mut random), |signature| signature[1..].to_vec());
    let message = sign_attached(b"profile", &mut signer, &Signing::default()).unwrap();
    assert_eq!(verify_attached(&message), Err(SignedError::Signature));
}

#[test]
fn the_content_type_that_was_signed_is_the_one_of_the_content() {
    let identity = Identity::read("signer");
    let mut random = seeded(2);
    let message = sign_attached(b"x", &mut identity.signer(Digest::Sha256, &mut random), &Signing::default()).unwrap();
    assert!(verify_attached(&message).is_ok());
    // Another type, stated and signed.
    let other = vector("other-type.der");
    assert_eq!(verify_attached(&other), Err(SignedError::ContentType));
    // The type that is signed, and another one that is stated: it stands before the attributes.
    let signed = oid::ENVELOPED_DATA.as_bytes();
    let at = other.windows(signed.len()).position(|bytes| bytes == signed).unwrap();
    let mut changed = other.clone();
    changed[at..at + signed.len()].copy_from_slice(oid::DATA.as_bytes());
    assert_eq!(verify_attached(&changed), Err(SignedError::ContentType));
    // A type that is signed twice.
    let twice = Attribute { named: oid::CONTENT_TYPE, value: ber::object_identifier(oid::ENVELOPED_DATA) };
    let signing = Signing { attributes: vec![twice], ..Signing::default() };
    let message = sign_attached(b"x", &mut identity.signer(Digest::Sha256, &mut random), &signing).unwrap();
    assert_eq!(verify_attached(&message), Err(SignedError::Attributes));
}

#[test]
fn a_bundle_of_certificates_is_read_and_written() {
    let [one, other] = ["signer", "other"].map(|name| Identity::read(name).certificate);
    let read = read_certificates(&vector("certificates-only.der")).unwrap();
    assert!(read.contains(&one) && read.contains(&other) && read.len() == 2);
    let mut again = read_certificates(&certificates_only(&[&one, &other])).unwrap();
    again.sort_by_key(Certificate::hash);
    let mut both = vec![one, other];
    both.sort_by_key(Certificate::hash);
    assert_eq!(again, both);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn what_was_signed_is_verified(
        content in prop::collection::vec(any::<u8>(), 0..2000),
        which in 0..4_usize,
        timed in any::<bool>(),
        text in "[a-zA-Z0-9]{0,40}",
    ) {
        let identity = Identity::read("signer");
        let mut random = seeded(3);
        let digest = DIGESTS[which].1;
        let named = oid::SHA_1;
        let attribute = Attribute { named, value: ber::printable_string(&text) };
        let signing = Signing { at: timed.then(now), attributes: vec![attribute], chain: Vec::new() };
        let attached = sign_attached(&content, &mut identity.signer(digest, &mut random), &signing).unwrap();
        let verified = verify_attached(&attached).unwrap();
        prop_assert_eq!(&verified.content, &content);
        prop_assert_eq!(verified.attributes.value(named, tag::PRINTABLE_STRING), Some(text.as_bytes()));
        prop_assert_eq!(verified.attributes.raw(oid::SIGNING_TIME).is_some(), timed);
        let detached = sign_detached(&content, &mut identity.signer(digest, &mut random), &signing).unwrap();
        prop_assert!(verify_detached(&detached, &content).is_ok());
    }
}
