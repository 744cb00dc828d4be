//! SCEP, with both halves.

use apple::{
    algorithm::Digest,
    authority::{Authority, Subject},
    ber::{self, tag},
    certificate::Certificate,
    cms::{self, Cipher, EnvelopeError, SignedError, Signing},
    csr,
    scep::{
        Asked, ClientError, FailInfo, Kind, Message, MessageError, OpenError, QueryError, Requester, Wish, ask,
        message_from_query, message_to_query,
    },
};
use proptest::prelude::*;

use crate::support::{Identity, authority, now, seeded, vector};

const DEVICE: Subject<'_> = Subject { organization: "Example", common_name: "Rollcall device" };

/// A phone: the key to be certified is not the one that signs.
struct Phone {
    signer: Identity,
    key: Identity,
}

impl Phone {
    fn new() -> Self {
        Self { signer: Identity::read("other"), key: Identity::read("signer") }
    }

    fn requester(&self) -> Requester<'_> {
        Requester { key: &self.signer.key, certificate: &self.signer.certificate }
    }

    fn ask(&self, kind: Kind, cipher: Cipher, digest: Digest) -> (Vec<u8>, Asked) {
        let public_key = self.key.certificate.public_key_der();
        let csr = csr::make(&self.key.key, public_key, &DEVICE.to_der(), Some("sesame"), &mut seeded(1)).unwrap();
        let authority = authority();
        let wish = Wish { kind, authority: authority.certificate(), csr: &csr, cipher, digest, at: Some(now()) };
        ask(self.requester(), &wish, &mut seeded(2)).unwrap()
    }

    fn read(&self, asked: &Asked, reply: &[u8]) -> Result<Certificate, ClientError> {
        asked.read(reply, self.requester(), &mut seeded(3))
    }
}

/// What a server answers that lets everybody in.
fn answer(authority: &Authority, message: &Message) -> Vec<u8> {
    let operation = message.open(authority, &mut seeded(4)).unwrap();
    assert_eq!(operation.request.challenge(), Some("sesame"));
    let issued = authority.issue(operation.request.public_key_der(), DEVICE, now(), &mut seeded(5)).unwrap();
    message.grant(authority, &issued, operation.cipher, now(), &mut seeded(6)).unwrap()
}

#[test]
fn a_phone_gets_its_certificate_in_the_cipher_and_digest_of_its_request() {
    let (phone, authority) = (Phone::new(), authority());
    for (kind, cipher, digest) in [
        (Kind::PkcsReq, Cipher::Des, Digest::Sha1),
        (Kind::PkcsReq, Cipher::TripleDes, Digest::Sha256),
        (Kind::RenewalReq, Cipher::Aes128, Digest::Sha512),
        (Kind::RenewalReq, Cipher::Aes256, Digest::Sha384),
    ] {
        let (body, asked) = phone.ask(kind, cipher, digest);
        let message = Message::read(&body).unwrap();
        assert_eq!((message.kind(), message.signer()), (kind, &phone.signer.certificate));
        let reply = answer(&authority, &message);
        let issued = phone.read(&asked, &reply).unwrap();
        assert_eq!(issued.public_key_der(), phone.key.certificate.public_key_der());
        let outer = cms::verify_attached(&reply).unwrap();
        assert_eq!((outer.digest, &outer.signer), (digest, authority.certificate()));
        let opened =
            cms::decrypt(&outer.content, &phone.signer.key, &phone.signer.certificate, &mut seeded(7)).unwrap();
        assert_eq!(opened.cipher, cipher);
        assert_eq!(cms::read_certificates(&opened.content).unwrap(), [issued]);
    }
}

#[test]
fn a_refusal_is_signed_and_says_why() {
    let (phone, authority) = (Phone::new(), authority());
    let (body, asked) = phone.ask(Kind::PkcsReq, Cipher::Aes128, Digest::Sha256);
    let message = Message::read(&body).unwrap();
    for reason in [FailInfo::BadAlg, FailInfo::BadRequest, FailInfo::BadCertId] {
        let reply = message.refuse(&authority, reason, now(), &mut seeded(8)).unwrap();
        assert_eq!(phone.read(&asked, &reply), Err(ClientError::Refused(reason)));
    }
}

#[test]
fn an_answer_to_another_request_or_of_somebody_else_is_not_taken() {
    let (phone, authority) = (Phone::new(), authority());
    let (body, asked) = phone.ask(Kind::PkcsReq, Cipher::Aes128, Digest::Sha256);
    let reply = answer(&authority, &Message::read(&body).unwrap());
    let csr = vector("request.der");
    let wish = Wish {
        kind: Kind::PkcsReq,
        authority: authority.certificate(),
        csr: &csr,
        cipher: Cipher::Aes128,
        digest: Digest::Sha256,
        at: None,
    };
    let (_, other) = ask(phone.requester(), &wish, &mut seeded(20)).unwrap();
    assert_eq!(phone.read(&other, &reply), Err(ClientError::OtherRequest));
    let stranger = Authority::make(DEVICE, now(), &mut seeded(21)).unwrap();
    let message = Message::read(&body).unwrap();
    let forged = message.refuse(&stranger, FailInfo::BadRequest, now(), &mut seeded(22)).unwrap();
    assert_eq!(phone.read(&asked, &forged), Err(ClientError::Stranger));
    // An answer is no request.
    assert_eq!(Message::read(&reply).unwrap_err(), MessageError::Kind);
}

