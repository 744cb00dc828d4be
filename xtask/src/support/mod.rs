//! What every task needs: paths, files, other programs, progress.

pub mod apple;
pub mod digest;
pub mod files;
pub mod http;
pub mod mode;
pub mod paths;
pub mod postgres;
pub mod process;
pub mod server;
pub mod steps;
