//! Licences, sources and known vulnerabilities of the dependencies, which `cargo deny` checks by `deny.toml`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::Result;

use crate::support::process;

/// Checks that need nothing but the lock file.
const LOCAL: [&str; 3] = ["bans", "licenses", "sources"];

/// What it goes by.
const CONFIG: &str = "deny.toml";

/// The workspace, and the one that packs the Android app.
const WORKSPACES: [&str; 2] = ["Cargo.toml", "agents/android/pack/Cargo.toml"];

/// Runs `cargo deny`, or says loudly what is left out.
pub fn check() -> Result<()> {
    if process::find("cargo-deny").is_none() {
        notice("licences and advisories; `cargo install --locked cargo-deny` installs the tool for them");
        return Ok(());
    }
    for workspace in WORKSPACES {
        process::run(deny(&["--manifest-path", workspace, "--all-features", "check", "--config", CONFIG]).args(LOCAL))?;
    }
    let fetched = process::run(&mut deny(&["fetch", "db"])).is_ok();
    if !can_check_advisories(fetched, &databases()) {
        notice("advisories; their database could not be fetched, and there is no copy from an earlier run");
        return Ok(());
    }
    // What there is was fetched just now, or cannot be.
    for workspace in WORKSPACES {
        let check =
            ["--offline", "--manifest-path", workspace, "--all-features", "check", "--config", CONFIG, "advisories"];
        process::run(&mut deny(&check))?;
    }
    Ok(())
}

fn deny(arguments: &[&str]) -> Command {
    let mut cargo = process::cargo();
    // Versions that are there twice are warnings, many lines each.
    cargo.args(["deny", "--log-level", "error"]).args(arguments);
    cargo
}

/// The folder where `cargo deny` keeps databases of advisories.
fn databases() -> PathBuf {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")));
    home.unwrap_or_default().join("advisory-dbs")
}

/// Whether there is a database: just fetched, or a copy from an earlier run.
fn can_check_advisories(fetched: bool, databases: &Path) -> bool {
    // A failed attempt leaves a lock file there.
    let is_copy = |entry: fs::DirEntry| entry.path().is_dir();
    fetched || fs::read_dir(databases).is_ok_and(|entries| entries.flatten().any(is_copy))
}

/// One line that nobody overlooks.
fn notice(text: &str) {
    println!("\n    !!! NOT CHECKED: {text} !!!\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::files;

    #[test]
    fn advisories_are_checked_with_what_was_fetched_or_with_a_copy() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let (empty, full) = (folder.path().join("empty"), folder.path().join("full"));
        files::write(&empty.join("db.lock"), "")?;
        files::write(&full.join("advisory-db/crate.md"), "")?;
        assert!(can_check_advisories(true, &empty));
        assert!(can_check_advisories(false, &full));
        assert!(!can_check_advisories(false, &empty));
        assert!(!can_check_advisories(false, &folder.path().join("none")));
        Ok(())
    }
}
