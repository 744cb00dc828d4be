//! The program of an earlier version, which the test of an upgrade starts beside this one.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::support::mode::Mode;
use crate::support::{files, paths, process};

/// The commit of the earlier version: the latest release, once there is one. Migrations have come since.
const COMMIT: &str = "928574fcd9e39f3c0d58a54ffb07b5a2b9a402b7";

/// The program, if it was compiled before.
pub fn found() -> Option<PathBuf> {
    Some(kept()).filter(|program| program.is_file())
}

/// The program, which is compiled unless it was before. `None`, and a line that says so, if this folder does not know the commit:
/// a clone without history, or no clone.
pub fn program() -> Result<Option<PathBuf>> {
    if let Some(program) = found() {
        return Ok(Some(program));
    }
    if !is_known() {
        println!("The history of this folder does not have {COMMIT}: the upgrade from that version is not tested.");
        return Ok(None);
    }
    let folder = paths::target().join("earlier");
    let (source, archive) = (folder.join("source"), folder.join("source.tar"));
    files::empty_folder(&source)?;
    process::run(git().args(["archive", "--format", "tar", "--output"]).args([archive.as_os_str(), COMMIT.as_ref()]))?;
    process::run(Command::new("tar").arg("-xf").arg(&archive).arg("-C").arg(&source))?;
    let manifest = source.join("Cargo.toml");
    files::write(&manifest, renumbered(&files::read_text(&manifest)?)?)?;
    // In this target folder, where dependencies that both have are compiled once. What is built next puts its own program
    // in the place of this one.
    let mut cargo = process::cargo();
    cargo.args(["build", "--package", "server", "--bin", "rollcall", "--manifest-path"]).arg(&manifest);
    process::run(cargo.env("CARGO_TARGET_DIR", paths::target()))?;
    // Under its name only once it is complete.
    let copy = folder.join("copy");
    fs::copy(paths::program(Mode::Dev, "rollcall"), &copy).context("could not copy the earlier program")?;
    fs::rename(&copy, kept()).context("could not name the earlier program")?;
    fs::remove_dir_all(&source).context("could not remove the earlier sources")?;
    fs::remove_file(&archive).context("could not remove the earlier sources")?;
    Ok(Some(kept()))
}

/// The workspace with a version of its own. Cargo knows crates by their names, versions, and places *within* a workspace: without
/// this it takes crates of one workspace for those of the other.
fn renumbered(manifest: &str) -> Result<String> {
    let (before, rest) = manifest.split_once("\nversion = \"").context("the earlier workspace has no version")?;
    let (_, after) = rest.split_once('"').context("the earlier workspace has no version")?;
    Ok(format!("{before}\nversion = \"0.0.0-earlier\"{after}"))
}

fn kept() -> PathBuf {
    paths::target().join("earlier").join(format!("rollcall-{COMMIT}"))
}

fn is_known() -> bool {
    let commit = format!("{COMMIT}^{{commit}}");
    git().args(["rev-parse", "--quiet", "--verify", &commit]).output().is_ok_and(|output| output.status.success())
}

fn git() -> Command {
    let mut git = Command::new("git");
    git.current_dir(paths::root());
    git
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_version_of_the_workspace_is_another_one() {
        let manifest =
            "[workspace.package]\nedition = \"2024\"\nversion = \"0.1.0\"\n\n[dependencies]\nversion = \"1\"\n";
        assert_eq!(renumbered(manifest).unwrap(), manifest.replace("0.1.0", "0.0.0-earlier"));
        assert!(renumbered("[workspace]\nmembers = []\n").is_err());
    }
}
