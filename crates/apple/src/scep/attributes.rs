//! The signed attributes of SCEP (RFC 8894 section 3.2).

use der::asn1::ObjectIdentifier;

use crate::{
    ber::{self, tag},
    cms::{Attribute, Attributes},
};

/// The longest transaction identifier in bytes.
pub const MAX_TRANSACTION: usize = 128;
/// The longest nonce in bytes; RFC 8894 section 3.2.1.5 asks for 16.
pub const MAX_NONCE: usize = 64;

const MESSAGE_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.113733.1.9.2");
const STATUS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.113733.1.9.3");
const FAIL_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.113733.1.9.4");
const SENDER_NONCE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.113733.1.9.5");
const RECIPIENT_NONCE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.113733.1.9.6");
const TRANSACTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.113733.1.9.7");

/// What a message is (`messageType`, RFC 8894 section 3.2.1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A first request, signed with a certificate of the client's own making.
    PkcsReq,
    /// A request signed with the certificate that is to be renewed.
    RenewalReq,
    /// The answer to both.
    CertRep,
}

impl Kind {
    const ALL: [Self; 3] = [Self::PkcsReq, Self::RenewalReq, Self::CertRep];

    fn number(self) -> &'static str {
        match self {
            Self::PkcsReq => "19",
            Self::RenewalReq => "17",
            Self::CertRep => "3",
        }
    }
}

/// Why a request is refused (`failInfo`, RFC 8894 section 3.2.1.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailInfo {
    /// An algorithm that is not known.
    BadAlg,
    /// A message that was changed on its way.
    BadMessageCheck,
    /// A request that is not permitted. The answer to every refusal, so that nobody learns more by asking.
    BadRequest,
    /// A signing time too far from the server's.
    BadTime,
    /// No certificate fits.
    BadCertId,
}

impl FailInfo {
    const ALL: [Self; 5] = [Self::BadAlg, Self::BadMessageCheck, Self::BadRequest, Self::BadTime, Self::BadCertId];

    fn number(self) -> &'static str {
        match self {
            Self::BadAlg => "0",
            Self::BadMessageCheck => "1",
            Self::BadRequest => "2",
            Self::BadTime => "3",
            Self::BadCertId => "4",
        }
    }
}

/// What an answer says (`pkiStatus`, RFC 8894 section 3.2.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Success,
    Failure(FailInfo),
    /// The answer comes later: nothing here says so, another server may.
    Pending,
}

/// The kind of the message, if it is one that is known here.
pub(super) fn kind(attributes: &Attributes) -> Option<Kind> {
    let number = attributes.value(MESSAGE_TYPE, tag::PRINTABLE_STRING)?;
    Kind::ALL.into_iter().find(|kind| kind.number().as_bytes() == number)
}

/// The identifier of the transaction: a `PrintableString` in DER, as it was received.
pub(super) fn transaction(attributes: &Attributes) -> Option<&[u8]> {
    let identifier = attributes.value(TRANSACTION, tag::PRINTABLE_STRING)?;
    let bounded = (1..=MAX_TRANSACTION).contains(&identifier.len());
    attributes.raw(TRANSACTION).filter(|_| bounded)
}

/// The nonce of the sender.
pub(super) fn sender_nonce(attributes: &Attributes) -> Option<&[u8]> {
    attributes.value(SENDER_NONCE, tag::OCTET_STRING).filter(|nonce| (1..=MAX_NONCE).contains(&nonce.len()))
}

/// The nonce that comes back to whoever sent it.
pub(super) fn recipient_nonce(attributes: &Attributes) -> Option<&[u8]> {
    attributes.value(RECIPIENT_NONCE, tag::OCTET_STRING)
}

/// What an answer says.
pub(super) fn status(attributes: &Attributes) -> Option<Status> {
    match attributes.value(STATUS, tag::PRINTABLE_STRING)? {
        b"0" => Some(Status::Success),
        b"2" => {
            let number = attributes.value(FAIL_INFO, tag::PRINTABLE_STRING)?;
            FailInfo::ALL.into_iter().find(|info| info.number().as_bytes() == number).map(Status::Failure)
        }
        b"3" => Some(Status::Pending),
        _ => None,
    }
}

/// The attributes of a request.
pub(super) fn request(kind: Kind, transaction: &str, nonce: &[u8]) -> Vec<Attribute> {
    vec![
        text(MESSAGE_TYPE, kind.number()),
        text(TRANSACTION, transaction),
        Attribute { named: SENDER_NONCE, value: ber::octet_string(nonce) },
    ]
}

/// The attributes of an answer. `transaction` and `theirs` are what the request said; `ours` is a new nonce.
pub(super) fn reply(failure: Option<FailInfo>, transaction: &[u8], theirs: &[u8], ours: &[u8]) -> Vec<Attribute> {
    let mut attributes = vec![
        text(MESSAGE_TYPE, Kind::CertRep.number()),
        text(STATUS, if failure.is_some() { "2" } else { "0" }),
        Attribute { named: TRANSACTION, value: transaction.to_vec() },
        Attribute { named: RECIPIENT_NONCE, value: ber::octet_string(theirs) },
        Attribute { named: SENDER_NONCE, value: ber::octet_string(ours) },
    ];
    attributes.extend(failure.map(|info| text(FAIL_INFO, info.number())));
    attributes
}

fn text(named: ObjectIdentifier, text: &str) -> Attribute {
    Attribute { named, value: ber::printable_string(text) }
}
