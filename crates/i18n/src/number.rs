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

    /// A whole number as it is written in the language, with a mark after every three digits, as in CLDR: `12,345`.
    pub fn grouped(self, number: u64) -> String {
        let mark = match self {
            Self::English | Self::Pseudo => ',',
            Self::German => '.',
            Self::Czech => '\u{a0}',
        };
        let digits = number.to_string();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                out.push(mark);
            }
            out.push(digit);
        }
        out
    }
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
        let english = [0, 999, 1_239, 123_456, 1_234_567].map(|number| Language::English.grouped(number));
        assert_eq!(english, ["0", "999", "1,239", "123,456", "1,234,567"]);
        assert_eq!(Language::German.grouped(1_239), "1.239");
        assert_eq!(Language::Czech.grouped(1_239), "1\u{a0}239");
    }
}
