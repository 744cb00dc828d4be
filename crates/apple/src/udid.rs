//! The identifier of a phone.

use plist::Dictionary;

use crate::xml::Fields;

/// The longest UDID in bytes. Those of phones have 25 or 40 characters.
pub const MAX_UDID: usize = 64;

/// The unique identifier of a phone (`UDID` in Apple's schema). It stays the same for ever, so it does not show in logs.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Udid(String);

impl Udid {
    /// Takes a text of letters, digits and hyphens, of [`MAX_UDID`] characters at most.
    pub fn parse(text: &str) -> Option<Self> {
        let possible = |c: u8| c.is_ascii_alphanumeric() || c == b'-';
        let fits = !text.is_empty() && text.len() <= MAX_UDID && text.bytes().all(possible);
        fits.then(|| Self(text.to_owned()))
    }

    /// Reads the field of that name.
    pub(crate) fn read(message: &Dictionary) -> Option<Self> {
        Fields::new(message).take("UDID", |value| value.as_string().and_then(Self::parse))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Udid {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Udid(…)")
    }
}
