//! What every task needs: paths, files, other programs, progress.

pub mod files;
pub mod mode;
pub mod paths;
pub mod process;
pub mod steps;
