//! Importing people from a table: what each line says, what would be done with it, and doing it.
//!
//! The file is read once. What was read is kept in memory, for the account that sent it and for a while, and what an
//! admin confirms is exactly that: nothing is read, or guessed, anew. It is bounded in size, in lines, in number and in
//! time; the raw file is not kept.

mod bad;
mod columns;
mod desk;
mod job;
mod lines;
mod preview;
mod run;

pub use bad::{BadLine, FileError, LineError};
pub use desk::{Import, Stage};
pub use job::{Counts, End, Failure, Job};
pub use preview::{Fate, Fates, Planned, Preview};
pub use run::ImportOptions;

pub(crate) use desk::Desk;

/// Largest file, in bytes.
pub const FILE_MAX: usize = 10 * 1024 * 1024;
/// Most lines of a file.
pub const LINES_MAX: usize = 100_000;
