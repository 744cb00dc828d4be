//! What can be wrong with a file and with a line of it, in words for the user.

use super::{FILE_MAX, LINES_MAX};
use crate::spreadsheet::{FIELDS_MAX, NotText, RECORD_MAX};
use domain::types::text::TextError;

/// Why a file is not read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Nothing was chosen, or nothing is in it.
    #[error("The file is empty.")]
    Empty,
    /// Beyond [`FILE_MAX`].
    #[error("The file is too large: {} MB at most.", FILE_MAX / 1024 / 1024)]
    TooLarge,
    /// Beyond [`LINES_MAX`].
    #[error("The file has too many lines: {LINES_MAX} at most. Split it and import the parts one after another.")]
    TooManyLines,
    /// A spreadsheet or something else that is no text.
    #[error(transparent)]
    NotText(#[from] NotText),
    /// The first line names no column that is needed.
    #[error("The first line has to name the columns. There is none for the {missing}; found: {found}.")]
    NoColumn {
        /// What is needed.
        missing: &'static str,
        /// What stands there.
        found: String,
    },
    /// There is a heading and nothing below it.
    #[error("There are no lines below the headings.")]
    NoLines,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// Bytes that are no text.
    #[error("Some characters cannot be read.")]
    Unreadable,
    /// Longer than any line with a person.
    #[error(
        "The line is too long: {RECORD_MAX} bytes and {FIELDS_MAX} columns at most. A quotation mark that is never \
         closed makes one long line of all that follow."
    )]
    TooLong,
    /// Another number of cells than the heading has.
    #[error("Another number of columns than the first line has: {found} instead of {expected}.")]
    Columns {
        /// Cells of the line.
        found: usize,
        /// Cells of the heading.
        expected: usize,
    },
    /// No name.
    #[error("The name is missing.")]
    NameMissing,
    /// No email.
    #[error("The email is missing.")]
    EmailMissing,
    /// A cell is not acceptable.
    #[error("{0}")]
    Text(TextError),
    /// Not a language.
    #[error("“{0}” is not a language tag such as en, de or cs.")]
    LocaleUnknown(String),
    /// The email stands in an earlier line.
    #[error("This email stands in line {0} already.")]
    Duplicate(usize),
}

/// A line that is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Where it begins, counted from 1.
    pub line: usize,
    /// Why.
    pub error: LineError,
    /// What stands in it, as far as it was read.
    pub cells: Vec<String>,
}
