//! BER to DER, as far as CMS needs it.

use super::{BerError, tag, write};

/// The longest input in bytes: the largest body that the SCEP endpoint takes. Up to this length the output is never
/// longer than the input.
pub const MAX_INPUT: usize = 64 * 1024;
/// How deep elements may be nested. A SCEP message needs fewer than half of it.
pub const MAX_DEPTH: usize = 24;
/// Bytes after the outermost element that are passed over: some clients end a message with a line break.
pub const MAX_TRAILING: usize = 8;

/// Rewrites one element with everything inside it: each length stated and in its shortest form (X.690 section 10.1),
/// each OCTET STRING in one piece (section 10.2).
///
/// DER comes out as it went in. The order inside of a SET is kept: signatures cover it.
///
/// # Errors
/// The input is no BER, or past one of the limits of this module.
pub fn normalise(input: &[u8]) -> Result<Vec<u8>, BerError> {
    if input.len() > MAX_INPUT {
        return Err(BerError::TooLong);
    }
    let mut input = Input { rest: input };
    let mut output = Vec::with_capacity(input.rest.len());
    element(&mut input, MAX_DEPTH, &mut output)?;
    if input.rest.len() > MAX_TRAILING { Err(BerError::Trailing) } else { Ok(output) }
}

/// Where the content of an element ends.
enum Length {
    Stated(usize),
    /// At two bytes of zero (X.690 section 8.1.5).
    Marked,
}

/// What of the input was not read yet.
struct Input<'a> {
    rest: &'a [u8],
}

impl<'a> Input<'a> {
    fn byte(&mut self) -> Result<u8, BerError> {
        let (first, rest) = self.rest.split_first().ok_or(BerError::Truncated)?;
        self.rest = rest;
        Ok(*first)
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], BerError> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(BerError::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    fn tag(&mut self) -> Result<u8, BerError> {
        match self.byte()? {
            0 => Err(BerError::StrayEnd),
            tag if tag & 0x1f == 0x1f => Err(BerError::LongTag),
            tag => Ok(tag),
        }
    }

    fn length(&mut self) -> Result<Length, BerError> {
        match self.byte()? {
            short @ 0..0x80 => Ok(Length::Stated(short.into())),
            0x80 => Ok(Length::Marked),
            long @ 0x81..=0x84 => {
                let bytes = self.take(usize::from(long & 0x7f))?;
                Ok(Length::Stated(bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte))))
            }
            _ => Err(BerError::LongLength),
        }
    }

    /// Passes over the mark of an end; `false` if there is none.
    fn end(&mut self) -> bool {
        let rest = self.rest.strip_prefix(&[0, 0]);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }
}

/// Writes the next element of `input` to `output`.
fn element(input: &mut Input<'_>, depth: usize, output: &mut Vec<u8>) -> Result<(), BerError> {
    let (tag, content) = content(input, depth)?;
    write::append(output, tag, &content);
    Ok(())
}

/// The tag and the content of the next element, both in the form of DER.
fn content(input: &mut Input<'_>, depth: usize) -> Result<(u8, Vec<u8>), BerError> {
    let depth = depth.checked_sub(1).ok_or(BerError::TooDeep)?;
    let tag = input.tag()?;
    let length = input.length()?;
    let constructed = tag & 0x20 != 0;
    let inner = match length {
        Length::Stated(length) if !constructed => return Ok((tag, input.take(length)?.to_vec())),
        Length::Marked if !constructed => return Err(BerError::PrimitiveIndefinite),
        Length::Stated(length) => Some(input.take(length)?),
        Length::Marked => None,
    };
    let join = joined(tag)?;
    let mut output = Vec::new();
    match inner {
        Some(inner) => {
            let mut inner = Input { rest: inner };
            while !inner.rest.is_empty() {
                child(&mut inner, depth, join, &mut output)?;
            }
        }
        None => {
            while !input.end() {
                child(input, depth, join, &mut output)?;
            }
        }
    }
    Ok((if join { tag::OCTET_STRING } else { tag }, output))
}

/// Whether the element with `tag` is a string in pieces that becomes one.
fn joined(tag: u8) -> Result<bool, BerError> {
    match tag {
        tag::OCTET_STRING_IN_PIECES => Ok(true),
        tag::SEQUENCE | tag::SET => Ok(false),
        // Another constructed element of the universal class is a string in pieces, or nothing that CMS knows.
        universal if universal & 0xc0 == 0 => Err(BerError::Pieces),
        _ => Ok(false),
    }
}

/// Writes one element inside another: as a piece of a string, or as it is.
fn child(input: &mut Input<'_>, depth: usize, join: bool, output: &mut Vec<u8>) -> Result<(), BerError> {
    if !join {
        return element(input, depth, output);
    }
    let (tag, piece) = content(input, depth)?;
    if tag != tag::OCTET_STRING {
        return Err(BerError::Pieces);
    }
    output.extend_from_slice(&piece);
    Ok(())
}
