//! The words that people read, in each language of Rollcall, and how a language is chosen.
//!
//! The words stand in `locales/<language>/*.ftl`, in the format of Project Fluent, which translators' tools know. English
//! is the catalogue that the others are measured against: a test fails when one of them lacks a message, has one too
//! many, or speaks of something that the English message is not told.
//!
//! The words of mails and of the landing page are read by Fluent itself, in the server. Those of the console, in
//! `locales/<language>/console`, are made into a [`Phrasebook`] when `app` is built, which a browser reads with next to
//! no code.
//!
//! A language is added with a folder of files, a variant of [`Language`], its plural forms, and a line in `source.rs`.

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
pub use number::{Plural, grouped};
pub use phrasebook::Phrasebook;
#[cfg(feature = "fluent")]
pub use piece::Piece;
