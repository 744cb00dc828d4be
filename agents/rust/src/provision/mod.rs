//! Sets up an Android phone over a cable, with `adb`: installs the app, hands the phone over to it, and opens it with an
//! invitation. What the phone or `adb` refuses is said in plain words, with what to do about it.

mod adb;
mod problem;
#[cfg(test)]
mod tests;

pub use problem::ProvisionError;

use crate::{protocol::address::EnrollmentUrl, terminal::Log};
use adb::Phone;
use domain::device::Ownership;
use std::path::{Path, PathBuf};
use url::Url;

/// The name by which Android knows the app.
const PACKAGE: &str = "net.rollcall.agent";
/// The part of it that administers the phone.
const ADMIN: &str = "net.rollcall.agent/.AdminReceiver";
/// The oldest version of Android that the app runs on: 8.0, as Android counts.
const SDK_MIN: u32 = 26;

/// What is to be done.
#[derive(Debug)]
pub struct Provision {
    /// The program `adb`.
    adb: PathBuf,
    /// Which phone, when several are connected.
    serial: Option<String>,
    /// The invitation. Its server has HTTPS.
    url: EnrollmentUrl,
    /// Whose phone it is. Only one of the organisation is handed over to the app.
    ownership: Ownership,
}

impl Provision {
    /// To set up the phone `serial`, or the only one that is connected, with the program `adb`.
    ///
    /// # Errors
    /// The invitation's server has no HTTPS. The app speaks nothing else, also with the computer it is connected to.
    pub fn new(
        adb: PathBuf,
        serial: Option<String>,
        url: EnrollmentUrl,
        ownership: Ownership,
    ) -> Result<Self, ProvisionError> {
        if url.server.scheme() != "https" {
            return Err(ProvisionError::NotHttps);
        }
        Ok(Self { adb, serial, url, ownership })
    }

    /// The server that invites.
    pub const fn server(&self) -> &Url {
        &self.url.server
    }

    /// Sets up the phone with the app in the file `app`.
    ///
    /// # Errors
    /// See [`ProvisionError`]. What was done before stays done, and doing it again does no harm.
    pub async fn run(&self, app: &Path, log: &Log) -> Result<(), ProvisionError> {
        let phone = Phone::find(&self.adb, self.serial.as_deref()).await?;
        let (name, sdk) = phone.name_and_sdk().await?;
        log.print(&format!("Found {name}"));
        if sdk < SDK_MIN {
            return Err(ProvisionError::TooOld { sdk });
        }
        phone.install(app).await?;
        log.print("Installed the app");
        if self.ownership == Ownership::Company {
            phone.hand_over().await?;
            log.print("Handed the phone over to the app");
        }
        phone.open(&self.link()).await?;
        log.print("Opened the app with the invitation; go on on the phone");
        Ok(())
    }

    /// The link that opens the app with the invitation.
    fn link(&self) -> String {
        let server = self.url.server.as_str().trim_end_matches('/');
        let host = server.split_once("://").map_or(server, |(_, rest)| rest);
        format!("rollcall://{host}/e/{}?ownership={}", self.url.token.expose(), self.ownership)
    }
}
