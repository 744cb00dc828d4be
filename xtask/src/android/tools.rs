//! Programs and libraries that the app is built with.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::places;
use crate::install::packages::{self, Need};
use crate::support::process::{self, Missing};
use crate::support::{files, paths};

/// The library for JSON that every phone has.
pub const JSON: &str = "/usr/share/java/com.android.json.jar";

const JAVA: Need = Need {
    purpose: "a Java compiler, 17 or newer",
    packages: &["default-jdk-headless"],
    present: || process::find("javac").is_some() && process::find("java").is_some(),
};

const JSON_LIBRARY: Need = Need {
    purpose: "Android's library for JSON",
    packages: &["libandroid-json-java"],
    present: || Path::new(JSON).exists(),
};

/// Makes keys and certificates.
pub const OPENSSL: Need =
    Need { purpose: "OpenSSL, to make a key", packages: &["openssl"], present: || process::find("openssl").is_some() };

/// Installs what compiling Java needs.
pub fn ensure() -> Result<()> {
    install(&[JAVA, JSON_LIBRARY])
}

/// Installs what is missing; the error says that nothing can be built without it.
pub fn install(needs: &[Need]) -> Result<()> {
    packages::install(needs).map_err(|error| Missing::new(format!("{error:#}")).into())
}

/// Compiles Java 8, the version that the dexer reads. `sources` are folders or files.
pub fn javac(name: &str, sources: &[&Path], class_path: &[&Path]) -> Result<()> {
    let mut list = String::new();
    for source in sources {
        let below = if source.is_dir() { files::list(source)? } else { vec![Path::new("").to_path_buf()] };
        for file in below.iter().map(|file| if source.is_dir() { source.join(file) } else { source.to_path_buf() }) {
            if file.extension().is_some_and(|extension| extension == "java") {
                writeln!(list, "\"{}\"", file.display())?;
            }
        }
    }
    let folder = places::target();
    let classes = folder.join(name);
    files::empty_folder(&classes)?;
    let arguments = folder.join(format!("{name}.files"));
    files::write(&arguments, list)?;
    process::run(
        Command::new("javac")
            .args(["--release", "8", "-encoding", "UTF-8", "-Xlint:all,-options,-serial", "-Werror", "-g:lines,source"])
            .arg("-cp")
            .arg(joined(class_path))
            .arg("-d")
            .arg(&classes)
            .arg(format!("@{}", arguments.display()))
            .current_dir(paths::root()),
    )
}

/// A class path.
pub fn joined(class_path: &[&Path]) -> String {
    class_path.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(":")
}
