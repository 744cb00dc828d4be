//! The dexer translates Java's class files into the form that phones run.
//!
//! Debian 11 is the last that has one, `dx`. It is downloaded from the mirror that this system uses, without touching the
//! system's packages. `dx` reads Java 8, and translates lambdas into something that no phone can run: the check of the
//! app looks for that.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::places;
use crate::support::digest;
use crate::support::files;
use crate::support::process::{self, Missing};

/// The variable that names a jar of `dx`.
const CHOICE: &str = "ROLLCALL_DX";
/// Where Debian 11 puts `dx`.
const INSTALLED: &str = "/usr/share/java/com.android.dx.jar";
/// The package of Debian 11, the file in it, and the SHA-256 of that file.
const PACKAGE: &str = "dalvik-exchange";
const JAR: &str = "usr/share/java/com.android.dx-10.0.0.jar";
const SHA256: &str = "33fa9ae74e3fec5472170bde4e69e96d1fa46408ea4e4c3b657d255ab9199ee5";
/// The name of Debian 11.
const RELEASE: &str = "bullseye";

/// The oldest Android that the app runs on.
pub const MIN_API: &str = "26";

/// A dexer that was found.
#[derive(Debug, PartialEq, Eq)]
pub enum Dexer {
    /// A jar of `dx`.
    Dx(PathBuf),
    /// The program `d8` of an installed SDK.
    D8(PathBuf),
}

impl Dexer {
    /// The first of: the jar that `ROLLCALL_DX` names, `d8` of the SDK in `ANDROID_HOME`, the system's `dx`, and the
    /// one that is downloaded.
    pub fn ensure() -> Result<Self> {
        if let Some(jar) = env::var_os(CHOICE).map(PathBuf::from) {
            ensure!(jar.is_file(), "{CHOICE} names {}, which is not a file", jar.display());
            return Ok(Self::Dx(jar));
        }
        if let Some(d8) = env::var_os("ANDROID_HOME").and_then(|home| newest_d8(Path::new(&home))) {
            return Ok(Self::D8(d8));
        }
        if Path::new(INSTALLED).exists() {
            return Ok(Self::Dx(PathBuf::from(INSTALLED)));
        }
        let jar = places::target().join("dx").join(JAR);
        if !jar.exists() {
            download().map_err(|error| Missing::new(advice(&error)))?;
        }
        check(&files::read(&jar)?)?;
        Ok(Self::Dx(jar))
    }

    /// Translates the classes below `classes` into `folder/classes.dex`.
    pub fn run(&self, classes: &Path, folder: &Path) -> Result<PathBuf> {
        files::empty_folder(folder)?;
        let dex = folder.join("classes.dex");
        match self {
            Self::Dx(jar) => process::run(
                Command::new("java")
                    .arg("-cp")
                    .arg(jar)
                    .args(["com.android.dx.command.Main", "--dex"])
                    .arg(format!("--min-sdk-version={MIN_API}"))
                    .arg(format!("--output={}", dex.display()))
                    .arg(classes),
            )?,
            Self::D8(d8) => {
                let files = files::list(classes)?;
                let mut command = Command::new(d8);
                command.args(["--release", "--min-api", MIN_API, "--output"]).arg(folder);
                process::run(command.args(files.iter().map(|file| classes.join(file))))?;
            }
        }
        Ok(dex)
    }
}

/// `d8` of the newest build tools of an SDK.
fn newest_d8(home: &Path) -> Option<PathBuf> {
    let found = files::list(&home.join("build-tools")).ok()?;
    let programs = found.into_iter().filter(|path| path.components().count() == 2 && path.ends_with("d8"));
    let version = |path: &PathBuf| -> Vec<u32> {
        let folder = path.iter().next().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        folder.split('.').map(|part| part.parse().unwrap_or(0)).collect()
    };
    programs.max_by_key(version).map(|path| home.join("build-tools").join(path))
}

