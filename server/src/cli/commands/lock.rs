//! One server on one data folder, and on one file: two would hand out the same mails and commands, and each would keep its own
//! limits. On a database of PostgreSQL servers know of each other.

use super::CommandError;
use crate::cli::{database::Database, settings::DataPaths};
use std::{
    ffi::OsString,
    fs::{File, OpenOptions, TryLockError},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

/// The file in the data folder that a running server holds.
const LOCK_FILE: &str = "rollcall.lock";

/// What can be done instead of stopping the other server.
const INSTEAD: &str = ", or give this one its own --data-dir";

/// Locks that a running server holds. They end with the process, however it ends.
#[derive(Debug)]
#[expect(dead_code, reason = "the open files hold the locks")]
pub(super) struct ServerLock(Vec<File>);

impl ServerLock {
    /// Takes the data folder, which exists, and the file with the database, wherever it is.
    ///
    /// # Errors
    /// Another server holds one of them, or a file cannot be locked.
    pub(super) fn take(paths: &DataPaths) -> Result<Self, CommandError> {
        let mut files = vec![lock(&paths.data_dir.join(LOCK_FILE), &paths.data_dir, INSTEAD)?];
        if let Database::Sqlite(file) = &paths.database
            && file.parent() != Some(&paths.data_dir)
        {
            files.push(lock(&beside(file), file, INSTEAD)?);
        }
        Ok(Self(files))
    }

    /// Takes a database file, whichever data folder its server has.
    ///
    /// # Errors
    /// A server holds it, or it cannot be locked.
    pub(super) fn take_file(file: &Path) -> Result<Self, CommandError> {
        let files = [file.with_file_name(LOCK_FILE), beside(file)];
        Ok(Self(files.iter().map(|path| lock(path, file, "")).collect::<Result<_, _>>()?))
    }
}

/// The lock file of a database outside the data folder.
fn beside(database: &Path) -> PathBuf {
    let mut name = OsString::from(database);
    name.push(".lock");
    name.into()
}

/// `instead` says what else can be done when another server holds it.
fn lock(path: &Path, what: &Path, instead: &str) -> Result<File, CommandError> {
    let failed = |error| CommandError::with_context(&format!("{} cannot be locked", path.display()), &error);
    let file = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(CommandError::Failed(format!(
            "another Rollcall server is running on {}: stop it first{instead}",
            what.display()
        ))),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}
