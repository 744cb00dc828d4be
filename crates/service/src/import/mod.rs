//! Importing people from a file: its lines, the preview of what importing them would do, and the progress of an import.
//! The use cases that preview, confirm and run an import are in `people`.
//!
//! The file is parsed once. The parsed lines are kept in memory, for the account that uploaded it and for a limited
//! time, and exactly these lines are imported when an admin confirms. Size, lines, number and time are bounded; the raw
//! file is not kept.

mod columns;
mod errors;
mod headings;
mod job;
mod languages;
pub(crate) mod lines;
pub(crate) mod preview;
mod previews;

pub use errors::{BadLine, FileError, LineDoubt, LineError};
pub use job::{Counts, Failure, ImportEnd, ImportOptions, Job};
pub use preview::{PlanCounts, PlannedRow, Preview, RowPlan};
pub use previews::{Import, ImportStage};

pub(crate) use previews::ImportPreviews;

/// Largest file, in bytes.
pub const FILE_MAX: usize = 10 * 1024 * 1024;
/// Most lines of a file.
pub const LINES_MAX: usize = 100_000;
