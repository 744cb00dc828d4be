//! Opens the data of an installation.

use super::{CommandError, lock::ServerLock};
use crate::cli::settings::DataPaths;
use service::{
    Rollcall, Settings,
    environment::Environment,
    security::keys::{KeyError, Keys},
};
use std::{fs, io, path::Path, sync::Arc};
use store::{KeyEvidence, Store};

/// An opened installation.
pub(super) struct Installation {
    /// The use cases.
    pub(super) rollcall: Arc<Rollcall>,
    /// Has to be closed at the end.
    pub(super) store: Arc<dyn Store>,
}

/// Opens the data for a server, which has it for itself. Commands such as `rollcall account create` may open it meanwhile.
///
/// # Errors
/// Another server has it, or it cannot be opened.
pub(super) async fn open_for_server(
    paths: &DataPaths,
    settings: Settings,
) -> Result<(Installation, ServerLock), CommandError> {
    make_data_folder(paths)?;
    let lock = ServerLock::take(paths)?;
    Ok((open(paths, settings).await?, lock))
}

/// Opens the database and the key file; the first start creates them. A database without its key is not opened: a new key
/// would make every device, link and session unknown.
async fn open(paths: &DataPaths, settings: Settings) -> Result<Installation, CommandError> {
    // Everything that is written from here on has secrets in it: mails, the database, the key.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    make_data_folder(paths)?;
    let edge = Environment::system();
    // The key first: a kill in between leaves a key without a database, which the next start uses.
    let keys = match paths.database.key_evidence().await? {
        Some(evidence) => key_of_database(paths, &evidence)?,
        None => Keys::load_or_create(&paths.key_file, &edge)?,
    };
    let store = paths.database.open().await?;
    let rollcall = Rollcall::new(Arc::clone(&store), edge, keys, settings);
    rollcall.bind_key().await?;
    Ok(Installation { rollcall, store })
}

/// The key, when it is that of the database. Asked before the tables are brought up to date: with another key nothing is
/// written.
fn key_of_database(paths: &DataPaths, evidence: &KeyEvidence) -> Result<Keys, CommandError> {
    let keys = Keys::load(&paths.key_file)?;
    if keys.fit(evidence) {
        Ok(keys)
    } else {
        Err(KeyError::Other { path: paths.key_file.display().to_string() }.into())
    }
}

/// Opens an installation for a command that needs no settings.
pub(super) async fn open_data(paths: &DataPaths) -> Result<Installation, CommandError> {
    let unused = |_| CommandError::Failed("the built-in settings are invalid".to_owned());
    let public_url = url::Url::parse("http://localhost").map_err(|error| unused(error.to_string()))?;
    let mail_from =
        "rollcall@localhost".parse().map_err(|error: lettre::address::AddressError| unused(error.to_string()))?;
    open(paths, Settings::new(public_url, mail_from, paths.mail_dir.clone())).await
}

fn make_data_folder(paths: &DataPaths) -> Result<(), CommandError> {
    let failed = format!("the data folder {} cannot be created", paths.data_dir.display());
    make_private_folder(&paths.data_dir).map_err(|error| CommandError::with_context(&failed, &error))
}

/// A folder that only its owner can open.
fn make_private_folder(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}
