//! Programs that come from the distribution's packages.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::support::process;

/// Something that a package of Debian and Ubuntu brings.
pub struct Need {
    /// What the package is for, for messages.
    pub purpose: &'static str,
    /// Names of Debian's packages.
    pub packages: &'static [&'static str],
    /// Tells whether it is there already.
    pub present: fn() -> bool,
}

/// Runs the browser tests and `wasm-opt`.
pub const NODE: Need = Need {
    purpose: "Node",
    packages: &["nodejs", "npm"],
    present: || process::find("node").is_some() && process::find("npm").is_some(),
};

const CHROMIUM: Need =
    Need { purpose: "a browser for the browser tests", packages: &["chromium"], present: || chromium().is_some() };

const QR_READER: Need = Need {
    purpose: "a QR reader that is not ours",
    packages: &["zbar-tools"],
    present: || process::find("zbarimg").is_some(),
};

const POSTGRESQL: Need = Need {
    purpose: "PostgreSQL",
    packages: &["postgresql"],
    present: || process::find("postgres").is_some() || Path::new("/usr/lib/postgresql").is_dir(),
};

/// The environment variable that asks for tests on PostgreSQL.
const WITH_POSTGRESQL: &str = "ROLLCALL_TEST_POSTGRES";

/// Installs what the tests need.
pub fn install_for_tests() -> Result<()> {
    install(&[NODE, CHROMIUM, QR_READER])?;
    if env::var_os(WITH_POSTGRESQL).is_some() {
        install(&[POSTGRESQL])?;
    }
    Ok(())
}

/// The browser of the tests: `CHROMIUM` names one, otherwise the first that is found.
pub fn chromium() -> Option<PathBuf> {
    env::var_os("CHROMIUM")
        .map(PathBuf::from)
        .or_else(|| ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(process::find))
}

/// Installs the packages of those needs that are not met.
pub fn install(needs: &[Need]) -> Result<()> {
    let missing: Vec<&Need> = needs.iter().filter(|need| !(need.present)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    for need in &missing {
        println!("    missing: {} ({})", need.purpose, need.packages.join(", "));
    }
    apt_install(&packages)?;
    match missing.iter().find(|need| !(need.present)()) {
        None => Ok(()),
        Some(need) => bail!(
            "{} is still missing after installing {}; please install it by hand",
            need.purpose,
            need.packages.join(" and ")
        ),
    }
}

/// Installs packages with apt, which removes none for them.
pub fn apt_install(packages: &[&str]) -> Result<()> {
    let by_hand = || format!("please install these, or what they are called here, by hand: {}", packages.join(" "));
    if process::find("apt-get").is_none() {
        bail!("there is no apt-get on this system; {}", by_hand());
    }
    apt_get(&["update"]).with_context(by_hand)?;
    let mut arguments = vec!["install", "-y", "--no-install-recommends", "--no-remove"];
    arguments.extend(packages);
    apt_get(&arguments).with_context(by_hand)
}

fn apt_get(arguments: &[&str]) -> Result<()> {
    let mut command = Command::new(if is_root() { "env" } else { "sudo" });
    if !is_root() {
        command.arg("env"); // sudo keeps the environment to itself
    }
    process::run(command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(arguments))
}

fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}
