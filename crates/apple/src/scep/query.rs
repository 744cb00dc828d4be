//! Messages in a query, for clients that do not POST (RFC 8894 section 4.1).

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, STANDARD_NO_PAD},
};

use crate::ber::MAX_INPUT;

/// The longest message in characters: base64 of the longest message in bytes, with room for line breaks.
pub const MAX_QUERY: usize = MAX_INPUT / 3 * 4 + 4096;

/// Why a query holds no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// It is longer than [`MAX_QUERY`].
    #[error("longer than {MAX_QUERY} characters")]
    TooLong,
    /// It is no base64.
    #[error("no base64")]
    NoBase64,
}

/// The bytes of a message from the value of `message` in a query, after percent-decoding.
///
/// Clients differ: padded or not, the URL-safe alphabet or the usual one, whose `+` arrives as a space (trap T7).
pub fn message_from_query(text: &str) -> Result<Vec<u8>, QueryError> {
    if text.len() > MAX_QUERY {
        return Err(QueryError::TooLong);
    }
    let usual = text.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n' | b'=')).map(|byte| match byte {
        b' ' | b'-' => b'+',
        b'_' => b'/',
        other => other,
    });
    STANDARD_NO_PAD.decode(usual.collect::<Vec<u8>>()).map_err(|_| QueryError::NoBase64)
}

/// The value of `message` in a query, before percent-encoding.
pub fn message_to_query(message: &[u8]) -> String {
    STANDARD.encode(message)
}
