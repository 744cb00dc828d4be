//! Writes DER.

use der::asn1::ObjectIdentifier;

use super::tag;

/// Appends one element to `output`.
pub(super) fn append(output: &mut Vec<u8>, tag: u8, content: &[u8]) {
    output.push(tag);
    let length = content.len().to_be_bytes();
    let zeros = length.iter().take_while(|byte| **byte == 0).count();
    let shortest = length.get(zeros..).unwrap_or_default();
    match shortest {
        [] => output.push(0),
        [short] if *short < 0x80 => output.push(*short),
        long => {
            // A usize has at most eight bytes.
            output.push(0x80 | u8::try_from(long.len()).unwrap_or_default());
            output.extend_from_slice(long);
        }
    }
    output.extend_from_slice(content);
}

/// An element.
pub fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut output = Vec::with_capacity(content.len() + 6);
    append(&mut output, tag, content);
    output
}

/// A SEQUENCE of elements.
pub fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    tlv(tag::SEQUENCE, &parts.concat())
}

/// A SET with one element.
pub fn set(part: &[u8]) -> Vec<u8> {
    tlv(tag::SET, part)
}

/// The content of a SET OF in the order of DER (X.690 section 11.6).
pub fn set_of(mut parts: Vec<Vec<u8>>) -> Vec<u8> {
    parts.sort();
    parts.concat()
}

/// `[number]` around elements, tagged explicitly. `number` is at most 30.
pub fn explicit(number: u8, content: &[u8]) -> Vec<u8> {
    tlv(tag::CONTEXT_0 | number, content)
}

/// An INTEGER of at most seven bits.
pub fn integer(value: u8) -> Vec<u8> {
    tlv(tag::INTEGER, &[value & 0x7f])
}

/// NULL.
pub fn null() -> Vec<u8> {
    vec![0x05, 0x00]
}

/// An OBJECT IDENTIFIER.
pub fn object_identifier(identifier: ObjectIdentifier) -> Vec<u8> {
    tlv(tag::OBJECT_IDENTIFIER, identifier.as_bytes())
}

/// An OCTET STRING.
pub fn octet_string(bytes: &[u8]) -> Vec<u8> {
    tlv(tag::OCTET_STRING, bytes)
}

/// A `UTF8String`.
pub fn utf8_string(text: &str) -> Vec<u8> {
    tlv(tag::UTF8_STRING, text.as_bytes())
}

/// A `PrintableString`. The caller passes nothing but letters, digits and the few marks that it knows.
pub fn printable_string(text: &str) -> Vec<u8> {
    tlv(tag::PRINTABLE_STRING, text.as_bytes())
}
