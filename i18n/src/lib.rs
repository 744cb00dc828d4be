//! The words that people read, in each language of Rollcall, and how a language is chosen.
//!
//! The words stand in `locales/<language>/*.ftl`, in the format of Project Fluent, which translators' tools know. English
//! is the catalogue that the others are measured against: a test fails when one of them lacks a message, has one too
//! many, or speaks of something that the English message is not told.
//!
//! A language is added with a folder of three files, a variant of [`Language`], and a line in `source.rs`.

mod catalogue;
mod language;
mod negotiate;
mod piece;
mod source;

#[cfg(test)]
mod tests;

pub use catalogue::Arg;
pub use language::Language;
pub use piece::Piece;
