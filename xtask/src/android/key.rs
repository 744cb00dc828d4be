//! Keys that the app is signed with: a private key and its certificate in one PEM file.

use std::env;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::{places, tools};
use crate::support::files;
use crate::support::process;

/// The variable that names the file with the publisher's key.
const CHOICE: &str = "ROLLCALL_ANDROID_KEY";

/// Days for which the certificate is valid: 30 years. Android looks at the key, not at the date, but stores do.
const DAYS: &str = "10950";

/// The key to sign with.
pub struct Key {
    /// The PEM file.
    pub file: PathBuf,
    /// Whether it was made here, for trying out.
    pub throw_away: bool,
}

impl Key {
    /// Whether the publisher's key is set.
    pub fn is_chosen() -> bool {
        env::var_os(CHOICE).is_some_and(|file| !file.is_empty())
    }

    /// The publisher's key, or a throw-away one, which stays the same until target/android is removed.
    pub fn ensure() -> Result<Self> {
        if let Some(file) = env::var_os(CHOICE).filter(|file| !file.is_empty()).map(PathBuf::from) {
            ensure!(file.is_file(), "{CHOICE} names {}, which is not a file", file.display());
            return Ok(Self { file, throw_away: false });
        }
        let file = places::target().join("key-debug.pem");
        if !file.exists() {
            make(&file, "Rollcall, for trying out")?;
        }
        Ok(Self { file, throw_away: true })
    }
}

/// `cargo xtask android key`.
pub fn run(file: &Path) -> Result<()> {
    make(file, "Rollcall")?;
    println!("\nMade {}.", file.display());
    println!("Keep it, and a copy in another place, for as long as the app is in use: phones take an update");
    println!("only if it is signed with the same key. To build with it, set {CHOICE}={}", file.display());
    Ok(())
}

/// Makes a key. Signatures of RSA are the same each time, so that the same input makes the same app.
fn make(file: &Path, name: &str) -> Result<()> {
    tools::install(&[tools::OPENSSL])?;
    let pem = process::output(Command::new("openssl").args([
        "req",
        "-x509",
        "-newkey",
        "rsa:3072",
        "-noenc",
        "-days",
        DAYS,
        "-subj",
        &format!("/CN={name}"),
        "-keyout",
        "-",
    ]))?;
    if let Some(folder) = file.parent() {
        files::make_folder(folder)?;
    }
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
    let mut made = made.with_context(|| format!("could not make {}", file.display()))?;
    made.write_all(pem.as_bytes()).and_then(|()| made.write_all(b"\n")).context("could not write the key")
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_key_is_for_its_owner_alone_and_never_overwritten() -> Result<()> {
        if process::find("openssl").is_none() {
            return Ok(());
        }
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("new/key.pem");
        make(&file, "Test")?;
        let pem = files::read_text(&file)?;
        assert!(pem.contains("BEGIN PRIVATE KEY") && pem.contains("BEGIN CERTIFICATE"));
        assert_eq!(fs::metadata(&file)?.permissions().mode() & 0o777, 0o600);
        assert!(make(&file, "Test").is_err());
        assert_eq!(files::read_text(&file)?, pem);
        Ok(())
    }
}
