//! The language that texts are in. In the server each request has its own; a browser has loaded the phrases of one.

#[cfg(not(feature = "ssr"))]
use crate::text;
#[cfg(not(feature = "ssr"))]
use i18n::Language;
use i18n::{Arg, Phrasebook};
#[cfg(not(feature = "ssr"))]
use std::sync::OnceLock;

#[cfg(feature = "ssr")]
pub use server::{PhrasebookFile, RequestLocale, language, phrasebook_at, phrasebook_file};

/// A phrase without arguments. Not inlined: it is called in hundreds of places that every browser loads.
#[inline(never)]
pub fn phrase(number: u16) -> &'static str {
    book().map_or("", |book| book.phrase(number))
}

/// A phrase with arguments.
#[inline(never)]
pub fn phrase_with(number: u16, args: &[Arg<'_>]) -> String {
    book().map_or_else(String::new, |book| book.phrase_with(number, args))
}

/// The phrases that this page was loaded with.
#[cfg(not(feature = "ssr"))]
static LOADED: OnceLock<Phrasebook> = OnceLock::new();

#[cfg(not(feature = "ssr"))]
fn book() -> Option<&'static Phrasebook> {
    LOADED.get()
}

/// Keeps the phrases that this page was loaded with. False when they belong to another build. Called once, before any
/// text is made.
#[cfg(not(feature = "ssr"))]
pub fn load(text: String) -> bool {
    Phrasebook::read(text.leak(), text::EDITION).is_some_and(|book| LOADED.set(book).is_ok())
}

/// See above; the server has the phrases of all languages.
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
