//! Importing people from a file: what each line contains, what importing it would do, and how far an import is. The use
//! cases that read, confirm and run an import are in `people`.
//!
//! The file is read once. Its content is kept in memory, for the account that uploaded it and for a limited time, and
//! exactly that content is imported when an admin confirms: nothing is read or guessed again. It is bounded in size,
//! lines, number and time; the raw file is not kept.

mod columns;
mod errors;
mod job;
pub(crate) mod lines;
pub(crate) mod preview;
mod previews;

pub use errors::{BadLine, FileError, LineError};
pub use job::{Counts, End, Failure, ImportOptions, Job};
pub use preview::{PlanCounts, PlannedRow, Preview, RowPlan};
pub use previews::{Import, Stage};

pub(crate) use previews::ImportPreviews;

/// Largest file, in bytes.
pub const FILE_MAX: usize = 10 * 1024 * 1024;
/// Most lines of a file.
pub const LINES_MAX: usize = 100_000;
