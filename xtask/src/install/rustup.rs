//! What rustup adds to the compiler in use.

use std::process::Command;

use anyhow::{Result, bail};

use super::consent;
use crate::support::{paths, process};

/// Adds a compilation target to the compiler of this workspace. `purpose` says what it is needed for.
pub fn add_target(name: &str, purpose: &str) -> Result<()> {
    if process::find("rustup").is_none() {
        bail!("there is no rustup on this system");
    }
    let command = format!("rustup target add {name}");
    consent::obtain(&[format!("{purpose} (target {name} of rustup)")], &[command])?;
    process::run(Command::new("rustup").args(["target", "add", name]).current_dir(paths::root()))
}
