//! The credentials of an invitation: a token in a URL (also as a QR code), and a PIN that is valid only together with
//! the person's email.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Random bytes in a token: 160 bits, above the 128 that the design requires, and a whole number of base32 groups.
pub const TOKEN_BYTES: usize = 20;
/// Digits of a PIN.
pub const PIN_DIGITS: usize = 8;

/// RFC 4648 base32 in lower case: easy to read aloud and to type, and safe from mail clients that change case.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
const TOKEN_CHARS: usize = TOKEN_BYTES * 8 / 5;

/// The secret of an enrollment URL. `Debug` hides it, so that it cannot reach a log by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct EnrollmentToken(String);

impl EnrollmentToken {
    /// Encodes random bytes as a token.
    pub fn from_bytes(bytes: [u8; TOKEN_BYTES]) -> Self {
        let mut text = String::with_capacity(TOKEN_CHARS);
        // Five bits make a character; the 160 bits of a token leave no rest, so there is no padding.
        let (mut buffer, mut bits) = (0u32, 0u32);
        for byte in bytes {
            buffer = (buffer << 8) | u32::from(byte);
            bits += 8;
            while bits >= 5 {
                bits -= 5;
                text.push(char::from(ALPHABET[((buffer >> bits) & 31) as usize]));
            }
        }
        Self(text)
    }

    /// Parses a token as a person might type it, or a mail program might cut it out of a text: what follows the token
    /// after a character that is neither letter nor digit, such as the full stop of a sentence, does not count. `None`
    /// when it is malformed.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
        let valid = text.len() == TOKEN_CHARS && text.bytes().all(|b| ALPHABET.contains(&b));
        valid.then_some(Self(text))
    }

    /// The token in plain text, for the URL.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The enrollment URL below `public_url` (with or without a trailing slash).
    pub fn url(&self, public_url: &str) -> String {
        format!("{}/e/{}", public_url.trim_end_matches('/'), self.0)
    }
}

impl fmt::Debug for EnrollmentToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EnrollmentToken(…)")
    }
}

/// A number of [`PIN_DIGITS`] digits. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(String);

impl Pin {
    /// A PIN from a random number. `None` when the number is above the last whole multiple of 10^8, where the remainder
    /// would favour some PINs: draw again (rejection sampling).
    pub fn from_random(number: u64) -> Option<Self> {
        const COUNT: u64 = 10u64.pow(8);
        (number < u64::MAX - u64::MAX % COUNT).then(|| Self(format!("{:08}", number % COUNT)))
    }

    /// Parses a PIN as a person might type it: spaces and hyphens are ignored.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{a0}')).collect();
        let valid = digits.len() == PIN_DIGITS && digits.bytes().all(|b| b.is_ascii_digit());
        valid.then_some(Self(digits))
    }

    /// The digits in plain text.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// `1234 5678`, for reading aloud.
    pub fn grouped(&self) -> String {
        let (head, tail) = self.0.split_at(PIN_DIGITS / 2);
        format!("{head} {tail}")
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(…)")
    }
}

/// The credentials of one invitation, in plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// Secret of the enrollment URL.
    pub token: EnrollmentToken,
    /// Number that is valid together with the person's email.
    pub pin: Pin,
}

/// The credentials of one invitation as an admin may see them; the browser draws the QR code from `url`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CredentialsView {
    /// Enrollment URL; the QR code contains exactly this text.
    pub url: String,
    /// PIN in two groups: `1234 5678`.
    pub pin: String,
    /// The email that the PIN is valid with.
    pub email: String,
    /// What the setup wizard of a new Android phone of the organisation scans, as JSON; `None` when the server has no app or
    /// no HTTPS.
    pub provisioning: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_token_is_parsed_in_upper_case_and_with_white_space(bytes: [u8; TOKEN_BYTES]) {
            let token = EnrollmentToken::from_bytes(bytes);
            prop_assert_eq!(token.expose().len(), TOKEN_CHARS);
            let typed = format!(" {} ", token.expose().to_uppercase());
            prop_assert_eq!(EnrollmentToken::parse(&typed), Some(token));
        }

        #[test]
        fn different_bytes_give_different_tokens(a: [u8; TOKEN_BYTES], b: [u8; TOKEN_BYTES]) {
            prop_assert_eq!(a == b, EnrollmentToken::from_bytes(a) == EnrollmentToken::from_bytes(b));
        }

        #[test]
        fn a_pin_is_parsed_in_groups(number: u64) {
            if let Some(pin) = Pin::from_random(number) {
                prop_assert_eq!(Pin::parse(&pin.grouped()), Some(pin));
            }
        }

        #[test]
        fn any_text_is_parsed_without_panic(text in "\\PC{0,60}") {
            let _ = EnrollmentToken::parse(&text);
            let _ = Pin::parse(&text);
        }
    }

    #[test]
    fn debug_output_hides_secrets() {
        let credentials = Credentials {
            token: EnrollmentToken::from_bytes([7; TOKEN_BYTES]),
            pin: Pin::from_random(12_345_678).unwrap(),
        };
        let shown = format!("{credentials:?}");
        assert_eq!(shown, "Credentials { token: EnrollmentToken(…), pin: Pin(…) }");
    }

    /// The test vectors of RFC 4648, section 10, repeated to the length of a token.
    #[test]
    fn a_token_is_base32() {
        let of = |text: &str| EnrollmentToken::from_bytes(text.repeat(4).as_bytes().try_into().unwrap()).0;
        assert_eq!(of("fooba"), "mzxw6ytb".repeat(4));
    }

    #[test]
    fn a_token_with_a_wrong_character_or_length_is_none() {
        let right = "mzxw6ytb".repeat(4);
        assert!(EnrollmentToken::parse(&right).is_some());
        for wrong in [right.replace('6', "1"), right[1..].to_owned(), format!("{right}a"), String::new()] {
            assert_eq!(EnrollmentToken::parse(&wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_pin_is_eight_digits_of_the_number_and_none_is_more_likely_than_another() {
        let pin = |number| Pin::from_random(number).map(|pin| pin.expose().to_owned());
        assert_eq!(pin(7).as_deref(), Some("00000007"));
        assert_eq!(pin(3_100_000_042).as_deref(), Some("00000042"));
        // 184,467,440,737 times all PINs fit below 2^64; what is above would favour those up to 09551614.
        assert_eq!(pin(18_446_744_073_699_999_999).as_deref(), Some("99999999"));
        assert_eq!(pin(18_446_744_073_700_000_000), None);
        assert_eq!(pin(u64::MAX), None);
    }

    #[test]
    fn a_pin_is_typed_and_read_in_two_groups_of_four() {
        let pin = Pin::parse("1234\u{a0}56-78").unwrap();
        assert_eq!((pin.expose(), pin.grouped().as_str()), ("12345678", "1234 5678"));
        for wrong in ["1234567", "123456789", "1234567x", "1234567\u{0661}", ""] {
            assert_eq!(Pin::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_url_is_below_the_public_url() {
        let token = EnrollmentToken::from_bytes([0; TOKEN_BYTES]);
        assert_eq!(token.url("https://mdm.example.com/"), format!("https://mdm.example.com/e/{}", "a".repeat(32)));
    }
}
