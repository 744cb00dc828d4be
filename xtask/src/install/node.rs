//! Node and its packages, which `end2end/package-lock.json` pins.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::packages;
use crate::support::{files, paths, process};

/// Installs Node if there is none, and the locked packages if they are not the ones installed.
pub fn install() -> Result<()> {
    packages::install(&[packages::NODE])?;
    install_locked(&paths::end2end())
}

/// Installs the packages that `package-lock.json` of a folder names, if they are not the ones installed.
pub fn install_locked(folder: &Path) -> Result<()> {
    let installed = folder.join("node_modules/.package-lock.json");
    if is_newer(&installed, &folder.join("package-lock.json")) {
        println!("    up to date");
        return Ok(());
    }
    process::run(
        Command::new("npm")
            .arg("ci")
            .current_dir(folder)
            // The browser is the distribution's.
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
    )
}

/// A program that one of the packages brings, to be run in `end2end`.
pub fn program(name: &str) -> Command {
    let folder = paths::end2end();
    // Through `node`, because not every system starts a script by its first line.
    let mut command = Command::new("node");
    command.arg(folder.join("node_modules/.bin").join(name)).current_dir(folder);
    command
}

/// The lock file: which version of every package is meant.
pub fn locked_packages() -> Result<String> {
    files::read_text(&paths::end2end().join("package-lock.json"))
}

fn is_newer(one: &Path, other: &Path) -> bool {
    let changed = |path| fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    changed(one).is_some_and(|one| changed(other).is_none_or(|other| one >= other))
}
