//! Texts around things that are no text: a name in its own element, a placeholder of a template.

use crate::{Arg, Language};

/// Begins and ends the name of a slot within a text: characters for private use, which no catalogue holds.
const OPEN: char = '\u{E000}';
const CLOSE: char = '\u{E001}';

/// A part of a text with slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words of the catalogue.
    Text(String),
    /// The place of a slot, by its name.
    Slot(String),
}

impl Language {
    /// The text of a message as words and places, in the order of the language. `slots` are names of what the message
    /// is told and the caller puts in; `args` are told to the message as they are, and are the catalogue's own words.
    pub fn pieces(self, key: &str, slots: &[&str], args: &[(&str, Arg<'_>)]) -> Vec<Piece> {
        let marks: Vec<String> = slots.iter().map(|name| format!("{OPEN}{name}{CLOSE}")).collect();
        let marked = slots.iter().copied().zip(marks.iter().map(Arg::from));
        let told: Vec<_> = marked.chain(args.iter().copied()).collect();
        split(&self.text_with(key, &told))
    }
}

fn split(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (at, part) in text.split(OPEN).enumerate() {
        let (slot, words) = if at == 0 { (None, part) } else { slot_and_words(part) };
        pieces.extend(slot.map(|slot| Piece::Slot(slot.to_owned())));
        pieces.extend((!words.is_empty()).then(|| Piece::Text(words.to_owned())));
    }
    pieces
}

fn slot_and_words(part: &str) -> (Option<&str>, &str) {
    part.split_once(CLOSE).map_or((None, part), |(slot, words)| (Some(slot), words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_stand_where_the_language_wants_them() {
        let text = |text: &str| Piece::Text(text.to_owned());
        let name = Piece::Slot("name".to_owned());
        let told =
            |language: Language| language.pieces("follow-heading", &["name"], &[("platform", Arg::from("android"))]);
        assert_eq!(told(Language::English), [text("Connect your phone, "), name.clone()]);
        assert_eq!(told(Language::German), [text("Verbinden Sie Ihr Smartphone, "), name.clone()]);
        assert_eq!(told(Language::Pseudo), [text("⟦Connect your phone, "), name, text("⟧")]);
    }
}
