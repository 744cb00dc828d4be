//! Opens the data of an installation.

use super::CommandError;
use crate::cli::settings::Places;
use service::{Rollcall, Settings, environment::Environment, security::keys::Keys};
use std::{fs, io, path::Path, sync::Arc};
use store::Store;
use store_sqlite::SqliteStore;

/// An installation that was opened.
pub(super) struct Opened {
    /// The use cases.
    pub(super) rollcall: Arc<Rollcall>,
    /// What has to be closed in the end.
    pub(super) store: Arc<dyn Store>,
}

/// Opens database and key file, and makes them at the first start.
pub(super) async fn open(places: &Places, settings: Settings) -> Result<Opened, CommandError> {
    // What is written from here on holds secrets: mails, the database, the key.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let folder = places.data_dir.display().to_string();
    make_private_folder(&places.data_dir)
        .map_err(|error| CommandError::while_doing(&format!("the data folder {folder} cannot be made"), &error))?;
    let edge = Environment::system();
    let keys =
        Keys::load_or_create(&places.key_file, &edge).map_err(|error| CommandError::Failed(error.to_string()))?;
    let store = SqliteStore::open(&places.database).await.map_err(|error| CommandError::Failed(error.to_string()))?;
    let store: Arc<dyn Store> = Arc::new(store);
    let rollcall = Rollcall::new(Arc::clone(&store), edge, keys, settings);
    Ok(Opened { rollcall, store })
}

/// Opens an installation for a command that makes no use of its settings.
pub(super) async fn open_data(places: &Places) -> Result<Opened, CommandError> {
    let unused = |_| CommandError::Failed("the built-in settings are wrong".to_owned());
    let public_url = url::Url::parse("http://localhost").map_err(|error| unused(error.to_string()))?;
    let mail_from =
        "rollcall@localhost".parse().map_err(|error: lettre::address::AddressError| unused(error.to_string()))?;
    open(places, Settings::new(public_url, mail_from, places.mail_dir.clone())).await
}

/// A folder that only its owner can look into.
fn make_private_folder(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}
