//! What several forms of CMS have in common.

use der::asn1::ObjectIdentifier;

use super::SignedError;
use crate::{
    algorithm::oid,
    ber::{BerError, Reader, Tlv, tag},
    certificate::Certificate,
};

/// How many certificates a message may bring.
pub const MAX_CERTIFICATES: usize = 10;
/// How many attributes a signer may sign.
pub const MAX_ATTRIBUTES: usize = 32;

/// The content of a `ContentInfo` (RFC 5652 section 3) of the type `expected`; `None` if it has another type.
pub(super) fn content_info(message: &[u8], expected: ObjectIdentifier) -> Result<Option<Tlv<'_>>, BerError> {
    let mut fields = Reader::only(message, tag::SEQUENCE)?.reader();
    let named = fields.expect(tag::OBJECT_IDENTIFIER)?;
    let content = fields.expect(tag::CONTEXT_0)?;
    fields.finish()?;
    if named.content != expected.as_bytes() {
        return Ok(None);
    }
    Reader::only(content.content, tag::SEQUENCE).map(Some)
}

/// A `SignedData` (RFC 5652 section 5.1) in its parts.
pub(super) struct SignedData<'a> {
    /// The type of what is signed: the bytes of an object identifier.
    pub content_type: &'a [u8],
    /// What is signed, if it is in the message.
    pub content: Option<&'a [u8]>,
    /// The certificates that came along.
    pub certificates: Vec<Certificate>,
    /// The signers.
    pub signers: Vec<Tlv<'a>>,
}

impl<'a> SignedData<'a> {
    /// Takes a message in DER apart.
    pub fn read(message: &'a [u8]) -> Result<Self, SignedError> {
        let data = content_info(message, oid::SIGNED_DATA)?.ok_or(SignedError::NotSigned)?;
        let mut fields = data.reader();
        fields.expect(tag::INTEGER)?; // version
        fields.expect(tag::SET)?; // digests, which each signer names again
        let mut encapsulated = fields.sequence()?;
        let content_type = encapsulated.expect(tag::OBJECT_IDENTIFIER)?.content;
        let content = match encapsulated.optional(tag::CONTEXT_0)? {
            Some(content) => Some(Reader::only(content.content, tag::OCTET_STRING)?.content),
            None => None,
        };
        encapsulated.finish()?;
        let certificates = match fields.optional(tag::CONTEXT_0)? {
            Some(set) => certificates(set)?,
            None => Vec::new(),
        };
        fields.optional(tag::CONTEXT_1)?; // revocation lists
        let mut set = fields.expect(tag::SET)?.reader();
        fields.finish()?;
        let mut signers = Vec::new();
        while !set.is_empty() {
            signers.push(set.expect(tag::SEQUENCE)?);
        }
        Ok(Self { content_type, content, certificates, signers })
    }
}

/// Reads a `CertificateSet` (RFC 5652 section 10.2.3). Other forms than X.509 certificates are passed over.
fn certificates(set: Tlv<'_>) -> Result<Vec<Certificate>, SignedError> {
    let mut set = set.reader();
    let mut certificates = Vec::new();
    while !set.is_empty() {
        let next = set.any()?;
        if next.tag != tag::SEQUENCE {
            continue;
        }
        if certificates.len() == MAX_CERTIFICATES {
            return Err(SignedError::TooManyCertificates);
        }
        certificates.push(Certificate::from_der(next.raw)?);
    }
    Ok(certificates)
}

/// The attributes that a signer signed (RFC 5652 section 5.3): each with one value, none twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes(Vec<(Vec<u8>, Vec<u8>)>);

impl Attributes {
    /// Reads the attributes inside of `set`.
    pub(super) fn read(set: Tlv<'_>) -> Result<Self, SignedError> {
        let mut set = set.reader();
        let mut read = Self::default();
        while !set.is_empty() {
            let mut attribute = set.sequence()?;
            let named = attribute.expect(tag::OBJECT_IDENTIFIER)?.content;
            let mut values = attribute.expect(tag::SET)?.reader();
            attribute.finish()?;
            let value = values.any()?;
            values.finish().map_err(|_| SignedError::Attributes)?;
            if read.0.len() == MAX_ATTRIBUTES || read.0.iter().any(|(name, _)| name == named) {
                return Err(SignedError::Attributes);
            }
            read.0.push((named.to_vec(), value.raw.to_vec()));
        }
        Ok(read)
    }

    /// The value of the attribute `named`, if it is there with the tag `tag`.
    pub fn value(&self, named: ObjectIdentifier, tag: u8) -> Option<&[u8]> {
        let raw = self.raw(named)?;
        Reader::only(raw, tag).ok().map(|value| value.content)
    }

    /// The value of the attribute `named` with its tag and length.
    pub fn raw(&self, named: ObjectIdentifier) -> Option<&[u8]> {
        let found = self.0.iter().find(|(name, _)| name == named.as_bytes());
        found.map(|(_, value)| value.as_slice())
    }
}
