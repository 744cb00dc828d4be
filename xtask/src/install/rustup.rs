//! What rustup adds to the compiler in use.

use std::process::Command;

use anyhow::{Result, bail};

use super::consent;
use crate::support::{paths, process};

/// Runs `rustup <kind> add <name>` for the compiler of this workspace. `purpose` says what it is needed for.
pub fn add(kind: &str, name: &str, purpose: &str) -> Result<()> {
    if process::find("rustup").is_none() {
        bail!("there is no rustup on this system");
    }
    let command = format!("rustup {kind} add {name}");
    consent::obtain(&[format!("{purpose} ({kind} {name} of rustup)")], &[command])?;
    process::run(Command::new("rustup").args([kind, "add", name]).current_dir(paths::root()))
}
