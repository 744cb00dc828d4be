//! Reads DER, one element after the other.

use super::{BerError, tag};

/// One element: tag, length, value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tlv<'a> {
    /// Its tag.
    pub tag: u8,
    /// Its value.
    pub content: &'a [u8],
    /// All of it, as it was received: what signatures cover.
    pub raw: &'a [u8],
}

impl<'a> Tlv<'a> {
    /// Reads the elements inside of this one.
    pub fn reader(&self) -> Reader<'a> {
        Reader::new(self.content)
    }

    /// This element if it has the tag `expected`.
    pub fn expect(self, expected: u8) -> Result<Self, BerError> {
        if self.tag == expected { Ok(self) } else { Err(BerError::Unexpected { expected, found: self.tag }) }
    }
}

/// The elements that follow each other in some bytes.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Reads `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The one element that `bytes` consist of, with the tag `expected`.
    pub fn only(bytes: &'a [u8], expected: u8) -> Result<Tlv<'a>, BerError> {
        let mut reader = Self::new(bytes);
        let only = reader.expect(expected)?;
        reader.finish()?;
        Ok(only)
    }

    /// Whether everything was read.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next element.
    pub fn any(&mut self) -> Result<Tlv<'a>, BerError> {
        let (header, length) = header(self.rest)?;
        let end = header.checked_add(length).ok_or(BerError::LongLength)?;
        let (raw, rest) = self.rest.split_at_checked(end).ok_or(BerError::Truncated)?;
        let (head, content) = raw.split_at_checked(header).ok_or(BerError::Truncated)?;
        self.rest = rest;
        Ok(Tlv { tag: head.first().copied().unwrap_or_default(), content, raw })
    }

    /// The next element, which has the tag `expected`.
    pub fn expect(&mut self, expected: u8) -> Result<Tlv<'a>, BerError> {
        self.any()?.expect(expected)
    }

    /// The next element if it has the tag `wanted`.
    pub fn optional(&mut self, wanted: u8) -> Result<Option<Tlv<'a>>, BerError> {
        if self.rest.first() == Some(&wanted) { self.any().map(Some) } else { Ok(None) }
    }

    /// The elements inside of the SEQUENCE that comes next.
    pub fn sequence(&mut self) -> Result<Self, BerError> {
        Ok(self.expect(tag::SEQUENCE)?.reader())
    }

    /// An error if something was left.
    pub fn finish(&self) -> Result<(), BerError> {
        if self.is_empty() { Ok(()) } else { Err(BerError::Trailing) }
    }
}

/// The length of the header, and what it says about the length of the content.
fn header(bytes: &[u8]) -> Result<(usize, usize), BerError> {
    let [tag, first, rest @ ..] = bytes else { return Err(BerError::Truncated) };
    if tag & 0x1f == 0x1f {
        return Err(BerError::LongTag);
    }
    let count = match first {
        0..0x80 => return Ok((2, usize::from(*first))),
        0x80 => return Err(BerError::NotDer),
        0x81..=0x84 => usize::from(first & 0x7f),
        _ => return Err(BerError::LongLength),
    };
    let bytes = rest.get(..count).ok_or(BerError::Truncated)?;
    let length = bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
    let shortest = length >= 0x80 && bytes.first() != Some(&0);
    if shortest { Ok((2 + count, length)) } else { Err(BerError::NotDer) }
}
