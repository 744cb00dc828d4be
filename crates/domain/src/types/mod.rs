//! What everything else is made of: identifiers, moments, texts that people typed, and enums with a word and a label.

pub mod ids;
pub mod search;
pub mod text;
pub mod text_enum;
pub mod timestamp;
