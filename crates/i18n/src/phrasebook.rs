//! The console's texts in a compact format: a phrase has a number, and its text is ready to show once its arguments are
//! filled in. The [`compiler`](crate::compiler) makes phrasebooks from the `.ftl` files. A browser loads the phrases of
//! one language, and this module.
//!
//! The first line of a phrasebook is the language tag and the edition. Then follows one line per phrase. It is either a
//! text in which [`PARAM`] and a digit mark an argument, or [`FORMS`], the digit of a number, and a text for each plural
//! form, introduced by [`FORM`] and a letter.

use crate::{Arg, Language, Plural};

/// Precedes the digit of an argument.
pub const PARAM: char = '\u{1}';
/// Starts a phrase with plural forms.
pub const FORMS: char = '\u{2}';
/// Starts a plural form.
pub const FORM: char = '\u{3}';

/// The letter of a plural form.
pub const fn letter(plural: Plural) -> char {
    match plural {
        Plural::One => '1',
        Plural::Few => 'f',
        Plural::Other => '*',
    }
}

/// The phrases of a language.
#[derive(Clone, Debug)]
pub struct Phrasebook {
    language: Language,
    phrases: Vec<&'static str>,
}

impl Phrasebook {
    /// Reads the text of a phrasebook. `None` if it is not a phrasebook, or one of another edition, in which phrases have
    /// other numbers.
    pub fn read(text: &'static str, edition: &str) -> Option<Self> {
        let mut lines = text.split('\n');
        let (tag, found_edition) = lines.next()?.split_once(' ')?;
        let language = Language::of_tag(tag).filter(|_| found_edition == edition)?;
        Some(Self { language, phrases: lines.collect() })
    }

    /// The language of the phrases.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// A phrase without arguments. An unknown number returns an empty text.
    pub fn phrase(&self, number: u16) -> &'static str {
        self.phrases.get(usize::from(number)).copied().unwrap_or_default()
    }

    /// A phrase with arguments.
    pub fn phrase_with(&self, number: u16, args: &[Arg<'_>]) -> String {
        let phrase = self.phrase(number);
        let text = match phrase.strip_prefix(FORMS) {
            Some(forms) => self.form(forms, args),
            None => phrase,
        };
        let mut parts = text.split(PARAM);
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (arg, text) = argument(part, args);
            match arg {
                Some(Arg::Text(text)) => out.push_str(text),
                Some(Arg::Number(number)) => out.push_str(&self.language.grouped(number)),
                None => {}
            }
            out.push_str(text);
        }
        out
    }

    /// The plural form for the number, or else the last one, which fits every number.
    fn form(&self, forms: &'static str, args: &[Arg<'_>]) -> &'static str {
        let (arg, forms) = argument(forms, args);
        let plural = if let Some(Arg::Number(number)) = arg { self.language.plural(number) } else { Plural::Other };
        let mut last = "";
        for form in forms.split(FORM) {
            match form.strip_prefix(letter(plural)) {
                Some(text) => return text,
                None => last = form.get(1..).unwrap_or_default(),
            }
        }
        last
    }
}

/// The argument that the leading digit refers to, and the text after the digit.
fn argument<'a, 't>(text: &'t str, args: &[Arg<'a>]) -> (Option<Arg<'a>>, &'t str) {
    let mut rest = text.chars();
    let digit = rest.next().and_then(|digit| digit.to_digit(10));
    (digit.and_then(|digit| args.get(digit as usize)).copied(), rest.as_str())
}

/// Puts brackets around each text of the English phrasebook: see [`Language::Pseudo`].
pub fn pseudo(english: &str) -> String {
    let (_, phrases) = english.split_once('\n').unwrap_or_default();
    let edition = english.lines().next().and_then(|line| line.split_once(' ')).map_or("", |(_, edition)| edition);
    let phrases = phrases.split('\n').map(|phrase| match phrase.strip_prefix(FORMS) {
        None => format!("\n⟦{phrase}⟧"),
        Some(forms) => {
            let mut forms = forms.split(FORM);
            let number = forms.next().unwrap_or_default();
            let forms = forms.map(|form| match form.split_at_checked(1) {
                Some((letter, text)) => format!("{FORM}{letter}⟦{text}⟧"),
                None => String::new(),
            });
            format!("\n{FORMS}{number}{}", forms.collect::<String>())
        }
    });
    format!("{} {edition}{}", Language::Pseudo.tag(), phrases.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CZECH: &str =
        "cs 7\nZrušit\n\u{2}0\u{3}1\u{1}0 řádek\u{3}f\u{1}0 řádky\u{3}*\u{1}0 řádků\nKomu: \u{1}1, \u{1}0";

    #[test]
    fn arguments_are_filled_in() {
        let book = Phrasebook::read(CZECH, "7").unwrap();
        assert_eq!(book.language(), Language::Czech);
        assert_eq!(book.phrase(0), "Zrušit");
        assert_eq!(book.phrase_with(1, &[Arg::Number(1)]), "1 řádek");
        assert_eq!(book.phrase_with(1, &[Arg::Number(3)]), "3 řádky");
        assert_eq!(book.phrase_with(1, &[Arg::Number(12_000)]), "12\u{a0}000 řádků");
        assert_eq!(book.phrase_with(2, &["a".into(), "\u{1}0".into()]), "Komu: \u{1}0, a");
    }

    #[test]
    fn another_edition_is_not_read() {
        assert!(Phrasebook::read(CZECH, "8").is_none());
        assert!(Phrasebook::read("<html>502</html>", "7").is_none());
        assert!(Phrasebook::read("", "").is_none());
    }

    #[test]
    fn the_pseudo_language_has_brackets_around_each_form() {
        let text: &'static str = pseudo("en 7\nCancel\n\u{2}0\u{3}1\u{1}0 row\u{3}*\u{1}0 rows").leak();
        let book = Phrasebook::read(text, "7").unwrap();
        assert_eq!(book.phrase(0), "⟦Cancel⟧");
        assert_eq!(book.phrase_with(1, &[Arg::Number(1)]), "⟦1 row⟧");
        assert_eq!(book.phrase_with(1, &[Arg::Number(0)]), "⟦0 rows⟧");
    }

    proptest! {
        #[test]
        fn no_loaded_text_causes_a_panic(text in "(cs 7)?[\n\u{1}-\u{3}0-3a*ř]{0,60}", number: u16, count: u64) {
            let text: &'static str = text.leak();
            if let Some(book) = Phrasebook::read(text, "7") {
                let _ = (book.phrase(number), book.phrase_with(number % 4, &[count.into(), "x".into()]));
            }
            let _ = pseudo(text);
        }
    }
}
