//! The normaliser.

use apple::ber::{BerError, MAX_DEPTH, MAX_INPUT, MAX_TRAILING, Reader, normalise, tag, tlv};
use proptest::prelude::*;

use crate::support::vector;

#[test]
fn unstated_lengths_and_pieces_become_der() {
    // SEQUENCE of unknown length { OCTET STRING in pieces { "ab", pieces { "c" } }, [0] of unknown length { INTEGER 5 } }
    let ber = [
        0x30, 0x80, 0x24, 0x80, 0x04, 0x02, b'a', b'b', 0x24, 0x03, 0x04, 0x01, b'c', 0x00, 0x00, 0xa0, 0x80, 0x02,
        0x01, 0x05, 0x00, 0x00, 0x00, 0x00,
    ];
    let der = [0x30, 0x0a, 0x04, 0x03, b'a', b'b', b'c', 0xa0, 0x03, 0x02, 0x01, 0x05];
    assert_eq!(normalise(&ber).unwrap(), der);
}

#[test]
fn a_length_that_is_not_the_shortest_becomes_it() {
    assert_eq!(normalise(&[0x04, 0x84, 0, 0, 0, 1, 7]).unwrap(), [0x04, 1, 7]);
    assert_eq!(Reader::only(&[0x04, 0x81, 1, 7], tag::OCTET_STRING), Err(BerError::NotDer));
}

#[test]
fn der_comes_out_as_it_went_in() {
    for name in ["attached.der", "enveloped-des.der", "request.der", "signer.der", "two-signers.der"] {
        assert_eq!(normalise(&vector(name)).unwrap(), vector(name), "{name}");
    }
}

#[test]
fn every_bound_is_kept() {
    let nested = |depth: usize| (1..depth).fold(tlv(tag::SEQUENCE, &[]), |inner, _| tlv(tag::SEQUENCE, &inner));
    assert!(normalise(&nested(MAX_DEPTH)).is_ok());
    assert_eq!(normalise(&nested(MAX_DEPTH + 1)), Err(BerError::TooDeep));
    assert_eq!(normalise(&[0x30, 0x80].repeat(20_000)), Err(BerError::TooDeep));
    assert_eq!(normalise(&[0x24, 0x80].repeat(20_000)), Err(BerError::TooDeep));
    assert_eq!(normalise(&vec![0; MAX_INPUT + 1]), Err(BerError::TooLong));
    assert_eq!(normalise(&[0x1f, 0x81, 0x01, 0x00]), Err(BerError::LongTag));
    assert_eq!(normalise(&[0x04, 0x85, 0, 0, 0, 0, 1, 7]), Err(BerError::LongLength));
    assert_eq!(normalise(&[0x04, 0xff, 0, 0]), Err(BerError::LongLength));
    assert_eq!(normalise(&[0x04, 0x84, 0xff, 0xff, 0xff, 0xff]), Err(BerError::Truncated));
    assert_eq!(normalise(&[0x04, 0x80, 0, 0]), Err(BerError::PrimitiveIndefinite));
    assert_eq!(normalise(&[0x30, 0x02, 0, 0]), Err(BerError::StrayEnd));
    assert_eq!(normalise(&[0x23, 0x03, 0x03, 0x01, 0x00]), Err(BerError::Pieces));
    assert_eq!(normalise(&[0x24, 0x03, 0x02, 0x01, 0x00]), Err(BerError::Pieces));
    let trailing = |count| [[0x05, 0x00].as_slice(), &vec![b'\n'; count]].concat();
    assert_eq!(normalise(&trailing(MAX_TRAILING)).unwrap(), [0x05, 0x00]);
    assert_eq!(normalise(&trailing(MAX_TRAILING + 1)), Err(BerError::Trailing));
}

/// Elements of BER, some with unstated lengths, some in pieces.
fn ber() -> impl Strategy<Value = Vec<u8>> {
    let leaf = (prop::sample::select(vec![0x02, 0x04, 0x06, 0x0c, 0x80]), prop::collection::vec(any::<u8>(), 0..200))
        .prop_map(|(tag, content)| tlv(tag, &content));
    leaf.prop_recursive(6, 64, 6, |inner| {
        let tags = prop::sample::select(vec![0x30, 0x31, 0xa0, 0x24]);
        (tags, prop::collection::vec(inner, 0..6), any::<bool>()).prop_map(|(tag, children, stated)| {
            let content = children.concat();
            if stated { tlv(tag, &content) } else { [&[tag, 0x80], content.as_slice(), &[0, 0]].concat() }
        })
    })
}

proptest! {
    #[test]
    fn what_was_normalised_stays_as_it_is_and_is_no_longer(input in ber()) {
        if let Ok(der) = normalise(&input) {
            prop_assert!(der.len() <= input.len());
            prop_assert_eq!(normalise(&der).unwrap(), der);
        }
    }

    #[test]
    fn no_bytes_end_the_process(input in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(der) = normalise(&input) {
            prop_assert!(der.len() <= input.len());
        }
        let mut reader = Reader::new(&input);
        while reader.any().is_ok() {}
    }
}
