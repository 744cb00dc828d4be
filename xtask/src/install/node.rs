//! Node and its packages, which `end2end/package-lock.json` pins.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::packages;
use crate::support::{files, paths, process};

/// Installs Node if there is none, and the locked packages unless they are installed already.
pub fn install() -> Result<()> {
    packages::install(&[packages::NODE])?;
    install_locked(&paths::end2end())
}

/// Installs the packages in a folder's `package-lock.json` unless they are installed already.
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
            // The tests use the distribution's browser.
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
    )
}

/// A program from one of the packages, to be run in `end2end`.
pub fn program(name: &str) -> Command {
    let folder = paths::end2end();
    // Through `node`, because not every system starts a script by its first line.
    let mut command = Command::new("node");
    command.arg(folder.join("node_modules/.bin").join(name)).current_dir(folder);
    command
}

/// The content of the lock file, which names the version of every package.
pub fn locked_packages() -> Result<String> {
    files::read_text(&paths::end2end().join("package-lock.json"))
}

fn is_newer(one: &Path, other: &Path) -> bool {
    let changed = |path| fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    changed(one).is_some_and(|one| changed(other).is_none_or(|other| one >= other))
}
