//! The language of whoever reads. In the server it is a part of each request; a browser has loaded one language's
//! phrases.

use crate::text;
#[cfg(not(feature = "ssr"))]
use i18n::Language;
use i18n::{Arg, Phrasebook};
#[cfg(not(feature = "ssr"))]
use std::sync::OnceLock;

#[cfg(feature = "ssr")]
pub use server::{Speaking, WordsFile, language, words_at, words_file};

/// A phrase that is told nothing. Not inlined: it is called in hundreds of places that every browser loads.
#[inline(never)]
pub fn phrase(number: u16) -> &'static str {
    book().map_or("", |book| book.phrase(number))
}

/// A phrase with arguments.
#[inline(never)]
pub fn phrase_with(number: u16, args: &[Arg<'_>]) -> String {
    book().map_or_else(String::new, |book| book.phrase_with(number, args))
}

/// What is shown when nothing on the page works any more: a sentence, and the link that helps.
pub fn crash_words() -> (&'static str, &'static str) {
    (text::broke(), text::reload())
}

/// The phrases that this page was loaded with.
#[cfg(not(feature = "ssr"))]
static LOADED: OnceLock<Phrasebook> = OnceLock::new();

#[cfg(not(feature = "ssr"))]
fn book() -> Option<&'static Phrasebook> {
    LOADED.get()
}

/// Takes the phrases that this page was loaded with; false when they are not those of this build. Called once, before
/// anything is said.
#[cfg(not(feature = "ssr"))]
pub fn load(text: String) -> bool {
    Phrasebook::read(text.leak(), text::EDITION).is_some_and(|book| LOADED.set(book).is_ok())
}

/// See above; the server has all of them.
#[cfg(feature = "ssr")]
pub fn load(_: String) -> bool {
    true
}

/// The language of the phrases.
#[cfg(not(feature = "ssr"))]
pub fn language() -> Language {
    book().map_or(Language::English, Phrasebook::language)
}

#[cfg(feature = "ssr")]
fn book() -> Option<&'static Phrasebook> {
    server::book(language())
}

#[cfg(feature = "ssr")]
mod server;
