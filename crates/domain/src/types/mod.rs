//! Value types that everything else uses: identifiers, timestamps, validated texts, search texts, forms of Unicode,
//! enums with a word and a label; and how what devices say is read.

pub mod hearing;
pub mod ids;
pub mod keyed_hash;
pub(crate) mod lenient;
pub mod search;
pub mod text;
pub mod text_enum;
pub mod timestamp;
pub mod unicode;
