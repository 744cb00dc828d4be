//! Programs that come from the distribution's packages.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::consent;
use crate::support::{postgres, process};

/// Something that comes in packages of Debian and Ubuntu.
pub struct Need {
    /// What the package is for, for messages.
    pub purpose: &'static str,
    /// Names of Debian's packages.
    pub packages: &'static [&'static str],
    /// Whether it is there already.
    pub present: fn() -> bool,
}

/// Node runs the browser tests and `wasm-opt`.
pub const NODE: Need = Need {
    purpose: "Node",
    packages: &["nodejs", "npm"],
    present: || process::find("node").is_some() && process::find("npm").is_some(),
};

const CHROMIUM: Need =
    Need { purpose: "a browser for the browser tests", packages: &["chromium"], present: || chromium().is_some() };

const QR_READER: Need = Need {
    purpose: "a QR code reader, to read our codes with other people's code",
    packages: &["zbar-tools"],
    present: || process::find("zbarimg").is_some(),
};

const POSTGRES: Need = Need {
    purpose: "PostgreSQL, for the tests of that engine",
    packages: &["postgresql"],
    present: || postgres::programs().is_some(),
};

/// Installs what the tests need.
pub fn install_for_tests() -> Result<()> {
    install(&[NODE, CHROMIUM, QR_READER, POSTGRES])
}

/// The browser of the tests: the one that `CHROMIUM` names, otherwise the first that is found.
pub fn chromium() -> Option<PathBuf> {
    env::var_os("CHROMIUM")
        .map(PathBuf::from)
        .or_else(|| ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(process::find))
}

/// Installs the packages of those needs that are not met, after saying so.
pub fn install(needs: &[Need]) -> Result<()> {
    let missing: Vec<&Need> = needs.iter().filter(|need| !(need.present)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    let reasons: Vec<String> =
        missing.iter().map(|need| format!("{} ({})", need.purpose, need.packages.join(", "))).collect();
    if process::find("apt-get").is_none() {
        bail!(
            "missing: {}. There is no apt-get here: please install these by hand, under the names of your system",
            reasons.join("; ")
        );
    }
    let commands = apt_commands(&packages, is_root());
    consent::obtain(&reasons, &commands.map(|command| command.join(" ")))?;
    for command in apt_commands(&packages, is_root()) {
        apt_get(&command).with_context(|| format!("please install these by hand: {}", packages.join(" ")))?;
    }
    match missing.iter().find(|need| !(need.present)()) {
        None => Ok(()),
        Some(need) => bail!(
            "{} is still missing after installing {}; please install it by hand",
            need.purpose,
            need.packages.join(" and ")
        ),
    }
}

/// The commands that install packages and remove none for them.
fn apt_commands(packages: &[&str], root: bool) -> [Vec<String>; 2] {
    let sudo: &[&str] = if root { &[] } else { &["sudo"] };
    let apt_get = [sudo, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]].concat();
    let install = [&["install", "-y", "--no-install-recommends", "--no-remove"], packages].concat();
    [&["update"], install.as_slice()]
        .map(|arguments| apt_get.iter().chain(arguments).copied().map(str::to_owned).collect())
}

/// Runs one of [`apt_commands`].
fn apt_get(command: &[String]) -> Result<()> {
    let (program, arguments) = command.split_first().context("a command without words")?;
    process::run(Command::new(program).args(arguments))
}

fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_user_without_the_rights_needs_sudo() {
        let lines = |root| apt_commands(&["chromium", "lld"], root).map(|words| words.join(" "));
        let install =
            "env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends --no-remove chromium lld";
        assert_eq!(lines(true)[1], install);
        assert_eq!(lines(false)[1], format!("sudo {install}"));
        assert_eq!(lines(false)[0], "sudo env DEBIAN_FRONTEND=noninteractive apt-get update");
    }
}
