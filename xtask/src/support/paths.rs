//! Paths that more than one file of this crate needs.

use std::env;
use std::path::{Path, PathBuf};

use crate::support::mode::Mode;

/// The folder of the workspace.
pub fn root() -> PathBuf {
    // Cargo sets the variable for `cargo xtask`. A binary that is started by hand uses the path from compile time.
    let package =
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.parent().map_or(package.clone(), Path::to_path_buf)
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// The folder that the server takes its files from: on disk in dev builds, embedded in release builds.
/// It does not follow `CARGO_TARGET_DIR`, because the path is written in the server's source.
pub fn site() -> PathBuf {
    root().join("target/site")
}

/// Where the site is put together: one folder per mode, so that switching between modes rebuilds nothing.
pub fn site_staging(mode: Mode) -> PathBuf {
    root().join("target/site-build").join(mode.wasm_profile())
}

/// The browser tests and the Node packages.
pub fn end2end() -> PathBuf {
    root().join("end2end")
}

/// A program of the workspace where Cargo puts it.
pub fn program(mode: Mode, name: &str) -> PathBuf {
    target().join(mode.folder()).join(name)
}
