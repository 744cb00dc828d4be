//! Texts with placeholders for something that is not text: a name in its own element, a placeholder of a template.

use crate::{Arg, Language};

/// Mark the name of a placeholder within a text: private-use characters, which no catalogue contains.
const OPEN: char = '\u{E000}';
const CLOSE: char = '\u{E001}';

/// A part of a text with placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text from the catalogue.
    Text(String),
    /// A placeholder, by name.
    Placeholder(String),
}

impl Language {
    /// The text of a message as texts and placeholders, in the order that the language wants. `placeholders` names the
    /// arguments that the caller fills in later; `args` are filled in here, and have to be texts of the catalogue.
    pub fn pieces(self, key: &str, placeholders: &[&str], args: &[(&str, Arg<'_>)]) -> Vec<Piece> {
        let marks: Vec<String> = placeholders.iter().map(|name| format!("{OPEN}{name}{CLOSE}")).collect();
        let marked = placeholders.iter().copied().zip(marks.iter().map(Arg::from));
        let args: Vec<_> = marked.chain(args.iter().copied()).collect();
        split(&self.text_with(key, &args))
    }
}

fn split(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (at, part) in text.split(OPEN).enumerate() {
        let (placeholder, text) = if at == 0 { (None, part) } else { placeholder_and_text(part) };
        pieces.extend(placeholder.map(|name| Piece::Placeholder(name.to_owned())));
        pieces.extend((!text.is_empty()).then(|| Piece::Text(text.to_owned())));
    }
    pieces
}

fn placeholder_and_text(part: &str) -> (Option<&str>, &str) {
    part.split_once(CLOSE).map_or((None, part), |(name, text)| (Some(name), text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_where_the_language_wants_them() {
        let text = |text: &str| Piece::Text(text.to_owned());
        let name = Piece::Placeholder("name".to_owned());
        let heading =
            |language: Language| language.pieces("follow-heading", &["name"], &[("platform", Arg::from("android"))]);
        assert_eq!(heading(Language::English), [text("Connect your phone, "), name.clone()]);
        assert_eq!(heading(Language::German), [text("Verbinden Sie Ihr Smartphone, "), name.clone()]);
        assert_eq!(heading(Language::Pseudo), [text("⟦Connect your phone, "), name, text("⟧")]);
    }
}
