//! Numbers and plural forms.

use crate::Language;

/// The plural form of a word after a number: those CLDR categories that the supported languages use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plural {
    /// One.
    One,
    /// Two to four, in Czech.
    Few,
    /// Any other number.
    Other,
}

impl Language {
    /// The plural form for a whole number.
    pub const fn plural(self, number: u64) -> Plural {
        match (self, number) {
            (_, 1) => Plural::One,
            (Self::Czech, 2..=4) => Plural::Few,
            _ => Plural::Other,
        }
    }

    /// The decimal mark.
    pub const fn decimal_mark(self) -> char {
        match self {
            Self::English | Self::Pseudo => '.',
            Self::German | Self::Czech => ',',
        }
    }
}

/// Formats as `12 345`, with a narrow no-break space: correct in every supported language (ISO 80000-1).
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) && digits.len() > 4 {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
    use unic_langid::LanguageIdentifier;

    #[test]
    fn plural_forms_are_those_of_cldr() {
        for language in Language::ALL {
            let tag: LanguageIdentifier = language.tag().parse().unwrap();
            let rules = PluralRules::create(tag, PluralRuleType::CARDINAL).unwrap();
            for number in (0..1_000).chain([1_000_000, 1_000_001, u64::from(u32::MAX)]) {
                let expected = match rules.select(number).unwrap() {
                    PluralCategory::ONE => Plural::One,
                    PluralCategory::FEW => Plural::Few,
                    PluralCategory::OTHER => Plural::Other,
                    unknown => panic!("{language:?} has {unknown:?}"),
                };
                assert_eq!(language.plural(number), expected, "{language:?} {number}");
            }
        }
    }

    #[test]
    fn long_numbers_are_grouped() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(1234), "1234");
        assert_eq!(grouped(12_345), "12\u{202f}345");
        assert_eq!(grouped(123_456), "123\u{202f}456");
        assert_eq!(grouped(1_234_567), "1\u{202f}234\u{202f}567");
    }
}
