//! The phrases of all languages, and which of them a request is answered in.

use crate::text;
use http::{Extensions, HeaderMap, header::ACCEPT_LANGUAGE, request::Parts};
use i18n::{Language, Phrasebook, phrasebook};
use leptos::prelude::{Owner, provide_context, use_context};
use service::SignedIn;
use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::LazyLock,
};

/// The language that a request is answered in, as context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaking(pub Language);

impl Speaking {
    /// That of the request that is in the context.
    pub fn of_request() -> Self {
        let parts = use_context::<Parts>();
        parts.map_or(Self(Language::default()), |parts| Self::of(&parts.headers, &parts.extensions))
    }

    /// The account's choice, or else what the browser asks for.
    pub fn of(headers: &HeaderMap, extensions: &Extensions) -> Self {
        let chosen = extensions.get::<SignedIn>().and_then(|who| who.language);
        let asked = || Language::accepted(headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?);
        Self(chosen.or_else(asked).unwrap_or_default())
    }

    /// Runs `say` in this language, where no page is drawn.
    pub fn speak<T>(self, say: impl FnOnce() -> T) -> T {
        Owner::new().with(|| {
            provide_context(self);
            say()
        })
    }
}

/// The language that is spoken here: English where no request is answered.
pub fn language() -> Language {
    use_context::<Speaking>().map_or(Language::English, |speaking| speaking.0)
}

/// The phrases of a language, as browsers load them.
#[derive(Debug)]
pub struct WordsFile {
    /// The path, which changes with the content.
    pub path: String,
    /// The content.
    pub text: String,
}

struct Words {
    language: Language,
    file: WordsFile,
    book: Option<Phrasebook>,
}

/// A list rather than a `match` for each question: there are four.
static WORDS: LazyLock<Vec<Words>> = LazyLock::new(|| {
    const ENGLISH: &str = include_str!(concat!(env!("OUT_DIR"), "/en.phrases"));
    let pseudo: &'static str = phrasebook::pseudo(ENGLISH).leak();
    let texts = [
        (Language::English, ENGLISH),
        (Language::German, include_str!(concat!(env!("OUT_DIR"), "/de.phrases"))),
        (Language::Czech, include_str!(concat!(env!("OUT_DIR"), "/cs.phrases"))),
        (Language::Pseudo, pseudo),
    ];
    texts.into_iter().map(|(language, text)| words(language, text)).collect()
});

fn words(language: Language, text: &'static str) -> Words {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    let path = format!("/words/{}.{:016x}.txt", language.tag(), hasher.finish());
    Words { language, file: WordsFile { path, text: text.to_owned() }, book: Phrasebook::read(text, text::EDITION) }
}

pub(super) fn book(language: Language) -> Option<&'static Phrasebook> {
    WORDS.iter().find(|words| words.language == language)?.book.as_ref()
}

/// The file of a language.
pub fn words_file(language: Language) -> Option<&'static WordsFile> {
    WORDS.iter().find(|words| words.language == language).map(|words| &words.file)
}

/// The file of a path; `None` for one that is not, or no longer, what pages load.
pub fn words_at(path: &str) -> Option<&'static WordsFile> {
    WORDS.iter().map(|words| &words.file).find(|file| file.path == path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_a_phrasebook_of_this_build() {
        for language in Language::ALL.iter().chain([&Language::Pseudo]) {
            assert!(book(*language).is_some(), "{language:?}");
        }
        assert_eq!(
            words_at(&words_file(Language::German).unwrap().path)
                .unwrap()
                .text
                .lines()
                .next()
                .unwrap()
                .split(' ')
                .next(),
            Some("de")
        );
        assert!(words_at("/words/de.txt").is_none());
    }
}
