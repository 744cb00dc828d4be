//! Why a file or one of its lines cannot be imported. The messages are for the user.

use super::{FILE_MAX, LINES_MAX};
use crate::spreadsheet::{FIELDS_MAX, NotText, RECORD_MAX};
use domain::types::text::TextError;

/// Why a file cannot be imported at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// No file was chosen, or it is empty.
    #[error("The file is empty.")]
    Empty,
    /// Larger than [`FILE_MAX`].
    #[error("The file is too large: at most {} MB.", FILE_MAX / 1024 / 1024)]
    TooLarge,
    /// More lines than [`LINES_MAX`].
    #[error("The file has too many lines: at most {LINES_MAX}. Split it and import the parts one after another.")]
    TooManyLines,
    /// A spreadsheet or another binary file.
    #[error(transparent)]
    NotText(#[from] NotText),
    /// A required column is missing.
    #[error("The first line must name the columns. It has no column for the {missing}; found: {found}.")]
    NoColumn {
        /// The field that needs the column.
        missing: &'static str,
        /// The headings in the file, shortened.
        found: String,
    },
    /// There are only headings.
    #[error("There are no lines below the headings.")]
    NoLines,
}

/// Why a line cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// Bytes that are not text.
    #[error("Some characters cannot be read.")]
    Unreadable,
    /// Longer than a line with a person can reasonably be.
    #[error(
        "The line is too long: at most {RECORD_MAX} bytes and {FIELDS_MAX} columns. A quotation mark that is never \
         closed turns everything after it into one long line."
    )]
    TooLong,
    /// Not as many cells as headings.
    #[error("Wrong number of columns: {found}, but the first line has {expected}.")]
    Columns {
        /// Cells in the line.
        found: usize,
        /// Headings.
        expected: usize,
    },
    /// The name is empty.
    #[error("The name is missing.")]
    NameMissing,
    /// The email is empty.
    #[error("The email is missing.")]
    EmailMissing,
    /// Name, email or language is invalid.
    #[error("{0}")]
    Text(TextError),
    /// Not a language tag.
    #[error("“{0}” is not a language tag such as en, de or cs.")]
    LocaleUnknown(String),
    /// The email is already in an earlier line.
    #[error("This email address is already in line {0}.")]
    Duplicate(usize),
}

/// A line that is not imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Line number in the file, from 1.
    pub line: usize,
    /// Why.
    pub error: LineError,
    /// Its cells, as far as they were read.
    pub cells: Vec<String>,
}
