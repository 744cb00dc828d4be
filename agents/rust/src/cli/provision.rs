//! `rollcall-agent provision`.

use crate::{
    failure::Failure,
    protocol::{address::EnrollmentUrl, error::ClientError, transport::Transport},
    provision::Provision as Setup,
    terminal::Log,
};
use clap::Args;
use domain::device::Ownership;
use std::path::PathBuf;
use url::Url;

/// Arguments of `provision`.
#[derive(Args, Debug)]
pub struct Provision {
    /// Enrollment URL, as in the mail and the QR code.
    #[arg(long)]
    pub url: EnrollmentUrl,
    /// A person's own phone: it is not handed over to the app.
    #[arg(long)]
    pub personal: bool,
    /// Serial number of the phone, when several are connected.
    #[arg(long)]
    pub serial: Option<String>,
    /// The app, instead of the one that the server hands out.
    #[arg(long, value_name = "FILE")]
    pub app: Option<PathBuf>,
    /// The program adb of Android's developer tools.
    #[arg(long, value_name = "PATH", default_value = "adb")]
    pub adb: PathBuf,
}

/// Sets up the connected phone.
pub(super) async fn provision(arguments: Provision) -> Result<(), Failure> {
    let log = Log::default();
    let Provision { url, personal, serial, app, adb } = arguments;
    let ownership = if personal { Ownership::Personal } else { Ownership::Company };
    let setup = Setup::new(adb, serial, url, ownership)?;
    // Deleted at the end, with the app in it.
    let folder =
        tempfile::tempdir().map_err(|error| Failure::Input(format!("There is no room for a file: {error}.")))?;
    let app = if let Some(file) = app {
        file
    } else {
        let file = folder.path().join("rollcall.apk");
        std::fs::write(&file, download(setup.server()).await?)
            .map_err(|error| Failure::Input(format!("The app cannot be kept for the phone: {error}.")))?;
        log.print("Downloaded the app from the server");
        file
    };
    Ok(setup.run(&app, &log).await?)
}

async fn download(server: &Url) -> Result<Vec<u8>, Failure> {
    match Transport::new(server)?.file("android/rollcall.apk").await {
        Ok(app) => Ok(app),
        Err(ClientError::Unexpected { status: 404, .. }) => Err(Failure::Input(
            "This server has no Android app. Name one with --app, or ask whoever runs the server.".to_owned(),
        )),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provision::ProvisionError;

    #[tokio::test]
    async fn a_server_without_https_is_not_asked_for_the_app() {
        // Nothing listens there: a download would fail in another way.
        let url = "http://127.0.0.1:1/e/abcdefghijklmnopqrstuvwxyz234567".parse().unwrap();
        let arguments = Provision { url, personal: false, serial: None, app: None, adb: PathBuf::from("/nowhere/adb") };
        let failure = provision(arguments).await.unwrap_err();
        assert!(matches!(failure, Failure::Provision(ProvisionError::NotHttps)), "{failure}");
    }
}