/// Refuses a jar that is not the one that was tried.
fn check(jar: &[u8]) -> Result<()> {
    let hash = digest::sha256(jar);
    ensure!(hash == SHA256, "the downloaded dx has the SHA-256 {hash} instead of {SHA256}; remove target/android/dx");
    Ok(())
}

/// What to do without a dexer.
fn advice(error: &anyhow::Error) -> String {
    format!(
        "there is no dexer: {error:#}. Install the package {PACKAGE} of Debian 11, or name a jar of dx in {CHOICE} (Maven \
         Central has com.jakewharton.android.repackaged:dalvik-dx:16.0.1), or an SDK in ANDROID_HOME"
    )
}

/// Downloads the package with apt, in a root of its own, and unpacks it.
fn download() -> Result<()> {
    ensure!(process::find("apt-get").is_some(), "there is no apt-get here");
    let root = places::target().join("apt");
    let targets = ["indextargets", "--format", "$(ORIGIN) $(COMPONENT) $(REPO_URI)"];
    let targets = process::output(Command::new("apt-get").args(targets))?;
    let mirror = mirror(&targets)?;
    files::empty_folder(&root)?;
    for folder in ["etc/apt.conf.d", "etc/preferences.d", "state/lists/partial", "cache/archives/partial"] {
        files::make_folder(&root.join(folder))?;
    }
    files::write(&root.join("state/status"), "")?;
    files::write(
        &root.join("etc/sources.list"),
        format!("deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] {mirror} {RELEASE} main\n"),
    )?;
    let folder = |name: &str| root.join(name).display().to_string();
    let (etc, state, cache, status) = (folder("etc"), folder("state"), folder("cache"), folder("state/status"));
    files::write(
        &root.join("apt.conf"),
        format!(
            "Dir::Etc \"{etc}\";\nDir::State \"{state}\";\nDir::State::status \"{status}\";\nDir::Cache \"{cache}\";\n\
             APT::Sandbox::User \"\";\nAcquire::Languages \"none\";\n"
        ),
    )?;
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(arguments).env("APT_CONFIG", root.join("apt.conf")).current_dir(&root);
        process::run(&mut command)
    };
    apt(&["-q", "update"])?;
    apt(&["-q", "download", PACKAGE])?;
    let package = files::list(&root)?.into_iter().find(|file| file.extension().is_some_and(|kind| kind == "deb"));
    let package = root.join(package.context("apt downloaded nothing")?);
    process::run(Command::new("dpkg-deb").arg("-x").arg(package).arg(places::target().join("dx")))
}

/// The mirror of Debian that this system uses, from lines of origin, component and address.
fn mirror(targets: &str) -> Result<&str> {
    let of_debian = |line: &&str| line.starts_with("Debian main ") && !line.contains("security");
    let line = targets.lines().find(of_debian).context("this system uses no mirror of Debian")?;
    line.rsplit(' ').next().context("a line without words")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mirror_is_the_one_that_the_system_uses() -> Result<()> {
        let targets = "Other main http://other.example/\nDebian main http://mirror.example/debian-security/\n\
                       Debian contrib http://c.example/\nDebian main http://mirror.example/debian/\n";
        assert_eq!(mirror(targets)?, "http://mirror.example/debian/");
        assert!(mirror("Ubuntu main http://mirror.example/ubuntu/\n").is_err());
        Ok(())
    }

    #[test]
    fn the_newest_build_tools_are_taken_by_number() -> Result<()> {
        let home = tempfile::tempdir()?;
        for version in ["9.0.0", "35.0.1", "35.0.0"] {
            files::write(&home.path().join("build-tools").join(version).join("d8"), "")?;
        }
        files::write(&home.path().join("build-tools/40.0.0/lib/d8"), "")?;
        assert_eq!(newest_d8(home.path()), Some(home.path().join("build-tools/35.0.1/d8")));
        assert_eq!(newest_d8(&home.path().join("none")), None);
        Ok(())
    }

    #[test]
    fn a_jar_that_nobody_tried_is_refused() {
        assert!(check(b"another jar").is_err());
    }
}
