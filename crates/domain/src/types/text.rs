//! Text that people and devices send: validated once when it arrives, harmless everywhere after.

use super::unicode::{composed, is_hidden, readable_domain};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Longest name of a person, in characters.
pub const NAME_MAX: usize = 200;
/// Longest text that a device reports about itself, in characters.
pub const DEVICE_TEXT_MAX: usize = 200;

/// Why a text was refused; the message is for the user.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextError {
    /// Nothing visible.
    #[error("Enter a name.")]
    NameEmpty,
    /// More than [`NAME_MAX`] characters.
    #[error("The name is too long: at most {NAME_MAX} characters.")]
    NameTooLong,
    /// Control characters, or marks that reorder the text around them.
    #[error("The name contains invisible control characters. Type it again rather than pasting it.")]
    NameControlCharacters,
    /// Not an address that mail could be sent to.
    #[error("This is not an email address. It should look like name@example.com.")]
    EmailInvalid,
    /// An address with characters that nobody sees.
    #[error("The email address contains invisible characters. Type it again rather than pasting it.")]
    EmailHiddenCharacters,
    /// Not a language tag.
    #[error("This is not a language tag such as en or de-AT.")]
    LocaleInvalid,
}

/// Characters that reorder or break the text around them: controls, and the explicit directional embeddings, overrides
/// and isolates of Unicode's bidirectional algorithm (UAX #9). The plain marks LRM, RLM and ALM stay: names need them.
fn is_disruptive(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}

/// The visible part of a text, as a reader can type it: without invisible characters, and with one space for any run of
/// white space.
pub fn visible(text: &str) -> String {
    let is_seen = |c: &char| !is_hidden(*c) && (c.is_whitespace() || !is_disruptive(*c));
    let seen: String = text.chars().filter(is_seen).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text in the composed form, without white space and the invisible characters that pasting leaves at its ends.
fn trimmed(text: &str) -> String {
    let is_blank = |c: char| c.is_whitespace() || matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}');
    composed(text.trim_matches(is_blank))
}

/// A person's name: 1 to [`NAME_MAX`] characters, no controls. Markup is allowed; every view escapes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);