#[test]
fn a_signed_message_that_is_no_request_is_refused() {
    assert_eq!(Message::read(&vector("attached.der")).unwrap_err(), MessageError::Kind);
    assert!(matches!(Message::read(&vector("enveloped-des.der")), Err(MessageError::Signed(SignedError::NotSigned))));
}

#[test]
fn a_request_for_another_authority_is_not_opened() {
    let (body, _) = Phone::new().ask(Kind::PkcsReq, Cipher::Aes128, Digest::Sha256);
    let stranger = Authority::make(DEVICE, now(), &mut seeded(9)).unwrap();
    let opened = Message::read(&body).unwrap().open(&stranger, &mut seeded(10));
    assert!(matches!(opened, Err(OpenError::Envelope(EnvelopeError::NotForThisKey))));
}

#[test]
fn a_request_is_read_in_ber() {
    let (phone, authority) = (Phone::new(), authority());
    let (body, asked) = phone.ask(Kind::PkcsReq, Cipher::TripleDes, Digest::Sha1);
    let outer = unstated(&body, 3);
    assert_ne!(outer, body);
    let reply = answer(&authority, &Message::read(&outer).unwrap());
    assert!(phone.read(&asked, &unstated(&reply, 3)).is_ok());
}

/// The same element with lengths that are not stated, down to `depth` levels.
fn unstated(element: &[u8], depth: usize) -> Vec<u8> {
    let mut reader = ber::Reader::new(element);
    let element = reader.any().unwrap();
    if depth == 0 || element.tag & 0x20 == 0 {
        return element.raw.to_vec();
    }
    let mut inside = element.reader();
    let mut output = vec![element.tag, 0x80];
    while !inside.is_empty() {
        output.extend(unstated(inside.any().unwrap().raw, depth - 1));
    }
    output.extend([0, 0]);
    output
}

#[test]
fn every_prefix_and_every_flipped_bit_is_refused_or_changes_nothing_that_is_used() {
    let (phone, authority) = (Phone::new(), authority());
    let (body, _) = phone.ask(Kind::PkcsReq, Cipher::Des, Digest::Sha1);
    for at in 0..body.len() {
        assert!(Message::read(&body[..at]).is_err(), "{at}");
        let mut changed = body.clone();
        changed[at] ^= 1 << (at % 8);
        let Ok(message) = Message::read(&changed) else { continue };
        let operation = message.open(&authority, &mut seeded(11)).unwrap();
        assert_eq!(operation.request.challenge(), Some("sesame"), "{at}");
        assert_eq!(operation.request.public_key_der(), phone.key.certificate.public_key_der(), "{at}");
        assert_eq!(message.signer().public_key_der(), phone.signer.certificate.public_key_der(), "{at}");
    }
}

#[test]
fn attributes_out_of_bounds_are_refused() {
    let phone = Phone::new();
    let named = |last: u8| {
        let attribute = format!("2.16.840.1.113733.1.9.{last}");
        der::asn1::ObjectIdentifier::new(&attribute).unwrap()
    };
    let read = |transaction: &str, nonce: &[u8], kind: &str| {
        let attributes = vec![
            cms::Attribute { named: named(2), value: ber::printable_string(kind) },
            cms::Attribute { named: named(7), value: ber::printable_string(transaction) },
            cms::Attribute { named: named(5), value: ber::octet_string(nonce) },
        ];
        let signing = Signing { attributes, ..Signing::default() };
        let mut random = seeded(12);
        let mut signer = phone.signer.signer(Digest::Sha256, &mut random);
        Message::read(&cms::sign_attached(b"", &mut signer, &signing).unwrap()).map(|_| ())
    };
    assert_eq!(read(&"t".repeat(128), &[1; 64], "19"), Ok(()));
    assert_eq!(read(&"t".repeat(129), &[1; 16], "19"), Err(MessageError::Transaction));
    assert_eq!(read("", &[1; 16], "17"), Err(MessageError::Transaction));
    assert_eq!(read("t", &[1; 65], "17"), Err(MessageError::Nonce));
    assert_eq!(read("t", &[], "17"), Err(MessageError::Nonce));
    assert_eq!(read("t", &[1; 16], "20"), Err(MessageError::Kind));
    assert_eq!(tag::PRINTABLE_STRING, 0x13);
}

#[test]
fn a_message_in_a_query_is_read_in_every_alphabet() {
    // 0xfb 0xef 0xff is "++//" in base64.
    let bytes = [0xfb, 0xef, 0xff, 0x01];
    for text in ["++//AQ==", "++//AQ", "  //AQ==", "--__AQ", "--__AQ==", "++/\r\n/AQ==\n"] {
        assert_eq!(message_from_query(text).as_deref(), Ok(bytes.as_slice()), "{text:?}");
    }
    assert_eq!(message_from_query("?"), Err(QueryError::NoBase64));
    assert_eq!(message_from_query(&"A".repeat(apple::scep::MAX_QUERY + 1)), Err(QueryError::TooLong));
}

proptest! {
    #[test]
    fn a_message_in_a_query_comes_back(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let text = message_to_query(&bytes);
        prop_assert_eq!(message_from_query(&text.replace('+', " ")).unwrap(), bytes.clone());
        prop_assert_eq!(message_from_query(&text).unwrap(), bytes);
    }

    #[test]
    fn no_bytes_are_a_message(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Message::read(&bytes).is_err());
    }
}
