//! Speaks to a phone through `adb`, the program of Android's developer tools.

use super::{
    ADMIN, PACKAGE, ProvisionError,
    problem::{of_hand_over, of_install, of_open},
};
use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};
use tokio::process::Command;

/// How long a phone may take to answer.
const ANSWER: Duration = Duration::from_secs(30);
/// How long an installation may take, in which the person may have to confirm something.
const INSTALLATION: Duration = Duration::from_mins(5);

/// Why `adb` cannot be run.
#[derive(Debug, thiserror::Error)]
pub enum AdbError {
    /// It is not there, or cannot be started.
    #[error("{} cannot be started ({error}). Install it (Debian: adb), or name it with --adb.", .adb.display())]
    Start {
        /// Which program.
        adb: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// It takes too long.
    #[error("The phone did not answer in {} seconds. Unlock it, and look for a question on its screen.", .0.as_secs())]
    Slow(Duration),
}

/// A connected phone that has allowed this computer.
#[derive(Debug)]
pub(super) struct Phone<'a> {
    adb: &'a Path,
    serial: String,
}

impl<'a> Phone<'a> {
    /// The connected phone, or the one of several with that serial number.
    pub(super) async fn find(adb: &'a Path, serial: Option<&str>) -> Result<Self, ProvisionError> {
        let listed = call(adb, &["devices"], ANSWER).await?;
        let connected = connected(&listed);
        let (serial, state) = match (serial, connected.as_slice()) {
            (None, []) => return Err(ProvisionError::NoPhone),
            (None, [one]) => *one,
            (None, several) => {
                return Err(ProvisionError::SeveralPhones(
                    several.iter().map(|(serial, _)| (*serial).to_owned()).collect(),
                ));
            }
            (Some(named), all) => {
                let found = all.iter().find(|(serial, _)| *serial == named);
                *found.ok_or_else(|| ProvisionError::OtherPhone(named.to_owned()))?
            }
        };
        match state {
            "device" => Ok(Self { adb, serial: serial.to_owned() }),
            "unauthorized" | "authorizing" => Err(ProvisionError::NotAllowed),
            state if state.starts_with("no permissions") => Err(ProvisionError::NoPermission),
            _ => Err(ProvisionError::Offline),
        }
    }

    /// Its name, and the version of its Android, as Android counts.
    pub(super) async fn name_and_sdk(&self) -> Result<(String, u32), ProvisionError> {
        let name = self.shell("getprop ro.product.model").await?;
        let sdk = self.shell("getprop ro.build.version.sdk").await?;
        let name = if name.trim().is_empty() { self.serial.clone() } else { name.trim().to_owned() };
        // Whoever does not say is let in: the installation says the same, later.
        Ok((name, sdk.trim().parse().unwrap_or(u32::MAX)))
    }

    /// Installs the app, or updates it.
    pub(super) async fn install(&self, app: &Path) -> Result<(), ProvisionError> {
        let app = app.to_string_lossy();
        let said = call(self.adb, &["-s", &self.serial, "install", "-r", &app], INSTALLATION).await?;
        if said.contains("Success") { Ok(()) } else { Err(of_install(&said)) }
    }

    /// Makes the app the owner of the phone, if it is not already.
    pub(super) async fn hand_over(&self) -> Result<(), ProvisionError> {
        let said = self.shell(&format!("dpm set-device-owner {ADMIN}")).await?;
        if said.contains("Success") {
            return Ok(());
        }
        match of_hand_over(&said) {
            // From an earlier try. The word is of Android 12; before, the owner is not told.
            ProvisionError::Owned if self.shell("dpm list-owners").await?.contains(PACKAGE) => Ok(()),
            error => Err(error),
        }
    }

    /// Opens the app with a link.
    pub(super) async fn open(&self, link: &str) -> Result<(), ProvisionError> {
        // In the phone's shell a question mark is a pattern, and a quotation mark would end the word.
        let link = link.replace('\'', "%27");
        let said = self.shell(&format!("am start -a android.intent.action.VIEW -d '{link}' {PACKAGE}")).await?;
        if said.contains("Error") || said.contains("Exception") { Err(of_open(&said)) } else { Ok(()) }
    }

    /// What a command prints in the phone's shell. Its status tells nothing: programs of Android end with 0 when they fail.
    async fn shell(&self, command: &str) -> Result<String, ProvisionError> {
        call(self.adb, &["-s", &self.serial, "shell", command], ANSWER).await
    }
}

/// The serial numbers and states in the output of `adb devices`.
fn connected(listed: &str) -> Vec<(&str, &str)> {
    // Before the list, a server of adb that has just been started says so in lines that begin with a star.
    let lines = listed.lines().skip_while(|line| !line.starts_with("List of devices")).skip(1);
    lines.filter_map(|line| line.split_once('\t')).map(|(serial, state)| (serial.trim(), state.trim())).collect()
}

/// Everything that `adb` prints. No shell of this computer is involved.
async fn call(adb: &Path, arguments: &[&str], limit: Duration) -> Result<String, ProvisionError> {
    let mut command = Command::new(adb);
    command.args(arguments).stdin(Stdio::null()).kill_on_drop(true);
    let ended = tokio::time::timeout(limit, command.output()).await.map_err(|_| AdbError::Slow(limit))?;
    let output = ended.map_err(|error| AdbError::Start { adb: adb.to_owned(), error })?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(text(&output.stdout) + &text(&output.stderr))
}
