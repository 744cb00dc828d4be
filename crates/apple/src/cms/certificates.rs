//! Bundles of certificates: signed data that nobody signed.

use super::{SignedError, parts::SignedData};
use crate::{
    algorithm::oid,
    ber::{self, tag},
    certificate::Certificate,
};

/// A message with nothing but `certificates` ("degenerate", RFC 5652 section 5.1).
pub fn certificates_only(certificates: &[&Certificate]) -> Vec<u8> {
    let ders = certificates.iter().map(|certificate| certificate.der().to_vec()).collect();
    let data = ber::sequence(&[
        &ber::integer(1),
        &ber::tlv(tag::SET, &[]),
        &ber::sequence(&[&ber::object_identifier(oid::DATA)]),
        &ber::explicit(0, &ber::set_of(ders)),
        &ber::tlv(tag::SET, &[]),
    ]);
    ber::sequence(&[&ber::object_identifier(oid::SIGNED_DATA), &ber::explicit(0, &data)])
}

/// The certificates of a message, whoever signed it or not. Nothing is verified.
pub fn read_certificates(message: &[u8]) -> Result<Vec<Certificate>, SignedError> {
    let message = ber::normalise(message)?;
    Ok(SignedData::read(&message)?.certificates)
}
