//! Importing people from a file: its lines, the preview of what importing them would do, and the progress of an import.
//! The use cases that preview, confirm and run an import are in `people`.
//!
//! The file is stored from its upload to some time after its end, so that every server shows it and a restart loses nothing;
//! what was read of it is kept in memory by the server that read it. Exactly the file that was previewed is imported when an
//! admin confirms. Size, lines and time are bounded.

mod columns;
mod errors;
mod headings;
mod job;
mod languages;
pub(crate) mod lines;
pub(crate) mod preview;
mod preview_cache;
mod running;
pub(crate) mod stored;
mod view;

pub use errors::{BadLine, FileError, LineDoubt, LineError};
pub use job::{Counts, Failure, ImportEnd, ImportOptions, Job};
pub use preview::{PlanCounts, PlannedRow, Preview, RowPlan};
pub use view::{Import, ImportStage};

pub(crate) use preview_cache::PreviewCache;
pub(crate) use running::RunningImport;

/// Largest file, in bytes.
pub const FILE_MAX: usize = 10 * 1024 * 1024;
/// Most lines of a file.
pub const LINES_MAX: usize = 100_000;
