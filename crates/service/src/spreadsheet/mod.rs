//! Reading and writing CSV (RFC 4180) as spreadsheets do.

mod cell;
mod decode;
mod read;
mod write;

pub(crate) use cell::unescape_formula;
pub(crate) use decode::{Decoded, decode, is_unreadable};
pub use decode::{FileEncoding, NotText};
pub(crate) use read::{FIELDS_MAX, HEADING_LINES, RECORD_MAX, Record, Records};
pub(crate) use write::Sheet;
