//! The phrases of all languages, and the language that a request is answered in.

use crate::text;
use http::{Extensions, HeaderMap, header::ACCEPT_LANGUAGE, request::Parts};
use i18n::{Language, Phrasebook, phrasebook};
use leptos::prelude::{Owner, provide_context, use_context};
use service::SignedIn;
use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::LazyLock,
};

/// The language that a request is answered in. It is a context of the pages and server functions of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestLocale(pub Language);

impl RequestLocale {
    /// That of the request in the context.
    pub fn of_request() -> Self {
        let parts = use_context::<Parts>();
        parts.map_or(Self(Language::default()), |parts| Self::of(&parts.headers, &parts.extensions))
    }

    /// The language that the account chose, or else the first one that the browser accepts.
    pub fn of(headers: &HeaderMap, extensions: &Extensions) -> Self {
        let of_account = extensions.get::<SignedIn>().and_then(|who| who.language);
        let of_browser = || Language::accepted(headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?);
        Self(of_account.or_else(of_browser).unwrap_or_default())
    }

    /// Calls `make_text` with this language, where no page is rendered.
    pub fn with<T>(self, make_text: impl FnOnce() -> T) -> T {
        Owner::new().with(|| {
            provide_context(self);
            make_text()
        })
    }
}

/// The language of the current request; English where there is none.
pub fn language() -> Language {
    use_context::<RequestLocale>().map_or(Language::English, |locale| locale.0)
}

/// The phrases of a language, as browsers load them.
#[derive(Debug)]
pub struct PhrasebookFile {
    /// The path, which changes with the content.
    pub path: String,
    /// The content.
    pub text: String,
}

/// A language with its phrases.
struct Entry {
    language: Language,
    file: PhrasebookFile,
    book: Option<Phrasebook>,
}

/// A list is enough: there are four.
static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    const ENGLISH: &str = include_str!(concat!(env!("OUT_DIR"), "/en.phrases"));
    let pseudo: &'static str = phrasebook::pseudo(ENGLISH).leak();
    let texts = [
        (Language::English, ENGLISH),
        (Language::German, include_str!(concat!(env!("OUT_DIR"), "/de.phrases"))),
        (Language::Czech, include_str!(concat!(env!("OUT_DIR"), "/cs.phrases"))),
        (Language::Pseudo, pseudo),
    ];
    texts.into_iter().map(|(language, text)| entry(language, text)).collect()
});

fn entry(language: Language, text: &'static str) -> Entry {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    let path = format!("/words/{}.{:016x}.txt", language.tag(), hasher.finish());
    let file = PhrasebookFile { path, text: text.to_owned() };
    Entry { language, file, book: Phrasebook::read(text, text::EDITION) }
}

fn entry_of(language: Language) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.language == language)
}

pub(super) fn book(language: Language) -> Option<&'static Phrasebook> {
    entry_of(language)?.book.as_ref()
}

/// The file of a language.
pub fn phrasebook_file(language: Language) -> Option<&'static PhrasebookFile> {
    entry_of(language).map(|entry| &entry.file)
}

/// The file at a path; `None` when pages do not load it, or no longer.
pub fn phrasebook_at(path: &str) -> Option<&'static PhrasebookFile> {
    ENTRIES.iter().map(|entry| &entry.file).find(|file| file.path == path)
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
            phrasebook_at(&phrasebook_file(Language::German).unwrap().path)
                .unwrap()
                .text
                .lines()
                .next()
                .unwrap()
                .split(' ')
                .next(),
            Some("de")
        );
        assert!(phrasebook_at("/words/de.txt").is_none());
    }
}
