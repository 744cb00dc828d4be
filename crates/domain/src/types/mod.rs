//! Value types that everything else uses: identifiers, timestamps, validated texts, search texts, and enums with a word
//! and a label.

pub mod hearing;
pub mod ids;
pub mod search;
pub mod text;
pub mod text_enum;
pub mod timestamp;
