//! Elements of ASN.1: phones and other clients of SCEP send BER, everything here reads DER.
//!
//! A message is first normalised ([`normalise`]), then read ([`Reader`]). What Rollcall sends is written by the small
//! functions of this room. Meaning is the business of the callers.

mod normal;
mod read;
mod write;

pub use normal::{MAX_DEPTH, MAX_INPUT, MAX_TRAILING, normalise};
pub use read::{Reader, Tlv};
pub use write::{
    explicit, integer, null, object_identifier, octet_string, printable_string, sequence, set, set_of, tlv, utf8_string,
};

/// Tags of the universal class, as one byte (X.690 section 8.1.2), and the two context-specific ones of CMS.
pub mod tag {
    /// INTEGER.
    pub const INTEGER: u8 = 0x02;
    /// BIT STRING.
    pub const BIT_STRING: u8 = 0x03;
    /// OCTET STRING.
    pub const OCTET_STRING: u8 = 0x04;
    /// OCTET STRING in pieces, which DER does not know.
    pub const OCTET_STRING_IN_PIECES: u8 = 0x24;
    /// OBJECT IDENTIFIER.
    pub const OBJECT_IDENTIFIER: u8 = 0x06;
    /// `UTF8String`.
    pub const UTF8_STRING: u8 = 0x0c;
    /// `PrintableString`.
    pub const PRINTABLE_STRING: u8 = 0x13;
    /// `IA5String`.
    pub const IA5_STRING: u8 = 0x16;
    /// SEQUENCE and SEQUENCE OF.
    pub const SEQUENCE: u8 = 0x30;
    /// SET and SET OF.
    pub const SET: u8 = 0x31;
    /// `[0]`, constructed.
    pub const CONTEXT_0: u8 = 0xa0;
    /// `[0]`, primitive.
    pub const CONTEXT_0_PRIMITIVE: u8 = 0x80;
    /// `[1]`, constructed.
    pub const CONTEXT_1: u8 = 0xa1;
    /// `[3]`, constructed.
    pub const CONTEXT_3: u8 = 0xa3;
}

/// Why bytes are no BER, or none that is accepted here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BerError {
    /// The input ends inside an element.
    #[error("the input ends inside an element")]
    Truncated,
    /// The input is longer than [`MAX_INPUT`].
    #[error("the input is longer than {MAX_INPUT} bytes")]
    TooLong,
    /// Elements are nested deeper than [`MAX_DEPTH`].
    #[error("elements are nested deeper than {MAX_DEPTH}")]
    TooDeep,
    /// A tag of more than one byte; nothing that is read here has one.
    #[error("a tag of more than one byte")]
    LongTag,
    /// A length that needs more than four bytes.
    #[error("a length of more than four bytes")]
    LongLength,
    /// A length that is not in its shortest form where DER is expected.
    #[error("a length that is not in its shortest form")]
    NotDer,
    /// An element without a length that has no elements inside.
    #[error("an element of no stated length that has no elements inside")]
    PrimitiveIndefinite,
    /// The mark of an end where no element of unknown length is open.
    #[error("the mark of an end without a beginning")]
    StrayEnd,
    /// A string in pieces of another kind, or a string in pieces that is no OCTET STRING.
    #[error("a string in pieces that cannot be joined")]
    Pieces,
    /// More bytes after the element than are passed over.
    #[error("bytes after the end")]
    Trailing,
    /// Another element was expected.
    #[error("an element with the tag {found:#04x} where {expected:#04x} was expected")]
    Unexpected {
        /// The tag that was expected.
        expected: u8,
        /// The tag that is there.
        found: u8,
    },
}
