//! Where the app's sources are, and where what is made of them goes.

use std::path::PathBuf;

use crate::support::paths;

/// The sources of the app.
pub fn sources() -> PathBuf {
    paths::root().join("agents/android")
}

/// Everything that is made here. It does not follow `CARGO_TARGET_DIR`, as the site does not.
pub fn target() -> PathBuf {
    paths::root().join("target/android")
}
