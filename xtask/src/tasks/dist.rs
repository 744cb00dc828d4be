//! `cargo xtask dist`: the program as it is handed out, with checksums.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::build;
use crate::android::dist as android;
use crate::site::frontend;
use crate::support::mode::Mode;
use crate::support::steps::Steps;
use crate::support::{digest, files, paths, process};

/// The file with the checksums, as `sha256sum -c` reads it.
const CHECKSUMS: &str = "SHA256SUMS";

/// Makes `target/dist/rollcall`, the same file named after its target, the Android app if there is a key to sign it with,
/// and `SHA256SUMS`.
pub fn run() -> Result<()> {
    let mut steps = Steps::new(frontend::step_count(Mode::Release) + android::step_count() + 2);
    let app = android::hand_over(&mut steps)?;
    build::server_with_site(Mode::Release, &mut steps)?;
    let folder = paths::root().join("target/dist");
    let program = paths::program(Mode::Release, "rollcall");
    steps.run("Copy and checksums", || hand_out(&program, app.as_deref(), &folder))?;
    steps.print_summary();
    println!();
    for file in files::list(&folder)? {
        let bytes = fs::metadata(folder.join(&file))?.len();
        println!("{:>12} bytes  {}", bytes, folder.join(file).display());
    }
    Ok(())
}

/// Fills `folder` with the program, the app and the checksums.
fn hand_out(program: &Path, app: Option<&Path>, folder: &Path) -> Result<()> {
    files::empty_folder(folder)?;
    let named = format!("rollcall-{}", host()?);
    for name in ["rollcall", &named] {
        fs::copy(program, folder.join(name)).with_context(|| format!("could not copy {}", program.display()))?;
    }
    if let Some(app) = app {
        fs::copy(app, folder.join("rollcall.apk")).with_context(|| format!("could not copy {}", app.display()))?;
    }
    files::write(&folder.join(CHECKSUMS), checksums(folder)?)
}

/// The target that the compiler builds for by default.
fn host() -> Result<String> {
    let described = process::output(Command::new("rustc").arg("-vV").current_dir(paths::root()))?;
    let host = described.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc does not report its target")
}

/// A line with the SHA-256 and the name of each file of a folder.
fn checksums(folder: &Path) -> Result<String> {
    let mut lines = String::new();
    for file in files::list(folder)? {
        writeln!(lines, "{}  {}", digest::sha256(&files::read(&folder.join(&file))?), file.display())?;
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_sha256sum() -> Result<()> {
        let folder = tempfile::tempdir()?;
        files::write(&folder.path().join("rollcall"), "abc")?;
        files::write(&folder.path().join("empty"), "")?;
        assert_eq!(
            checksums(folder.path())?,
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  empty\n\
             ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  rollcall\n"
        );
        Ok(())
    }

    #[test]
    fn sha256sum_accepts_what_is_handed_out_and_nothing_else() -> Result<()> {
        if process::find("sha256sum").is_none() {
            return Ok(());
        }
        let folder = tempfile::tempdir()?;
        let (program, app) = (folder.path().join("program"), folder.path().join("app"));
        let dist = folder.path().join("dist");
        files::write(&program, "program")?;
        files::write(&app, "app")?;
        hand_out(&program, Some(&app), &dist)?;
        let check = || process::output(Command::new("sha256sum").args(["-c", CHECKSUMS]).current_dir(&dist));

        assert_eq!(check()?.lines().filter(|line| line.ends_with(": OK")).count(), 3);
        files::write(&dist.join("rollcall"), "another program")?;
        assert!(check().is_err());
        Ok(())
    }
}