impl PersonName {
    /// Trims and checks a name.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let text = trimmed(text);
        if visible(&text).is_empty() {
            return Err(TextError::NameEmpty);
        }
        if text.chars().count() > NAME_MAX {
            return Err(TextError::NameTooLong);
        }
        if text.chars().any(is_disruptive) {
            return Err(TextError::NameControlCharacters);
        }
        Ok(Self(text))
    }

    /// A name to begin with when only the address is known: `ada.lovelace@example.com` becomes Ada Lovelace.
    pub fn of_email(email: &EmailAddress) -> Self {
        let local = email.as_str().split('@').next().unwrap_or_default();
        let words = local.split(['.', '_', '-', '+']).filter(|word| !word.is_empty());
        let words: Vec<String> = words.map(capitalised).collect();
        Self(if words.is_empty() { local.to_owned() } else { words.join(" ") })
    }

    /// A name that was checked when it was stored, perhaps by the rules of an older version.
    pub const fn stored(text: String) -> Self {
        Self(text)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// An email address in lower case, composed, and with its domain in readable form, so that one mailbox is one person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Trims, checks (RFC 5321 with a domain that has a dot or is `localhost`) and lower-cases an address.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let text = trimmed(text);
        if text.chars().any(is_hidden) {
            return Err(TextError::EmailHiddenCharacters);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(TextError::EmailInvalid)?;
        let domain = readable_domain(domain).ok_or(TextError::EmailInvalid)?;
        let address = composed(&format!("{}@{domain}", local.to_lowercase()));
        let options = email_address::Options::default().without_display_text().without_domain_literal();
        email_address::EmailAddress::parse_with_options(&address, options).map_err(|_| TextError::EmailInvalid)?;
        // Stricter than RFC 5321: no bare host but localhost, no quoted local part, no controls.
        let reachable = domain == "localhost" || (domain.contains('.') && !domain.ends_with('.'));
        if !reachable || address.contains('"') || address.chars().any(|c| is_disruptive(c) || c.is_whitespace()) {
            return Err(TextError::EmailInvalid);
        }
        Ok(Self(address))
    }

    /// An address that was checked when it was stored, perhaps by the rules of an older version.
    pub const fn stored(text: String) -> Self {
        Self(text)
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A language tag (BCP 47 in its simplest form: letters, digits and hyphens).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Locale(String);

impl Locale {
    /// Checks a language tag of 2 to 35 characters.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let text = text.trim();
        let fits = (2..=35).contains(&text.len());
        let letters = text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if fits && letters { Ok(Self(text.to_owned())) } else { Err(TextError::LocaleInvalid) }
    }

    /// The tag as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Locale {
    fn default() -> Self {
        Self("en".to_owned())
    }
}

macro_rules! text_conversions {
    ($name:ident) => {
        impl FromStr for $name {
            type Err = TextError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = TextError;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_conversions!(PersonName);
text_conversions!(EmailAddress);
text_conversions!(Locale);

/// Cleans a text that a device reports about itself. A device is never refused for an odd model name: controls are
/// dropped and the text is cut at [`DEVICE_TEXT_MAX`] characters.
pub fn clean_device_text(text: &str) -> String {
    clean_text(text, DEVICE_TEXT_MAX)
}

/// Drops disruptive characters, composes the text and cuts it at `max` characters.
pub fn clean_text(text: &str, max: usize) -> String {
    let kept: String = text.chars().filter(|c| !is_disruptive(*c)).collect();
    composed(&kept).chars().take(max).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_of_ten_kilobytes_is_too_long() {
        assert_eq!(PersonName::parse(&"x".repeat(10_000)), Err(TextError::NameTooLong));
    }

    #[test]
    fn a_name_may_be_as_long_as_the_limit() {
        let longest = "é".repeat(NAME_MAX);
        assert_eq!(PersonName::parse(&longest).unwrap().as_str(), longest);
        assert_eq!(PersonName::parse(&format!("{longest}é")), Err(TextError::NameTooLong));
    }

    #[test]
    fn an_address_with_a_space_of_any_script_is_refused() {
        for space in [' ', '\u{a0}', '\u{3000}', '\u{2028}', '\t'] {
            assert_eq!(
                EmailAddress::parse(&format!("a{space}da@example.com")),
                Err(TextError::EmailInvalid),
                "{space:?}"
            );
        }
    }

    #[test]
    fn a_language_tag_is_letters_digits_and_hyphens_and_begins_with_a_letter() {
        let longest = format!("de{}", "-latn".repeat(7)).get(..35).unwrap().to_owned();
        for tag in ["cs", "de-AT", "sr-Latn-RS", "es-419", &longest] {
            assert_eq!(Locale::parse(&format!(" {tag} ")).unwrap().as_str(), tag);
        }
        for tag in ["", "d", "1de", "-de", "de_AT", "dé", "d e", &format!("{longest}x")] {
            assert_eq!(Locale::parse(tag), Err(TextError::LocaleInvalid), "{tag:?}");
        }
        assert_eq!(Locale::default().as_str(), "en");
    }

    #[test]
    fn a_name_with_markup_is_kept_as_it_is() {
        let name = "</title><script>alert(1)</script>";
        assert_eq!(PersonName::parse(name).unwrap().as_str(), name);
    }

    #[test]
    fn a_name_that_reorders_the_text_around_it_is_refused() {
        assert_eq!(PersonName::parse("abc\u{202E}gpj.exe"), Err(TextError::NameControlCharacters));
        assert!(PersonName::parse("\u{200F}שלום").is_ok());
    }

    #[test]
    fn addresses_are_checked_and_lower_cased() {
        assert_eq!(EmailAddress::parse(" Ada@Example.COM ").unwrap().as_str(), "ada@example.com");
        for bad in [
            "",
            "ada",
            "ada@",
            "@example.com",
            "ada@example",
            "a b@example.com",
            "Ada <ada@example.com>",
            "a@b.c\r\nBcc: x@y.z",
            "\"a b\"@example.com",
            "ada@[127.0.0.1]",
        ] {
            assert_eq!(EmailAddress::parse(bad), Err(TextError::EmailInvalid), "{bad:?}");
        }
    }

    #[test]
    fn a_name_of_nothing_visible_is_refused() {
        for nothing in ["", " ", "\u{3164}", "\u{2800}", "\u{200B}", "\u{AD}", "\u{2060}\u{E0041}", "\u{200F} \u{FFA0}"]
        {
            assert_eq!(PersonName::parse(nothing), Err(TextError::NameEmpty), "{nothing:?}");
        }
    }

    #[test]
    fn one_name_and_one_mailbox_have_one_form() {
        assert_eq!(PersonName::parse("Zoe\u{308}\u{200B}").unwrap().as_str(), "Zoë");
        for twin in [
            "ada@bücher.example",
            "Ada@xn--bcher-kva.example",
            "ada@BU\u{308}CHER.example",
            "\u{200B}ada@bücher.example ",
        ] {
            assert_eq!(EmailAddress::parse(twin).unwrap().as_str(), "ada@bücher.example", "{twin:?}");
        }
        assert_eq!(EmailAddress::parse("ad\u{200B}a@example.com"), Err(TextError::EmailHiddenCharacters));
    }

    #[test]
    fn a_name_can_be_made_of_an_address() {
        let name = |email: &str| PersonName::of_email(&EmailAddress::parse(email).unwrap()).to_string();
        assert_eq!(name("ada.m-lovelace@example.com"), "Ada M Lovelace");
        assert_eq!(name("_@example.com"), "_");
    }

    #[test]
    fn the_visible_part_of_a_name_has_no_invisible_characters() {
        assert_eq!(visible("\u{200F}Pixel\u{A0} 8\u{200B}\u{202E}"), "Pixel 8");
        assert_eq!(visible("\u{200F} \u{2060}\u{AD}"), "");
        assert_eq!(visible(&visible("a\t b\nc")), "a b c");
    }

    proptest! {
        #[test]
        fn cleaned_text_is_harmless(text in ".{0,400}") {
            let clean = clean_device_text(&text);
            prop_assert!(clean.chars().count() <= DEVICE_TEXT_MAX);
            prop_assert!(!clean.chars().any(is_disruptive));
        }
    }
}
