//! The texts that people read, in every language, and how a language is chosen.
//!
//! The texts are in `locales/<language>/*.ftl`, in the format of Project Fluent, which translation tools support. English
//! is the reference: a test fails if another language lacks a message, has an extra one, or uses an argument that the
//! English message does not have.
//!
//! Fluent itself reads the texts of emails and of the landing page, in the server. The texts of the console, in
//! `locales/<language>/console`, are compiled into a [`Phrasebook`] when `app` is built. A browser needs very little code
//! to read one.
//!
//! To add a language, add a folder of files, a variant of [`Language`], its plural forms, and a line in `source.rs`.

mod arg;
#[cfg(feature = "fluent")]
mod catalogue;
#[cfg(feature = "compiler")]
pub mod compiler;
mod language;
mod negotiate;
mod number;
pub mod phrasebook;
#[cfg(feature = "fluent")]
mod piece;
#[cfg(feature = "fluent")]
mod source;

#[cfg(test)]
#[cfg(feature = "fluent")]
mod tests;

pub use arg::Arg;
pub use language::Language;
pub use number::Plural;
pub use phrasebook::Phrasebook;
#[cfg(feature = "fluent")]
pub use piece::Piece;
