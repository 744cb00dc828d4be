//! Forms of Unicode: the one in which texts are kept, so that equal texts are equal bytes, and the bare one in which they
//! are searched.
//!
//! The browser leaves texts as they are: the tables would take a third of its code, and the server reads everything again.

/// A text in the composed form (NFC, UAX #15), in which it is kept and compared: macOS and some keyboards write `é` as two
/// characters.
pub fn composed(text: &str) -> String {
    tables::composed(text)
}

/// The domain of an address in its readable form (UTS #46): `xn--bcher-kva.example` and `BÜCHER.example` both become
/// `bücher.example`. `None` when it is no domain that could be written as ASCII.
pub(crate) fn readable_domain(domain: &str) -> Option<String> {
    tables::readable_domain(domain)
}

/// A text as it is searched: in lower case, without accents, and with one spelling for letters and signs that differ in
/// nothing but their form. `Müller` and `MULLER` become `muller`, `Straße` becomes `strasse`.
pub fn bare(text: &str) -> String {
    tables::bare(text)
}

/// Whether a character shows nothing and takes no part in the text: Unicode's *default ignorable* characters, and the
/// blank of Braille, which looks like a space and is none.
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}')
        || matches!(c, '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
        || matches!(c, '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
        || matches!(c, '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}')
        || matches!(c, '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(not(target_arch = "wasm32"))]
mod tables {
    use unicode_normalization::UnicodeNormalization as _;

    pub(super) fn composed(text: &str) -> String {
        text.nfc().collect()
    }

    pub(super) fn readable_domain(domain: &str) -> Option<String> {
        let (readable, checked) = idna::domain_to_unicode(domain);
        checked.ok()?;
        // What cannot be written as ASCII cannot be written to.
        idna::domain_to_ascii(&readable).ok()?;
        Some(readable)
    }

    pub(super) fn bare(text: &str) -> String {
        let mut spelled = String::with_capacity(text.len());
        for c in text.nfkd().flat_map(char::to_lowercase) {
            match plain_letters(c) {
                Some(letters) => spelled.push_str(letters),
                None if is_accent(c) => {}
                None => spelled.push(c),
            }
        }
        // Composed again: syllables of Hangul and voiced kana were taken apart as well.
        spelled.nfc().collect()
    }

    /// Letters that are typed as others where the keyboard lacks them, and that Unicode does not take apart.
    fn plain_letters(c: char) -> Option<&'static str> {
        Some(match c {
            'ß' => "ss",
            'æ' => "ae",
            'œ' => "oe",
            'þ' => "th",
            'ø' => "o",
            'đ' | 'ð' => "d",
            'ł' => "l",
            'ħ' => "h",
            'ŧ' => "t",
            'ı' => "i",
            // The sigma at the end of a word.
            'ς' => "σ",
            '‘' | '’' | 'ʼ' | '`' | '´' => "'",
            '‐' | '‑' | '–' | '—' | '−' => "-",
            _ => return None,
        })
    }

    /// Marks that are left out where the keyboard lacks them: accents, and the points of Hebrew and Arabic. Vowel signs of
    /// other scripts are no accents.
    fn is_accent(c: char) -> bool {
        matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{FE20}'..='\u{FE2F}')
            || matches!(
                c,
                '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C4}' | '\u{5C5}' | '\u{5C7}'
            )
            || matches!(c, '\u{64B}'..='\u{65F}' | '\u{670}')
    }
}

#[cfg(target_arch = "wasm32")]
use without_tables as tables;

#[cfg(target_arch = "wasm32")]
mod without_tables {
    pub(super) fn composed(text: &str) -> String {
        text.to_owned()
    }

    #[expect(clippy::unnecessary_wraps, reason = "the server's tables refuse some domains")]
    pub(super) fn readable_domain(domain: &str) -> Option<String> {
        Some(domain.to_lowercase())
    }

    pub(super) fn bare(text: &str) -> String {
        text.to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accents_and_forms_of_letters_do_not_count_in_a_search() {
        for (text, searched) in [
            ("Müller", "muller"),
            ("Mu\u{308}ller", "muller"),
            ("Novák, ŠÁRKA", "novak, sarka"),
            ("Straße", "strasse"),
            ("Ægir Œuvre Þóra", "aegir oeuvre thora"),
            ("Đorđe Ħal Ŧ", "dorde hal t"),
            ("Anne‑Marie – O’Neill", "anne-marie - o'neill"),
            ("Νίκος", "νικοσ"),
            ("STRAẞE", "strasse"),
            ("Łukasz Sørensen", "lukasz sorensen"),
            ("İstanbul ılık", "istanbul ilik"),
            ("Андрей Ёлкин", "андреи елкин"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευσ"),
            ("O’Neil", "o'neil"),
            ("Ａｄａ\u{A0}Berg", "ada berg"),
            ("田中 がく 김", "田中 がく 김"),
            ("नेहा", "नेहा"),
            ("\u{5E9}\u{5B8}\u{5C1}\u{5DC}\u{5D5}\u{5B9}\u{5DD}", "\u{5E9}\u{5DC}\u{5D5}\u{5DD}"),
            ("\u{645}\u{64F}\u{62D}\u{64E}\u{645}\u{651}\u{62F}", "\u{645}\u{62D}\u{645}\u{62F}"),
        ] {
            assert_eq!(bare(text), searched, "{text}");
        }
    }

    #[test]
    fn a_domain_has_one_readable_form() {
        for domain in ["bücher.example", "BÜCHER.Example", "xn--bcher-kva.example", "bu\u{308}cher。example"] {
            assert_eq!(readable_domain(domain).as_deref(), Some("bücher.example"), "{domain}");
        }
        assert_eq!(readable_domain("mail.example.com").as_deref(), Some("mail.example.com"));
        assert_eq!(readable_domain("xn--a.example"), None);
    }

    proptest! {
        #[test]
        fn what_was_brought_into_a_form_is_in_that_form(text in "\\PC{0,60}") {
            prop_assert_eq!(composed(&composed(&text)), composed(&text));
            prop_assert_eq!(bare(&bare(&text)), bare(&text));
            prop_assert_eq!(bare(&composed(&text)), bare(&text));
        }

        #[test]
        fn a_readable_domain_stays_as_it_is(text in "[a-zäöüßšč0-9.-]{1,30}") {
            if let Some(readable) = readable_domain(&text) {
                prop_assert_eq!(readable_domain(&readable), Some(readable.clone()));
            }
        }
    }
}
