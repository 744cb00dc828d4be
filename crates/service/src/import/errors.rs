//! Why a file or one of its lines cannot be imported. The messages are for the user.

use super::{FILE_MAX, LINES_MAX};
use crate::spreadsheet::{FIELDS_MAX, NotText, RECORD_MAX};
use domain::types::text::TextError;
use serde::{Deserialize, Serialize};

/// Why a file cannot be imported at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    /// No column has the email, or its heading is not known.
    #[error(
        "There is no column for the email. Its heading should be “Email”, and that of the name “Name”, or “First name” and \
         “Last name”. The first line is: {found}."
    )]
    NoEmailColumn {
        /// The first line of the file, shortened.
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
    /// More cells than headings.
    #[error("Too many columns: {found}, but the headings are {expected}.")]
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
    /// A quotation mark that swallows the lines below it.
    #[error("A quotation mark in this line is never closed. Remove it; the lines below were read without it.")]
    OpenQuote,
    /// The email is already in an earlier line.
    #[error("This email address is already in line {0}.")]
    Duplicate(usize),
}

/// What is doubtful about a line that is imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineDoubt {
    /// Its language is not understood; the person is imported without it.
    #[error("“{0}” is not understood as a language, and is left out.")]
    Language(String),
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
